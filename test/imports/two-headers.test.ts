import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

/* Headers over two rows, and what stands below a table: as people lay out a workbook before they send it on. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const ROWS = { 3: ["o1", 46_329, 5, "completed", "m1"], 4: ["o2", 46_330, 6, "paid", "m2"] };
const orders = () =>
  community.lake((lake) =>
    lake.all("select order_id, amount::double as amount, status from lake.orders order by order_id"),
  );

it.each([
  [
    "some under the name of a group",
    ["order_id", "paid_at", "amount", "更多", ""],
    ["", "", "", "status", "buyer_id"],
    ["A1:A2", "B1:B2", "C1:C2", "D1:E1"],
  ],
  [
    "each over both rows",
    ["order_id", "paid_at", "amount", "status", "buyer_id"],
    ["", "", "", "", ""],
    ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2"],
  ],
  [
    "a row of groups above",
    ["订单", "", "", "更多", ""],
    ["order_id", "paid_at", "amount", "status", "buyer_id"],
    ["A1:C1", "D1:E1"],
  ],
])("a header whose cells are merged, %s, is one header", async (_how, first, second, merges) => {
  const book = workbook([{ name: "订单", rows: { 1: first, 2: second, ...ROWS }, merges }]);
  expect(await community.import("book.xlsx", book)).toMatchObject({ read: 2, accepted: 2, rejected: 0 });
  expect(await orders()).toEqual([
    { order_id: "o1", amount: 5, status: "completed" },
    { order_id: "o2", amount: 6, status: "paid" },
  ]);
});

it("a line below the goods that only says who made the list is no item of an order", async () => {
  const head =
    "amazon-order-id\tpurchase-date\titem-status\tproduct-name\tsku\tasin\tquantity\tcurrency\titem-price";
  const row = "111-1\t2026-11-03T12:00:00+00:00\tShipped\tTea\tT-1\tB0\t1\tUSD\t5";
  const text = `${head}\n${row}\nPrepared by the shop${"\t".repeat(8)}\n`;
  const result = await community.import("orders.txt", text);
  expect(result).toMatchObject({ importer: "amazon-orders", read: 2, accepted: 1, rejected: 1 });
  expect(result.issues.map(({ line, code }) => [line, code])).toEqual([[3, "missing_value"]]);
  const items = await community.lake((lake) => lake.all("select order_id from lake.order_items"));
  expect(items).toEqual([{ order_id: "111-1" }]);
});
