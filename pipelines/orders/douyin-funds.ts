import { columns } from "../../src/kit/columns.ts";

/** 抖店资金账单: only the refunds that the buyer gets count, not those of the platform's subsidies or shares. */
export default columns({
  id: "douyin-funds",
  title: { zh: "抖店资金账单（退款）", en: "Douyin shop funds (refunds)" },
  kind: "refund",
  columns: {
    order_id: "订单号",
    refund_id: ["动帐流水号", "动账流水号"],
    amount: "动账金额",
    scene: "动账场景",
    refunded_at: "动账时间",
  },
  required: ["order_id", "refund_id", "amount", "scene"],
  only: { scene: ["退款-结算后退款-退用户", "退款-结算前退款-退用户"] },
  defaults: { shop_id: "douyin", document: "funds" },
});
