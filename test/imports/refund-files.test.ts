import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, SQL_ROOT } from "../support/community.ts";
import { fixtures } from "../support/golden.ts";

const OF_REFUNDS = importers.filter(({ kind }) => kind === "refund").map(({ id }) => id);
const OF_ORDERS = ["douyin-orders", "jd-orders", "pdd-orders", "wechat-shop-orders"];
const samples = fixtures();

describe("after-sale lists and settlements, imported before the orders that they speak of", () => {
  let community: Community;
  let database: Database;
  beforeAll(async () => {
    community = new Community();
    for (const id of [...OF_REFUNDS, ...OF_ORDERS]) {
      for (const { name, content } of samples.filter((sample) => sample.id === id))
        await community.import(name, content);
    }
    const generation = await community.build("2026-11-24T00:00:00", { ...readCatalog(SQL_ROOT), rules: [] });
    database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
  }, 120_000);
  afterAll(() => {
    database.close();
    community.remove();
  });

  it.each([
    // The order file only says that one of its goods was paid back (15.00); what the documents say counts, once.
    ["douyin", "6926111600000000202", 105, 20],
    // In progress is no refund yet, and an exchange is none.
    ["douyin", "6926111600000000201", 118, 0],
    ["douyin", "6926111800000000211", 133, 0],
    ["jd", "300000000401", 163, 45],
    ["pdd", "261116-100000000000301", 1118, 118],
    // The order, its after-sale list and the funds tell of the same 45.00.
    ["wechat-shop", "3720000000000000501", 173, 45],
  ])("%s %s: of %d paid, %d went back", async (shop, order, paid, back) => {
    const rows = await database.all(
      "select paid_amount, refunded_amount, net_amount from marts.orders where shop_id = $shop and order_id = $order",
      { shop, order },
    );
    expect(rows).toEqual([{ paid_amount: paid, refunded_amount: back, net_amount: paid - back }]);
  });

  it("each importer of refunds changes an order here", async () => {
    const rows = await community.lake((lake) =>
      lake.all("select distinct source_format from lake.refunds where state = 'refunded'"),
    );
    expect(new Set(rows.map((row) => row["source_format"]))).toEqual(new Set(OF_REFUNDS));
  });
});
