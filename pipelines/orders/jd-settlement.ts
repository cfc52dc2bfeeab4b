import { columns } from "../../src/kit/columns.ts";

/** 京东结算单: 货款 paid out again is a refund; other fees stay fees. One after-sale service may pay for several goods. */
export default columns({
  id: "jd-settlement",
  title: { zh: "京东结算单（退款）", en: "JD settlement (refunds)" },
  kind: "refund",
  columns: {
    order_id: "订单编号",
    service: "售后服务单号",
    item: "商品编号",
    amount: "应结金额",
    fee: "费用名称",
    direction: "收支方向",
    refunded_at: "售后退款时间",
  },
  required: ["order_id", "amount", "fee", "direction"],
  only: { fee: ["货款"], direction: ["支出"] },
  derive: { refund_id: "nullif(concat_ws(' ', service, item), '')" },
  defaults: { shop_id: "jd", document: "settlement" },
});
