import { afterAll, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

const community = new Community();
afterAll(() => community.remove());

const HEADER = "order_id,paid_at,amount,remark";
const ORDERS = ["N1,2026-11-10 12:00:00,5.00,", "N2,2026-11-11 12:00:00,6.00,备注：放门口"];
const NOTES = (n: number) =>
  `${n} rows are notes on the table, such as when it was exported or how many rows it has: not read as rows`;

it.each<[string, string[], number]>([
  ["above and below", ["导出时间：2026-11-20 10:00,,,", HEADER, ...ORDERS, "共 35 条,,,"], 1],
  [
    "as one cell",
    ["导出时间：2026-11-20 10:00", HEADER, ...ORDERS, "共 35 条", "导出人：小王", "以上数据仅供内部使用"],
    3,
  ],
  [
    "behind the rows, in another column",
    [HEADER, ...ORDERS, ",导出时间：2026-11-20,,", "备注：退款以平台为准,,,"],
    2,
  ],
  ["with a row of sums between", [HEADER, ...ORDERS, "合计,,11.00,", "订单数：2,,,", "记录总数：,2,,"], 2],
  ["what is worked out of the rows", [HEADER, ...ORDERS, "平均,,5.50,", "环比：,,0.1,"], 2],
  ["in English", [HEADER, ...ORDERS, "Exported at: 2026-11-20 10:00", "2 orders"], 2],
])("notes of a table of orders, %s, are no rows and are counted", async (_what, lines, notes) => {
  const result = await community.import("orders.csv", `${lines.join("\n")}\n`);
  expect(result).toMatchObject({ read: 2, rejected: 0, issues: [] });
  expect(result.notes.map(({ en }) => en)).toContain(NOTES(notes));
});

it("what looks like a note but has what an order has stays a row, and other damage is told of", async () => {
  const lines = [HEADER, "共 35 条,2026-11-10 12:00:00,5.00,", "备注：急,,5.00,", "N3,2026-11-11", "N4,,,"];
  const result = await community.import("orders.csv", `${lines.join("\n")}\n`);
  expect(result).toMatchObject({ read: 4, accepted: 2, rejected: 2 });
  // No row is left out; the last column is none of an order.
  expect(result.notes.map(({ en }) => en)).toEqual(["columns not used (kept as they are): remark"]);
});

it("in a workbook, merged across, above and below", async () => {
  const sheet = {
    name: "订单",
    merges: ["A1:D1", "A6:D6"],
    rows: {
      1: ["11 月订单（导出时间：2026-11-20 10:00）"],
      2: HEADER.split(","),
      3: ["W1", "2026-11-10 12:00:00", 5, ""],
      4: ["W2", "2026-11-11 12:00:00", 6, ""],
      6: ["共 2 条"],
    },
  };
  const result = await community.import("orders.xlsx", workbook([sheet]));
  expect(result).toMatchObject({ read: 2, accepted: 2, rejected: 0, issues: [] });
  expect(result.notes.map(({ en }) => en)).toContain(NOTES(1));
});
