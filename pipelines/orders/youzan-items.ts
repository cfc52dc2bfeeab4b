import { columns } from "../../src/kit/columns.ts";

/** 有赞订单商品导出, a row per item: what was bought, at what price, what went back. The order's own file has the order. */
export default columns({
  id: "youzan-items",
  title: { zh: "有赞订单商品导出", en: "Youzan order items export" },
  kind: "order_item",
  columns: {
    order_id: "订单号",
    title: "商品名称",
    spec: "商品规格",
    sku: ["规格编码"],
    quantity: "商品数量",
    item_amount: "商品实际成交金额",
    item_refunded: "商品已退款金额",
  },
  marks: ["商品实际成交金额", "订单商品状态"],
  defaults: { shop_id: "youzan" },
});
