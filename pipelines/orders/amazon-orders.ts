import { columns } from "../../src/kit/columns.ts";

/*
 * Amazon all-orders report (.txt, tabs), a row per item. A shipped order may hold a cancelled item that still shows a
 * price: the item's own state counts. No buyer at all, no refunds. Names are in windows-1252, those of Japan in Shift_JIS
 * and of China in GBK, where the report is not in UTF-8.
 */
export default columns({
  id: "amazon-orders",
  title: { zh: "亚马逊全部订单报告", en: "Amazon all-orders report" },
  kind: "order_line",
  encoding: ({ text }) =>
    /\bAmazon\.co\.jp\b/i.test(text)
      ? "shift_jis"
      : /\bAmazon\.cn\b/i.test(text)
        ? undefined
        : "windows-1252",
  columns: {
    order_id: "amazon-order-id",
    item_amount: "item-price",
    currency: "currency",
    status: "item-status",
    created_at: "purchase-date",
    title: "product-name",
    sku: "sku",
    quantity: "quantity",
  },
  marks: ["asin"],
  status: {
    pending: "pending",
    unshipped: "paid",
    shipping: "paid",
    shipped: "shipped",
    delivered: "completed",
    cancelled: "closed unpaid",
    canceled: "closed unpaid",
  },
  defaults: { shop_id: "amazon" },
});
