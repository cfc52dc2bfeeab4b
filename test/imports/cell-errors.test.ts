import { expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

const ROWS = [
  ["order_id", "paid_at", "amount", "buyer_id", "group_id", "refunded"],
  ["A1", "2026-11-10 10:00:00", "5", "#N/A", "#N/A", ""],
  ["A2", "2026-11-10 10:00:00", "6", "#REF!", "tea", ""],
  ["A3", "#VALUE!", "7", "u1", "tea", ""],
  ["#REF!", "2026-11-10 10:00:00", "8", "u1", "tea", ""],
  ["A5", "2026-11-10 10:00:00", "#DIV/0!", "u1", "tea", ""],
  ["A6", "2026-11-10 10:00:00", "9", "u1", "tea", "#N/A"],
  ["A7", "########", "9", "u1", "tea", ""],
  ["A8", "2026-11-10 10:00:00", "10", "#草莓", "tea", ""],
];

const cells = (row: readonly string[]) => row.map((cell) => (/^#[A-Z]/.test(cell) ? { error: cell } : cell));
const book = () =>
  workbook([{ name: "订单", rows: Object.fromEntries(ROWS.map((row, at) => [at + 1, cells(row)])) }]);
const text = () => ROWS.map((row) => row.join(",")).join("\n");

it.each([
  ["CSV", "orders.csv", text],
  ["a workbook", "orders.xlsx", book],
])(
  "errors of a spreadsheet program in %s are nobody, no group and no order; a time or an amount of one is refused",
  async (_of, name, content) => {
    const community = new Community();
    try {
      const { issues, notes, ...result } = await community.import(name, content());
      expect(result).toMatchObject({ read: 8, accepted: 3, duplicate: 0, rejected: 5 });
      expect(issues.map(({ line, column, code }) => [line, column, code])).toEqual([
        [4, "paid_at", "cell_error"],
        [5, "order_id", "cell_error"],
        [6, "amount", "cell_error"],
        [7, "refunded", "cell_error"],
        [8, "paid_at", "cell_error"],
      ]);
      expect(notes.map(({ zh }) => zh)).toEqual([expect.stringMatching(/^2 行里有表格软件的错误值/)]);
      const rows = await community.lake((lake) =>
        lake.all(
          "select order_id, buyer_key is null as is_nobody, group_id from lake.orders order by order_id",
        ),
      );
      expect(rows).toEqual([
        { order_id: "A1", is_nobody: true, group_id: null },
        { order_id: "A2", is_nobody: true, group_id: "tea" },
        { order_id: "A8", is_nobody: false, group_id: "tea" },
      ]);
    } finally {
      community.remove();
    }
  },
);
