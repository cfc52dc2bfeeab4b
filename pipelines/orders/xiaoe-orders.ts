import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { documentImporter, type ImportRecord, issue } from "../../src/kit/importer.ts";
import { at, documents, list, text } from "../chats/shared/json.ts";

/*
 * 小鹅通 xe.ecommerce.order.detail/1.0.0: answers of one order each, as lines or an array. Money is in fen. What came
 * back is the sum of the refunds that are done; order_type 2 (imported) and 4 (redeemed) carry no payment.
 */
const STATUS: Readonly<Record<string, string>> = {
  "0": "pending",
  "1": "paid",
  "2": "paid",
  "3": "shipped",
  "4": "completed",
  "5": "closed",
};
const REFUND: Readonly<Record<string, string>> = {
  "0": "none",
  "1": "in_progress",
  "2": "partial",
  "3": "full",
};
const REFUND_DONE = "2";
const NOT_PAID_BY = ["2", "4"];

export default documentImporter({
  id: "xiaoe-orders",
  title: { zh: "小鹅通订单详情 JSON（开放接口）", en: "Xiaoe order details JSON (API)" },
  kind: "order_line",
  matches: (head) =>
    probe({
      "data.order_info": jsonAt(head, "data", "order_info", "order_id") !== undefined,
      "data.price_info": jsonAt(head, "data", "price_info") !== undefined,
    }),
  *read(content): Iterable<ImportRecord> {
    for (const { value, line } of documents(content)) {
      const data = at(value, "data");
      const order = at(data, "order_info");
      if (order === undefined) {
        yield issue(line, "bad_json", JSON.stringify(value ?? null).slice(0, 200));
        continue;
      }
      const buyer = at(data, "buyer_info");
      const state = text(at(order, "order_state")) ?? "";
      const paidAt = text(at(order, "order_pay_time"));
      const refunds = list(at(data, "internal_extra_info", "refund_info", "refund_records")).filter(
        (one) => text(at(one, "refund_state")) === REFUND_DONE,
      );
      const isFull = text(at(order, "order_close_type")) === "4";
      const common = {
        shop_id: "xiaoe",
        order_id: text(at(order, "order_id")),
        created_at: text(at(order, "order_create_time")),
        paid_at: paidAt,
        status:
          state === "5"
            ? `closed ${isFull ? "full" : paidAt === null ? "unpaid" : ""}`.trim()
            : (STATUS[state] ?? null),
        raw_status: state,
        refund_state: REFUND[text(at(order, "after_sale_show_state")) ?? ""] ?? null,
        amount: NOT_PAID_BY.includes(text(at(order, "order_type")) ?? "")
          ? "0"
          : yuan([at(data, "price_info", "earned_revenue")]),
        refunded: refunds.length > 0 ? yuan(refunds.map((one) => at(one, "refund_amount"))) : null,
        buyer_id: text(at(buyer, "user_id")),
        buyer_name: text(at(buyer, "nickname")),
        phone: text(at(buyer, "phone_number")) ?? text(at(buyer, "info_collect_phone_number")),
      };
      const goods = list(at(data, "goods_info", "goods_list"));
      for (const one of goods.length > 0 ? goods : [undefined])
        yield {
          kind: "row",
          line,
          values: {
            ...common,
            title: text(at(one, "goods_name")),
            quantity: text(at(one, "quantity")),
            item_amount: yuan([at(one, "actual_fee")]),
            item_refunded: yuan([at(one, "refund_amount")]),
          },
        };
    }
  },
});

/** Sum of whole fen as yuan: 12345 → "123.45"; null when one is no number. */
function yuan(fen: readonly unknown[]): string | null {
  const numbers = fen.map((one) => (typeof one === "number" ? one : Number(text(one) ?? Number.NaN)));
  const sum = numbers.reduce((total, one) => total + one, 0);
  if (!Number.isInteger(sum)) return null;
  const digits = String(Math.abs(sum)).padStart(3, "0");
  return `${sum < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
