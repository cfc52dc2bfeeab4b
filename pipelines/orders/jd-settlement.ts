import { columns } from "../../src/kit/columns.ts";

/** 京东结算单: 货款 paid out again is a refund; other fees stay fees. */
export default columns({
  id: "jd-settlement",
  title: { zh: "京东结算单（退款）", en: "JD settlement (refunds)" },
  kind: "refund",
  columns: {
    order_id: "订单编号",
    refund_id: "售后服务单号",
    amount: "应结金额",
    fee: "费用名称",
    direction: "收支方向",
    refunded_at: "售后退款时间",
  },
  required: ["order_id", "amount", "fee", "direction"],
  only: { fee: ["货款"], direction: ["支出"] },
  defaults: { shop_id: "jd", document: "settlement" },
});
