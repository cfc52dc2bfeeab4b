import { columns } from "../../src/kit/columns.ts";

/*
 * 小红书千帆, a row per item of an order or package. 用户应付金额 is the row's (summed by order it is what the shop's own
 * reports say), 商家应收金额 the merchant's side. 用户编号 is stable.
 */
export default columns({
  id: "xiaohongshu-orders",
  title: { zh: "小红书（千帆）订单", en: "Xiaohongshu orders" },
  kind: "order_line",
  columns: {
    order_id: "订单号",
    item_amount: ["用户应付金额(元)", "实付总额"],
    title: "SKU名称",
    spec: "SKU规格",
    sku: "小红书编码",
    quantity: ["商品数量", "SKU件数"],
    status: "订单状态",
    refund_state: "售后状态",
    created_at: ["订单创建时间", "用户下单时间", "下单时间"],
    paid_at: "支付时间",
    completed_at: "订单完成时间",
    buyer_id: "用户编号",
    receiver_phone: "收件人电话",
  },
  marks: [["小红书编码", "商家应收金额(元)（支付金额）"]],
  status: {
    待支付: "pending",
    待付款: "pending",
    待配货: "paid",
    配货中: "paid",
    待发货: "paid",
    部分发货: "paid",
    待收货: "shipped",
    已发货: "shipped",
    已签收: "completed",
    已完成: "completed",
    已取消: "closed",
    已关闭: "closed",
  },
  values: {
    refund_state: {
      退款成功: "full",
      售后完成: "full",
      售后中: "in_progress",
      售后处理中: "in_progress",
      平台介入中: "in_progress",
      无售后: "none",
      售后拒绝: "none",
      售后关闭: "none",
      售后取消: "none",
    },
  },
  defaults: { shop_id: "xiaohongshu" },
  idPrefix: "xhs:",
});
