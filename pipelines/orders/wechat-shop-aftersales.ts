import { columns } from "../../src/kit/columns.ts";

/** 微信小店售后单. Its header is not documented beyond its two keys: columns are matched by the names in use. */
export default columns({
  id: "wechat-shop-aftersales",
  title: { zh: "微信小店售后单", en: "WeChat shop after-sale list" },
  kind: "refund",
  columns: {
    refund_id: "售后单号",
    order_id: ["订单号", "关联订单号", "订单编号"],
    applied_at: "售后申请时间",
    amount: ["实际退款金额", "退款金额", "退款金额(元)", "申请退款金额", "售后金额"],
    state: ["售后状态", "售后单状态", "处理状态"],
    refunded_at: ["退款时间", "退款完成时间", "退款成功时间", "售后完成时间", "售后完结时间"],
  },
  required: ["refund_id", "order_id", "applied_at", "amount", "state"],
  values: {
    state: {
      退款成功: "refunded",
      退款完成: "refunded",
      退货退款完成: "refunded",
      售后完成: "refunded",
      换货完成: "none",
      用户取消申请: "none",
      商家拒绝: "none",
      商家拒绝退款: "none",
      售后关闭: "none",
      已取消: "none",
    },
  },
  otherwise: { state: "in_progress" },
  defaults: { shop_id: "wechat-shop", document: "aftersale" },
});
