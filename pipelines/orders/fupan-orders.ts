import { columns } from "../../src/kit/columns.ts";
import { OF_SHEET, orderOfSheet } from "../../src/kit/of-sheet.ts";
import { ORDER_WORDS, REFUNDED } from "../../src/kit/order-words.ts";

// Rows that name a group have numbers of their own; where none does, a sheet is a list that somebody keeps.
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
    email: "email",
    buyer_name: "buyer_name",
    group_id: "group_id",
    refunded: "refunded",
    refunded_at: "refunded_at",
    status: "status",
    currency: "currency",
    items: "items",
    coupon: "coupon",
    as_of: "as_of",
    ...OF_SHEET,
  },
  derive: {
    order_id: orderOfSheet("group_id is null"),
    group_id: "coalesce(group_id, sheet_group)",
    refunded: REFUNDED,
    // In this table an order without `paid_at` is unpaid; in a list with another header it may be a day that was not filled down.
    refund_state: "if(paid_at is null and status is null, 'none', null)",
  },
  status: ORDER_WORDS,
  keepExtra: true,
});
