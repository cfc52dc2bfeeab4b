import { columns } from "../../src/kit/columns.ts";

export default columns({
  id: "fupan-orders",
  title: { zh: "复盘订单表", en: "Fupan orders table" },
  kind: "order",
  columns: {
    order_id: "order_id",
    paid_at: "paid_at",
    amount: "amount",
    buyer_id: "buyer_id",
    phone: "phone",
    buyer_name: "buyer_name",
    group_id: "group_id",
    refunded: "refunded",
    refunded_at: "refunded_at",
    status: "status",
    currency: "currency",
    items: "items",
    coupon: "coupon",
    as_of: "as_of",
  },
  keepExtra: true,
});
