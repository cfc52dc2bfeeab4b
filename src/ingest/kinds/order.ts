import type { KindSpec } from "./kind.ts";

// A buyer without a platform id is known by phone; a nickname never makes a key.
const BUYER = "coalesce(id_prefix || buyer_id, 'phone:' || phone_number(phone))";

/** Orders as one export saw them: every version is kept, staging picks the newest by `as_of`. */
export const order: KindSpec = {
  columns: {
    shop_id: "id",
    order_id: "id",
    as_of: "time",
    buyer_id: "id",
    phone: "text",
    buyer_name: "text",
    group_id: "id",
    created_at: "time",
    paid_at: "time",
    refunded_at: "time",
    status: "text",
    currency: "text",
    amount: "money",
    refunded: "money",
    items: "text",
    coupon: "text",
    extra: "text",
  },
  time: { column: "paid_at", required: false },
  needs: ["order_id", "amount"],
  rejects: [
    { code: "negative_amount", column: "amount", when: "amount < 0" },
    { code: "negative_amount", column: "refunded", when: "refunded < 0" },
    { code: "refund_above_amount", column: "refunded", when: "refunded > amount" },
  ],
  facts: [
    {
      fact: "orders",
      decides: true,
      select: `
        select record, coalesce(to_utc(paid_at, paid_at_is_utc), to_utc(created_at, created_at_is_utc)) as month_at,
          coalesce(shop_id, '') as shop_id, order_id, as_of, as_of_is_utc, person_key(${BUYER}) as buyer_key,
          person_key('phone:' || phone_number(phone)) as phone_key, group_id, created_at, created_at_is_utc, paid_at, paid_at_is_utc,
          refunded_at, refunded_at_is_utc, status, coalesce(currency, option('currency')) as currency,
          amount, coalesce(refunded, 0) as refunded, coupon, extra
        from checked`,
    },
    {
      fact: "order_items",
      decides: false,
      select: `
        select record, month_at, shop_id, order_id, as_of, as_of_is_utc, item_no, null as item_id,
          trim(regexp_extract(item, '^(.*?)(?:\\*([0-9.]+))?$', 1)) as sku,
          coalesce(try_cast(nullif(regexp_extract(item, '^(.*?)(?:\\*([0-9.]+))?$', 2), '') as decimal(18, 3)), 1) as quantity,
          null as title, null as spec, null as amount, null as refunded
        from (
          select record, coalesce(to_utc(paid_at, paid_at_is_utc), to_utc(created_at, created_at_is_utc)) as month_at, coalesce(shop_id, '') as shop_id, order_id, as_of, as_of_is_utc,
            unnest(string_split(items, ';')) as item, unnest(generate_series(1, len(string_split(items, ';'))))::integer as item_no
          from checked
          where items is not null
        )
        where trim(item) <> ''`,
    },
    {
      fact: "contacts",
      decides: false,
      select: `
        select any_value(record) as record, max(to_utc(paid_at, paid_at_is_utc)) as month_at, person_key(${BUYER}) as person_key, null as group_id, false as has_name_only,
          coalesce(buyer_id, phone_number(phone)) as raw_id, buyer_name as name, phone_number(phone) as phone,
          person_key('phone:' || phone_number(phone)) as phone_key, null as unionid, null as unionid_key, null as alias_of_key,
          null as role, 'shop' as platform, max(to_utc(paid_at, paid_at_is_utc)) as seen_at
        from checked
        where ${BUYER} is not null
        group by all`,
    },
  ],
};
