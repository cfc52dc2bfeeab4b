import { columns } from "../../src/kit/columns.ts";

/*
 * 抖店 orders, a row per 子订单, or in the merged variant a row per 主订单 with cells joined by `;`. Freight is inside
 * 订单应付金额. Name, phone and address of the buyer are masked, so there is no buyer key.
 */
export default columns({
  id: "douyin-orders",
  title: { zh: "抖店订单", en: "Douyin shop orders" },
  kind: "order_line",
  columns: {
    order_id: "主订单编号",
    item_id: "子订单编号",
    item_amount: ["订单应付金额", "应付金额（到付按此收费）", "实收款（到付按此收费）"],
    title: "选购商品",
    sku: "商家编码",
    spec: "商品规格",
    quantity: "商品数量",
    status: "订单状态",
    refund_state: "售后状态",
    created_at: ["订单提交时间", "订单创建时间"],
    paid_at: "支付完成时间",
    completed_at: "订单完成时间",
    leader_id: "达人ID",
  },
  marks: ["子订单编号"],
  status: {
    待支付: "pending",
    待发货: "paid",
    备货中: "paid",
    已发货: "shipped",
    已完成: "completed",
    已关闭: "closed",
    已取消: "closed",
  },
  values: { refund_state: { 退款成功: "full", 售后处理中: "in_progress", 售后中: "in_progress" } },
  defaults: { shop_id: "douyin" },
  idPrefix: "douyin:",
  dashedDates: true,
});
