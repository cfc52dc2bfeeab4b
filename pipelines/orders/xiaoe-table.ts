import { columns } from "../../src/kit/columns.ts";

/** 小鹅通 admin export, a row per item. Its header is not documented: columns are matched by the names in use. */
export default columns({
  id: "xiaoe-table",
  title: { zh: "小鹅通订单导出", en: "Xiaoe orders export" },
  kind: "order_line",
  columns: {
    order_id: ["订单号", "订单编号"],
    buyer_id: ["用户ID", "用户编号（user_id）", "user_id"],
    buyer_name: ["用户昵称", "昵称", "微信昵称"],
    phone: ["用户手机号", "手机号", "手机号码", "采集号码"],
    created_at: ["下单时间", "创建时间", "订单创建时间"],
    paid_at: ["支付时间", "付款时间"],
    item_amount: ["实付金额", "实付金额（元）", "实际支付金额", "实收金额"],
    item_refunded: ["退款金额", "已退款金额", "退款金额（元）"],
    status: ["订单状态"],
    refund_state: ["售后状态", "退款状态"],
    title: ["商品名称", "课程名称", "购买内容"],
    quantity: ["商品数量", "购买数量", "数量"],
  },
  required: ["order_id", "buyer_id", "created_at", "item_amount"],
  status: {
    待付款: "pending",
    待成交: "paid",
    待发货: "paid",
    已支付: "paid",
    已发货: "shipped",
    已完成: "completed",
    已关闭: "closed",
  },
  values: {
    refund_state: { 退款中: "in_progress", 部分退款: "partial", 全额退款: "full", 已退款: "full" },
  },
  defaults: { shop_id: "xiaoe" },
});
