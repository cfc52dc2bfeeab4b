import { columns } from "../../src/kit/columns.ts";

/** 拼多多账单: withdrawals and top-ups are in it, too; 交易退款 is what went back to the buyer. */
export default columns({
  id: "pdd-settlement",
  title: { zh: "拼多多账单（退款）", en: "Pinduoduo settlement (refunds)" },
  kind: "refund",
  columns: {
    order_id: "商户订单号",
    amount: "支出金额（-元）",
    type: "账务类型",
    refunded_at: "发生时间",
  },
  required: ["order_id", "amount", "type"],
  only: { type: ["交易退款"] },
  defaults: { shop_id: "pdd", document: "settlement" },
});
