import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const PLACED = "2026-11-16 09:00:00";
const PAID = "2026-11-16 09:01:00";

const JD = {
  订单号: "3001",
  京东价: "30.00",
  应付金额: "30.00",
  下单时间: PLACED,
  付款确认时间: PAID,
  订单状态: "",
};
const OWN = { order_id: "3001", paid_at: PAID, amount: "30.00" };
const XHS = {
  订单号: "P3001",
  小红书编码: "65a",
  SKU名称: "茶刀",
  "用户应付金额(元)": "30.00",
  订单创建时间: PLACED,
  支付时间: PAID,
  订单状态: "",
  售后状态: "",
};
const WOO = {
  "Order Number": "3001",
  "Order Date": PLACED,
  "Order Total Amount": "30.00",
  "Order Status": "",
};
const SHOPIFY = {
  Name: "#3001",
  "Lineitem name": "Cup",
  Total: "30.00",
  "Created at": `${PLACED} +0100`,
  "Paid at": "",
  "Financial Status": "",
};
const OWED = { "Paid at": `${PAID} +0100`, "Outstanding Balance": "10.00" };
const TAOBAO = {
  订单编号: "2026111600000000001",
  买家会员名: "tb",
  宝贝标题: "茶刀",
  买家实际支付金额: "30.00",
  订单创建时间: PLACED,
  订单付款时间: PAID,
  订单状态: "",
};

describe("what an order file says of an order, in words", () => {
  it.each([
    // What was paid for an order that JD cancelled went back, and no file of refunds says so.
    ["jd", { ...JD, 订单状态: "(删除)等待出库" }, "closed", "full", 30, 30],
    ["jd", { ...JD, 订单状态: "(删除)等待付款", 付款确认时间: "" }, "closed", "none", 0, 0],
    [
      "jd, paid at the door",
      { ...JD, 订单状态: "(删除)等待确认收货", 付款确认时间: "" },
      "closed",
      "none",
      0,
      0,
    ],
    ["jd", { ...JD, 订单状态: "已取消" }, "closed", "full", 30, 30],
    ["jd", { ...JD, 订单状态: "取消", 付款确认时间: "" }, "closed", "none", 0, 0],
    ["jd", { ...JD, 订单状态: "(锁定)等待出库" }, "paid", "none", 30, 0],
    ["jd", { ...JD, 订单状态: "锁定" }, "paid", "none", 30, 0],
    ["xiaohongshu", { ...XHS, 订单状态: "已签收" }, "completed", "none", 30, 0],
    ["xiaohongshu", { ...XHS, 订单状态: "已关闭", 支付时间: "" }, "closed", "none", 0, 0],
    ["xiaohongshu", { ...XHS, 订单状态: "已发货", 售后状态: "售后处理中" }, "shipped", "in_progress", 30, 0],
    ["woocommerce", { ...WOO, "Order Status": "wc-completed" }, "completed", "none", 30, 0],
    ["woocommerce", { ...WOO, "Order Status": "wc-on-hold" }, "pending", "none", 0, 0],
    ["woocommerce", { ...WOO, "Order Status": "已完成" }, "completed", "none", 30, 0],
    ["woocommerce", { ...WOO, "Order Status": "已退款" }, "closed", "full", 30, 30],
    ["shopify", { ...SHOPIFY, "Financial Status": "expired" }, "closed", "none", 0, 0],
    ["shopify", { ...SHOPIFY, ...OWED, "Financial Status": "partially_paid" }, "paid", "none", 20, 0],
    ["shopify", { ...SHOPIFY, ...OWED, "Financial Status": "paid" }, "paid", "none", 30, 0],
    ["taobao", { ...TAOBAO, 订单状态: "交易关闭", 订单关闭原因: "订单未关闭" }, "closed", "full", 30, 30],
    ["taobao", { ...TAOBAO, 订单状态: "交易关闭", 退款金额: "12" }, "closed", "partial", 30, 12],
    ["taobao", { ...TAOBAO, 订单状态: "交易关闭", 订单付款时间: "" }, "closed", "none", 0, 0],
    ["taobao", { ...TAOBAO, 订单状态: "交易关闭", 订单关闭原因: "买家未付款" }, "closed", "none", 0, 0],
    ["taobao", { ...TAOBAO, 订单状态: "卖家部分发货" }, "paid", "none", 30, 0],
    // A nought is what a column of refunds is filled with; who writes that the money went back means all of it.
    ["own table", { ...OWN, status: "已退款", refunded: "0.00" }, "closed", "full", 30, 30],
    ["own table", { ...OWN, status: "refunded" }, "closed", "full", 30, 30],
    ["own table", { ...OWN, status: "已退款", refunded: "12" }, "closed", "partial", 30, 12],
    ["own table", { ...OWN, status: "已完成", refunded: "0" }, "completed", "none", 30, 0],
    ["own table", { ...OWN, refunded: "12元" }, "paid", "partial", 30, 12],
    // Full-width and half-width marks are one word.
    ["taobao", { ...TAOBAO, 订单状态: "卖家已发货,等待买家确认" }, "shipped", "none", 30, 0],
  ])("%s: %o", async (_platform, row, status, refundState, amount, refunded) => {
    const { issues } = await community.import("orders.csv", csv([row]));
    expect(issues.filter(({ code }) => code === "unknown_status")).toEqual([]);
    expect(
      await community.lake((database) =>
        database.all("select status, refund_state, amount, refunded from lake.orders"),
      ),
    ).toEqual([{ status, refund_state: refundState, amount, refunded }]);
  });
});

it.each([
  ["没有退款列", { ...XHS, 订单状态: "已关闭" }, ["closed_without_refund"]],
  ["说没有售后", { ...XHS, 订单状态: "已关闭", 售后状态: "无售后" }, []],
  ["没付款", { ...XHS, 订单状态: "已关闭", 支付时间: "" }, []],
  ["有退款金额", { ...TAOBAO, 订单状态: "交易关闭", 退款金额: "0" }, []],
  ["退了多少没写", { ...TAOBAO, 订单状态: "交易关闭" }, ["refund_amount_assumed"]],
])("a paid order that was closed without a word of a refund is told of: %s", async (_what, row, codes) => {
  const { issues, accepted } = await community.import("orders.csv", csv([row]));
  expect([accepted, issues.map(({ code }) => code)]).toEqual([1, codes]);
});

it("a refund of one of the goods is never negative", async () => {
  const line = { ...WOO, "Order Status": "completed", Name: "Cup", "Order Line Total Refunded": "-5.00" };
  const { issues, rejected } = await community.import("orders.csv", csv([line]));
  expect([rejected, issues.map(({ code }) => code)]).toEqual([1, ["negative_amount"]]);
});

it("pieces with a mark between thousands are as many as they say", async () => {
  const line = { ...WOO, "Order Status": "completed", Name: "Cup", Quantity: "1,200" };
  expect((await community.import("orders.csv", csv([line]))).rejected).toBe(0);
  expect(
    await community.lake((database) => database.all("select title, quantity from lake.order_items")),
  ).toEqual([{ title: "Cup", quantity: 1200 }]);
});
