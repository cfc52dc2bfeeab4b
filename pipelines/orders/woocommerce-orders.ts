import { columns } from "../../src/kit/columns.ts";

const STATES = {
  pending: "pending",
  "on-hold": "pending",
  processing: "paid",
  completed: "completed",
  cancelled: "closed unpaid",
  failed: "closed unpaid",
  refunded: "closed full",
  "checkout-draft": "pending",
};

/** As the shop's database has them, with `wc-` in front, and as its pages name them in English and Chinese. */
const status = {
  ...STATES,
  ...Object.fromEntries(Object.entries(STATES).map(([word, state]) => [`wc-${word}`, state])),
  "pending payment": "pending",
  "on hold": "pending",
  draft: "pending",
  待付款: "pending",
  保留: "pending",
  正在处理: "paid",
  处理中: "paid",
  已完成: "completed",
  已取消: "closed unpaid",
  失败: "closed unpaid",
  已退款: "closed full",
};

/** WooCommerce (Advanced Order Export), a row per item with the order's columns repeated. */
export default columns({
  id: "woocommerce-orders",
  title: { zh: "WooCommerce 订单导出", en: "WooCommerce orders export" },
  kind: "order_line",
  columns: {
    order_id: ["Order Number", "order_id"],
    amount: ["Order Total Amount", "order_total"],
    refunded: "Order Refund Amount",
    currency: "order_currency",
    status: "Order Status",
    created_at: "Order Date",
    title: "Name",
    sku: "SKU",
    spec: "Product Variation",
    quantity: "Quantity",
    item_amount: "Order Line Total",
    item_refunded: "Order Line Total Refunded",
    email: ["Email (Billing)", "billing_email"],
    phone: ["Phone (Billing)", "billing_phone"],
    given: ["First Name (Billing)", "billing_first_name"],
    family: ["Last Name (Billing)", "billing_last_name"],
    receiver_phone: ["Phone (Shipping)", "shipping_phone"],
    coupon: "Coupons Used",
  },
  marks: ["Order Status", "Order Date"],
  status,
  derive: { buyer_name: "nullif(concat_ws(' ', given, family), '')" },
  defaults: { shop_id: "woocommerce" },
});
