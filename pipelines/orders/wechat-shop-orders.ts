import { columns } from "../../src/kit/columns.ts";

/*
 * 微信小店 / 视频号小店, a row per item with the order's columns repeated: lists of 64, 57 and 38 columns. 企业微信加密id
 * looks like an external_userid; it matches a member's id or nobody.
 */
export default columns({
  id: "wechat-shop-orders",
  title: { zh: "微信小店订单", en: "WeChat shop orders" },
  kind: "order_line",
  columns: {
    order_id: "订单号",
    amount: "订单实际支付金额",
    item_id: "商品编码(平台)",
    title: "商品名称",
    sku: "SKU编码(自定义)",
    spec: "商品属性",
    quantity: "商品数量",
    item_amount: "商品实际价格(总共)",
    item_refunded: "商品已退款金额",
    status: "订单状态",
    created_at: ["订单下单时间", "下单时间"],
    paid_at: "支付时间",
    completed_at: "订单确认收货时间",
    buyer_id: "企业微信加密id",
    receiver_phone: "收件人手机",
    leader_id: "企微工号",
  },
  marks: ["商品编码(平台)"],
  status: {
    待付款: "pending",
    礼物待收下: "paid",
    凑单买凑团中: "paid",
    待发货: "paid",
    部分发货: "paid",
    待收货: "shipped",
    已发货: "shipped",
    完成: "completed",
    已完成: "completed",
    已取消: "closed",
    订单取消: "closed",
  },
  defaults: { shop_id: "wechat-shop" },
});
