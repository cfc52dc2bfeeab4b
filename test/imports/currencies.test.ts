import { afterEach, beforeEach, expect, it } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { Community } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const TIME = "2026-11-10 12:00:00";

async function imported(lines: readonly string[]) {
  const { issues, rejected } = await community.import("orders.csv", `${lines.join("\n")}\n`);
  const rows = await community.lake((database) =>
    database.all("select order_id, amount, currency, refund_state from lake.orders order by order_id"),
  );
  return { rejected, told: issues.map(({ line, code }) => [line, code]), rows };
}

it("an amount with the sign of another currency is no amount of the workspace's", async () => {
  const { rejected, told, rows } = await imported([
    "order_id,buyer_id,paid_at,amount",
    `A1,u1,${TIME},￥5.00`,
    `A2,u1,${TIME},$5.00`,
    `A3,u1,${TIME},5.00 元`,
  ]);
  expect(told).toEqual([[3, "other_currency"]]);
  expect(rejected).toBe(1);
  expect(rows.map(({ order_id, currency }) => [order_id, currency])).toEqual([
    ["A1", "CNY"],
    ["A3", "CNY"],
  ]);
});

it("a row's own currency decides, however it is written", async () => {
  const { told, rows } = await imported([
    "order_id,buyer_id,paid_at,amount,currency",
    `B1,u1,${TIME},$5.00,usd`,
    `B2,u1,${TIME},¥5.00,USD`,
    `B3,u1,${TIME},¥5.00,人民币`,
    `B4,u1,${TIME},5.00,RMB`,
    `B5,u1,${TIME},5.00,`,
    `B6,u1,${TIME},$5.00,美元`,
  ]);
  expect(told).toEqual([[3, "other_currency"]]);
  expect(rows.map(({ order_id, currency }) => `${order_id} ${currency}`)).toEqual([
    "B1 USD",
    "B3 CNY",
    "B4 CNY",
    "B5 CNY",
    "B6 USD",
  ]);
});

it("words of a shop's pages are statuses of our own table, and a part paid back without an amount is told of", async () => {
  const { told, rows } = await imported([
    "order_id,buyer_id,paid_at,amount,status",
    `C1,u1,${TIME},5.00,退款成功`,
    `C2,u1,${TIME},5.00,部分退款`,
    `C3,u1,${TIME},5.00,"买家已付款，等待卖家发货"`,
    `C4,u1,${TIME},5.00,没听过的`,
  ]);
  expect(told).toEqual([
    [2, "refund_amount_assumed"],
    [3, "refund_amount_missing"],
    [5, "unknown_status"],
  ]);
  expect(rows.map(({ refund_state }) => refund_state)).toEqual(["full", "partial", "none", "none"]);
});

it("a wide blank between day and time, and a bill's backtick before its numbers, are none of the cell's", async () => {
  const { told, rows } = await imported([
    "order_id,buyer_id,paid_at,amount",
    "`1001,u1,2026-11-10\u300012:00:00,`5.00",
  ]);
  expect(told).toEqual([]);
  expect(rows).toMatchObject([{ order_id: "1001", amount: 5 }]);
});

it.each([
  ["usd", "USD"],
  ["RMB", "CNY"],
  ["cny", "CNY"],
  ["HKD", "HKD"],
])("a workspace of %s has %s", (written, code) => {
  expect(parseConfig(`currency: ${written}\n`, "fupan.yaml").currency).toBe(code);
});
