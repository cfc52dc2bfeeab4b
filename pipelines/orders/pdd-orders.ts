import { columns } from "../../src/kit/columns.ts";

/*
 * 拼多多 orders, a row per order with one product. The time can be blank in every row: the order id begins with the
 * day. There is no buyer at all, and no amount of a refund: 退款成功 is the full amount until a settlement says otherwise.
 */
export default columns({
  id: "pdd-orders",
  title: { zh: "拼多多订单", en: "Pinduoduo orders" },
  kind: "order",
  columns: {
    order_id: "订单号",
    amount: "用户实付金额(元)",
    stated_at: ["订单成交时间", "支付时间", "拼单成功时间", "订单创建时间"],
    status: "订单状态",
    refund_state: "售后状态",
    completed_at: "确认收货时间",
    product: "商品",
    spec: "商品规格",
    quantity: "商品数量(件)",
  },
  required: ["order_id", "amount", "stated_at", "status"],
  status: {
    待支付: "pending",
    待发货: "paid",
    "已发货，待签收": "shipped",
    已签收: "completed",
    已收货: "completed",
    已取消: "closed",
    "未发货，退款成功": "closed full",
    "已发货，退款成功": "closed full",
  },
  values: {
    refund_state: {
      无售后或售后取消: "none",
      退款成功: "full",
      售后处理中: "in_progress",
      "0": "none",
      "5": "full",
      "10": "in_progress",
      "11": "in_progress",
      "12": "none",
    },
  },
  derive: {
    created_at: `coalesce(stated_at, regexp_replace(regexp_extract(order_id, '^(\\d{6})-\\d', 1), '^(\\d\\d)(\\d\\d)(\\d\\d)$', '20\\1-\\2-\\3'))`,
    warning: "if(stated_at is null, 'time_from_order_id', null)",
    goods: "[product || if(spec is null, '', '(' || spec || ')') || '*' || coalesce(quantity, '1')]",
  },
  defaults: { shop_id: "pdd" },
  dashedDates: true,
});
