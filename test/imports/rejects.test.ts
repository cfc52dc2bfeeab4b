import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rejectsCsv } from "../../src/server/imports/rejects.ts";
import { Community } from "../support/community.ts";

const BATCH = "0f0f0f0f-0000-4000-8000-000000000000";
const HEAD = "order_id,paid_at,amount,buyer_name,remark";
const ROWS = [
  "A1,2026-11-10 12:00:00,5.00,小满,",
  'A2,2026-11-11 12:00:00,待定,阿青,"先付, 再改"',
  "A3,昨天,7.00,老陈,",
];

describe("the rejected rows of a table", () => {
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  const orders = () =>
    community.lake((lake) =>
      lake.all("select order_id, amount::double as amount from lake.orders order by 1"),
    );

  it.each([
    ["as it is written by programs", `${HEAD}\n${ROWS.join("\n")}\n`],
    ["with a title above its header", `导出时间 2026-11-12,,,,\n${HEAD}\n${ROWS.join("\n")}\n`],
  ])("%s come back under its header; mended and dropped again only they are added", async (_what, table) => {
    expect(await community.import("orders.csv", table, { batch: BATCH })).toMatchObject({
      accepted: 1,
      rejected: 2,
    });
    const csv = (await rejectsCsv(community.state, community.workspace.lake, BATCH, "zh")) ?? "";
    const [head = "", ...rest] = csv
      .replace(/^\uFEFF/, "")
      .trim()
      .split(/\r?\n/);
    expect(head).toBe(`${HEAD},__行号,__原因`);
    expect(rest[0]).toMatch(/^A2,2026-11-11 12:00:00,待定,阿青,"先付, 再改",\d,实付金额：金额看不懂/);
    const mended = csv.replace("待定", "6.00").replace("昨天", "2026-11-12 12:00:00");
    expect(await community.import("rejects.csv", mended)).toMatchObject({ accepted: 2, rejected: 0 });
    expect(await orders()).toEqual([
      { order_id: "A1", amount: 5 },
      { order_id: "A2", amount: 6 },
      { order_id: "A3", amount: 7 },
    ]);
  });
});
