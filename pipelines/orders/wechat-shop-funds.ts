import { columns } from "../../src/kit/columns.ts";

/** 微信小店资金流水: only what went back to buyers; withdrawals, fees and shares are in it, too. */
export default columns({
  id: "wechat-shop-funds",
  title: { zh: "微信小店资金流水（退款）", en: "WeChat shop funds (refunds)" },
  kind: "refund",
  columns: {
    refund_id: "流水单号",
    order_id: "关联订单号",
    scene: "动账类型",
    amount: ["动账金额", "动账金额(元)", "金额", "金额(元)"],
    refunded_at: "记账时间",
  },
  required: ["refund_id", "order_id", "scene", "amount", "refunded_at"],
  only: { scene: ["退款", "订单退款", "商品退款", "售后退款"] },
  defaults: { shop_id: "wechat-shop", document: "funds" },
});
