import { columns } from "../../src/kit/columns.ts";

/** 抖店售后单. An exchange is no refund. What went back is goods and freight; of one that can't be read the sum is unknown. */
export default columns({
  id: "douyin-aftersales",
  title: { zh: "抖店售后单", en: "Douyin shop after-sale list" },
  kind: "refund",
  columns: {
    refund_id: "售后单号",
    order_id: "订单号",
    goods: "退商品金额（元）",
    freight: "退运费金额（元）",
    state: "售后状态",
    refunded_at: "用户到账时间",
  },
  required: ["refund_id", "order_id", "goods", "state"],
  values: {
    state: {
      "同意退款，退款成功": "refunded",
      退款成功: "refunded",
      售后处理中: "in_progress",
      售后关闭: "none",
      换货成功: "none",
    },
  },
  otherwise: { state: "in_progress" },
  derive: {
    amount:
      "if(coalesce(goods, freight) is null, null, money(coalesce(goods, '0')) + money(coalesce(freight, '0')))",
  },
  defaults: { shop_id: "douyin", document: "aftersale" },
});
