import type { KindSpec } from "./kind.ts";

/**
 * Money that went back, from after-sale lists and settlements. `state` is refunded, in_progress or none; `document`
 * says which kind of statement it is: two of them tell of the same refund, so they are never added up.
 */
export const refund: KindSpec = {
  columns: {
    shop_id: "id",
    order_id: "id",
    document: "text",
    refund_id: "id",
    as_of: "time",
    refunded_at: "time",
    state: "text",
    amount: "money",
    extra: "text",
  },
  time: { column: "refunded_at", required: false },
  needs: ["order_id"],
  rejects: [{ code: "missing_value", column: "amount", when: "state = 'refunded' and amount is null" }],
  refuses: ["id_resaved_by_spreadsheet"],
  facts: [
    {
      fact: "refunds",
      decides: true,
      // Statements write what went out as a negative amount.
      select: `
        select record, to_utc(refunded_at, refunded_at_is_utc) as month_at, coalesce(shop_id, '') as shop_id, order_id,
          coalesce(document, 'refund') as document, refund_id, as_of, as_of_is_utc, refunded_at, refunded_at_is_utc,
          coalesce(state, 'refunded') as state, abs(amount) as amount
        from checked`,
    },
  ],
};
