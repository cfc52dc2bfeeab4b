import { columns } from "../../src/kit/columns.ts";

const OPEN = {
  等待付款: "pending",
  等待付款确认: "pending",
  未付款: "pending",
  等待出库: "paid",
  锁定: "paid",
  暂停: "paid",
  等待确认收货: "shipped",
  完成: "completed",
};
const withPrefix = (prefix: string, state?: string) =>
  Object.fromEntries(Object.entries(OPEN).map(([word, is]) => [`${prefix}${word}`, state ?? is]));

/*
 * 京东 orders, a row per item with the order's columns repeated; 应付金额 is the order's. (删除) in front of a status is a
 * cancelled order, (锁定) one that waits for the answer to a request to cancel it. What was paid for a cancelled one went
 * back, which no file of refunds tells: a settlement lists only what was settled before.
 */
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
    ...OPEN,
    已完成: "completed",
    取消: "closed",
    已取消: "closed",
    "(删除)": "closed",
    ...withPrefix("(删除)", "closed"),
    ...withPrefix("(锁定)"),
  },
  derive: {
    refund_state:
      "if(status like '%取消' or status like '(删除)%', if(paid_at is null, 'unpaid', 'full'), null)",
  },
  defaults: { shop_id: "jd" },
  idPrefix: "jd:",
});
