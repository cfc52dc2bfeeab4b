import { columns } from "../../src/kit/columns.ts";

/** 抖店结算账单: of its rows only refunds after settlement matter here. A second row of names follows the header. */
export default columns({
  id: "douyin-settlement",
  title: { zh: "抖店结算账单（退款）", en: "Douyin shop settlement (refunds)" },
  kind: "refund",
  columns: {
    order_id: "订单号",
    refund_id: "子订单号",
    amount: "结算金额",
    type: "结算单类型",
    refunded_at: "结算时间",
  },
  required: ["order_id", "refund_id", "amount", "type"],
  only: { type: ["结算后退款-非原路退回", "结算后退款-原路退回", "结算后退款"] },
  headerRows: 2,
  defaults: { shop_id: "douyin", document: "settlement" },
});
