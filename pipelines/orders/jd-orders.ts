import { columns } from "../../src/kit/columns.ts";

/** 京东 orders, a row per item with the order's columns repeated; 应付金额 is the order's. */
export default columns({
  id: "jd-orders",
  title: { zh: "京东订单", en: "JD orders" },
  kind: "order_line",
  columns: {
    order_id: "订单号",
    amount: "应付金额",
    item_id: "商品ID",
    title: "商品名称",
    sku: "货号",
    quantity: "订购数量",
    status: "订单状态",
    created_at: "下单时间",
    paid_at: "付款确认时间",
    completed_at: "订单完成时间",
    buyer_id: ["下单帐号", "下单账号"],
    receiver_phone: "联系电话",
  },
  marks: ["京东价"],
  status: {
    等待付款: "pending",
    等待出库: "paid",
    等待确认收货: "shipped",
    完成: "completed",
    "(删除)": "closed",
    取消: "closed",
  },
  defaults: { shop_id: "jd" },
  idPrefix: "jd:",
});
