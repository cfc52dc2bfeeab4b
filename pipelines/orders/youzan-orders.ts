import { columns } from "../../src/kit/columns.ts";

// 有赞订单导出 (.csv), a row per order. 订单实付金额 is filled in on unpaid orders too: only a payment time says
// "paid". The receiver's phone is never the buyer's: gifts and pick-up points. 分销员 stands twice in the header.
export default columns({
  id: "youzan-orders",
  title: { zh: "有赞订单导出", en: "Youzan orders export" },
  kind: "order",
  columns: {
    order_id: "订单号",
    created_at: "订单创建时间",
    paid_at: ["买家付款时间", "付款时间"],
    completed_at: "交易成功时间",
    amount: "订单实付金额",
    refunded: "订单已退款金额",
    status: "订单状态",
    refund_state: "订单退款状态",
    phone: "买家手机号",
    buyer_name: ["买家昵称", "买家姓名"],
    receiver_phone: "收货人手机号/提货人手机号",
  },
  required: ["order_id", "created_at", "paid_at", "amount", "refunded", "status"],
  status: {
    待付款: "pending",
    待接单: "paid",
    待成团: "paid",
    待发货: "paid",
    已发货: "shipped",
    交易完成: "completed",
    交易关闭: "closed",
  },
  values: { refund_state: { 全额退款成功: "full" } },
  defaults: { shop_id: "youzan" },
  dashedDates: true,
});
