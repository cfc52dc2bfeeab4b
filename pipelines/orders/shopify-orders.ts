import { columns } from "../../src/kit/columns.ts";

/** Shopify orders_export, a row per line item; money, state and buyer stand on the first row of a Name only. */
export default columns({
  id: "shopify-orders",
  title: { zh: "Shopify 订单导出", en: "Shopify orders export" },
  kind: "order_line",
  columns: {
    order_id: "Name",
    amount: "Total",
    balance: "Outstanding Balance",
    refunded: "Refunded Amount",
    currency: "Currency",
    status: "Financial Status",
    fulfilment: "Fulfillment Status",
    created_at: "Created at",
    paid_at: "Paid at",
    fulfilled_at: "Fulfilled at",
    closed_at: "Cancelled at",
    title: "Lineitem name",
    sku: "Lineitem sku",
    quantity: "Lineitem quantity",
    email: "Email",
    own_phone: "Phone",
    billing_phone: "Billing Phone",
    buyer_name: "Billing Name",
    receiver_phone: "Shipping Phone",
    coupon: "Discount Code",
  },
  marks: ["Financial Status", "Lineitem name"],
  status: {
    pending: "pending",
    authorized: "pending",
    paid: "paid",
    partially_paid: "paid",
    partially_refunded: "paid partial",
    refunded: "closed full",
    voided: "closed unpaid",
    expired: "closed unpaid",
    unpaid: "pending",
  },
  derive: {
    // "Phone" holds that of who signed in or paid by phone; most pay by e-mail and give theirs with the bill.
    phone: "coalesce(own_phone, billing_phone)",
    // Of other states it also holds what a later edit of the order or a refund leaves open.
    outstanding: "if(lower(status) = 'partially_paid', greatest(money(balance), 0), null)",
    shipped_at: "if(fulfilment = 'fulfilled', coalesce(fulfilled_at, paid_at), fulfilled_at)",
  },
  defaults: { shop_id: "shopify" },
});
