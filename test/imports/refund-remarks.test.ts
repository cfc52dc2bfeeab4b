import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";

const map = (more = "") =>
  `tables:\n  - id: book\n    kind: order\n    columns: { order_id: 单号, paid_at: 下单时间, amount: 金额, buyer_name: 微信昵称${more} }\n`;
const book = (remarks: readonly string[]) =>
  `单号,下单时间,微信昵称,金额,备注\n${remarks.map((one, at) => `b${at},2026-11-1${at} 12:00:00,小满${at},${at + 10},${one}\n`).join("")}`;

let community: Community;
beforeEach(() => {
  community = new Community(map());
});
afterEach(() => community.remove());

const told = async (text: string) =>
  (await community.import("订单登记.csv", text)).notes
    .map(({ zh }) => zh)
    .filter((one) => /算成销售/.test(one));

it("a remark that says refunded, which nothing reads, is told of", async () => {
  expect(await told(book(["", "已退", "退款10元", "取消", "不要葱"]))).toEqual([
    expect.stringMatching(/^“备注”列至少有 3 行.*订单状态/),
  ]);
});

it.each([
  ["remarks of other things", ["", "不要葱", "退休老师，送到门口", "老客户，别退换包装", "包退"]],
  ["no remarks", ["", ""]],
])("nothing is told of %s", async (_what, remarks) => {
  expect(await told(book(remarks))).toEqual([]);
});

it("nor where the column is the state of the order, which takes such an order out", async () => {
  community.remove();
  community = new Community(map(", status: 备注"));
  expect(await told(book(["", "已退", "已发货"]))).toEqual([]);
  const rows = await community.lake((lake) =>
    lake.all("select order_id, refund_state from lake.orders order by 1"),
  );
  expect(rows.map(({ refund_state }) => refund_state)).toEqual(["none", "full", "none"]);
});
