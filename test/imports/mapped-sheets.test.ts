import { afterEach, describe, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { type Sheet, workbook } from "../support/workbook.ts";

/* Order tables that people keep themselves, read by a map in fupan.yaml, with a sheet per group that counts from 1. */
const CONFIG = `tables:
  - id: own-orders
    kind: order
    columns: { order_id: 序号, paid_at: 付款时间, amount: 实付, buyer_name: 昵称 }
  - id: own-items
    kind: order_item
    columns: { order_id: 单号, title: 商品, quantity: 件数 }
`;
const HEAD = ["序号", "付款时间", "实付", "昵称"];
const row = (id: number | string, amount: number) => [
  id,
  `2026-11-0${(amount % 8) + 1} 10:00:00`,
  amount,
  "小满",
];
const sheet = (name: string, head: string[], ...rows: (string | number)[][]): Sheet => ({
  name,
  rows: Object.fromEntries([head, ...rows].map((cells, at) => [at + 1, cells])),
});

let community: Community;
afterEach(() => community.remove());
async function orders(...sheets: Sheet[]) {
  community = new Community(CONFIG);
  const result = await community.import("台账.xlsx", workbook(sheets));
  const rows = await community.lake((lake) =>
    lake.all("select order_id, group_id, amount::double as amount from lake.orders order by amount"),
  );
  return { result, rows: rows.map(({ order_id, group_id, amount }) => [order_id, group_id, amount]) };
}

describe("a mapped table of orders in several sheets", () => {
  it("called by groups: short numbers are each sheet's own, and its group is theirs", async () => {
    const { result, rows } = await orders(
      sheet("草莓群", HEAD, row(1, 10), row(2, 20)),
      sheet("蓝莓群", HEAD, row(1, 40), row(2, 80)),
    );
    expect(result).toMatchObject({ importer: "own-orders", accepted: 4, rejected: 0 });
    expect(rows).toEqual([
      ["1", "草莓群", 10],
      ["2", "草莓群", 20],
      ["蓝莓群/1", "蓝莓群", 40],
      ["蓝莓群/2", "蓝莓群", 80],
    ]);
    expect(
      await community.query("select count(*)::int as n, sum(net_amount)::double as sum from marts.orders"),
    ).toEqual([{ n: 4, sum: 150 }]);
  });

  it("called by groups: the number of a shop is the same order in every sheet", async () => {
    const { rows } = await orders(
      sheet("草莓群", HEAD, row("202611050001", 10)),
      sheet("蓝莓群", HEAD, row("202611050001", 40)),
    );
    expect(rows.map(([id]) => id)).toEqual(["202611050001", "202611050001"]);
  });

  it.each([
    ["Sheet1", "Sheet2"],
    ["10月", "11月"],
  ])("called %s and %s: the same, of no group", async (...names) => {
    const { rows } = await orders(...names.map((name, at) => sheet(name, HEAD, row(1, 10 + 30 * at))));
    expect(rows).toEqual([
      ["1", null, 10],
      [`${names[1]}/1`, null, 40],
    ]);
  });

  it.each([
    ["已付款", "已退款"],
    ["订单", "退款订单"],
    ["Orders", "All orders"],
  ])("called %s and %s, by what the orders are: one table, whose numbers stay", async (...names) => {
    const { rows } = await orders(...names.map((name, at) => sheet(name, HEAD, row(1, 10 + 30 * at))));
    expect(rows).toEqual([
      ["1", null, 10],
      ["1", null, 40],
    ]);
  });

  it("a number that a spreadsheet program made scientific is refused all the same", async () => {
    community = new Community(CONFIG);
    const book = workbook([sheet("草莓群", HEAD, row("1.23E+18", 10)), sheet("蓝莓群", HEAD, row(1, 40))]);
    await expect(community.import("台账.xlsx", book)).rejects.toMatchObject({
      text: { en: expect.stringContaining("scientific notation") },
    });
  });
});

it("a table of our own with such sheets: where its rows name no group", async () => {
  const head = ["order_id", "paid_at", "amount", "buyer_name"];
  const { result, rows } = await orders(
    sheet("草莓群", head, row(1, 10), row("202611050001", 20)),
    sheet("蓝莓群", head, row(1, 40), row("202611050001", 20)),
  );
  expect(result).toMatchObject({ importer: "fupan-orders", read: 4, accepted: 4, rejected: 0 });
  expect(rows).toEqual([
    ["1", "草莓群", 10],
    ["202611050001", "草莓群", 20],
    ["202611050001", "蓝莓群", 20],
    ["蓝莓群/1", "蓝莓群", 40],
  ]);
  community.remove();
  const named = [...head, "group_id"];
  const again = await orders(
    sheet("草莓群", named, [...row(1, 10), "g1"]),
    sheet("蓝莓群", named, [...row(1, 40), "g1"]),
  );
  expect(again.rows).toEqual([
    ["1", "g1", 10],
    ["1", "g1", 40],
  ]);
});

it("items go with the orders of their sheet", async () => {
  community = new Community(CONFIG);
  const head = ["单号", "商品", "件数"];
  await community.import(
    "商品.xlsx",
    workbook([sheet("草莓群", head, [1, "草莓", 2]), sheet("蓝莓群", head, [1, "蓝莓", 3])]),
  );
  const rows = await community.lake((lake) =>
    lake.all("select order_id, title from lake.order_items order by title"),
  );
  expect(rows).toEqual([
    { order_id: "1", title: "草莓" },
    { order_id: "蓝莓群/1", title: "蓝莓" },
  ]);
});
