import { columns } from "../../src/kit/columns.ts";

/** 淘宝 / 天猫 ExportOrderDetailList*.csv, a row per item, GBK. 价格 is before discounts, so no amount is taken from it. */
export default columns({
  id: "taobao-items",
  title: {
    zh: "淘宝／天猫宝贝明细（ExportOrderDetailList）",
    en: "Taobao / Tmall items (ExportOrderDetailList)",
  },
  kind: "order_item",
  columns: {
    order_id: "订单编号",
    title: "标题",
    quantity: "购买数量",
    sku: ["外部系统编号"],
    spec: "商品属性",
  },
  marks: ["价格", "套餐信息"],
  defaults: { shop_id: "taobao" },
});
