import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { fixtures } from "../support/golden.ts";
import { staged } from "../support/staged.ts";

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

describe("settlements of weeks that overlap, in any order of importing", () => {
  const jd = (order: string, service: string, item: string, amount: string, at: string) => ({
    订单编号: order,
    售后服务单号: service,
    商品编号: item,
    费用名称: "货款",
    收支方向: "支出",
    应结金额: amount,
    售后退款时间: at,
  });
  const douyin = (amount: string, at: string) => ({
    订单号: "6926",
    子订单号: "69261",
    结算金额: amount,
    结算单类型: "结算后退款-原路退回",
    结算时间: at,
  });
  const pdd = (amount: string, at: string) => ({
    商户订单号: "261116-1",
    账务类型: "交易退款",
    "支出金额（-元）": amount,
    发生时间: at,
  });
  const day = (n: number) => `2026-11-${n} 10:00:00`;
  // Each file by its name's time, rows of the second week in both.
  const files: [string, string][] = [
    // One service for two goods, one of them paid for twice; an order without a service, paid back in two parts.
    [
      "京东_202611201200.csv",
      csv([
        jd("300001", "9001", "1", "-45.00", day(18)),
        jd("300001", "9001", "2", "-45.00", day(18)),
        jd("300002", "", "", "-10.00", day(18)),
        jd("300002", "", "", "-10.00", day(19)),
      ]),
    ],
    [
      "京东_202611231200.csv",
      csv([
        jd("300001", "9001", "2", "-45.00", day(18)),
        jd("300001", "9002", "1", "-5.00", day(21)),
        jd("300002", "", "", "-10.00", day(19)),
      ]),
    ],
    ["抖店_202611201200.csv", `${csv([douyin("", ""), douyin("-20", day(18)), douyin("-15", day(19))])}`],
    ["抖店_202611231200.csv", `${csv([douyin("", ""), douyin("-15", day(19)), douyin("-1", day(21))])}`],
    ["拼多多_202611201200.csv", csv([pdd("-18", day(18)), pdd("-10", day(19))])],
    ["拼多多_202611231200.csv", csv([pdd("-10", day(19))])],
  ];
  const expected = [
    { shop_id: "douyin", order_id: "6926", refunded: 36 },
    { shop_id: "jd", order_id: "300001", refunded: 95 },
    { shop_id: "jd", order_id: "300002", refunded: 20 },
    { shop_id: "pdd", order_id: "261116-1", refunded: 28 },
  ];
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  it.each([
    ["as they were made", files],
    ["the newest first", files.toReversed()],
  ])("count each payment once: %s", async (_, order) => {
    for (const [name, text] of order) expect((await community.import(name, text)).rejected).toBe(0);
    expect(
      await staged(
        community,
        "select shop_id, order_id, refunded from staging.stg_refunds order by all",
        "2026-11-24",
      ),
    ).toEqual(expected);
    expect(
      await staged(
        community,
        "select shop_id, order_id, sum(amount) as refunded from staging.stg_refund_times group by all order by all",
        "2026-11-24",
      ),
    ).toEqual(expected);
  });
});
