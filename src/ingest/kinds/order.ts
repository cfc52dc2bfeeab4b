import type { KindSpec } from "./kind.ts";
import {
  BUYER_CONTACTS,
  buyers,
  MONEY_REJECTS,
  ORDER_COLUMNS,
  orderColumns,
  orderWarnings,
  PAID_AT,
  RECEIVERS,
  rowsView,
  who,
} from "./order-rows.ts";

const ASSUMED = "is_paid and refunded is null and money_word = 'full'";

// `sku*2`, or `name(spec)*2` in `goods`. A `title` of all goods together can't be taken apart: one item, of unknown quantity.
const SPLIT = "^(.*?)(?:\\*([0-9.]+))?$";
const SPEC = "^(.*?)(?:[(（]([^()（）]*)[)）])?$";

/** Orders as one export saw them, a row each: every version is kept, staging picks the newest by `as_of`. */
export const order: KindSpec = {
  columns: { ...ORDER_COLUMNS, items: "list", goods: "list", title: "text" },
  time: { column: "paid_at", required: false, also: ["created_at"] },
  needs: ["order_id", "amount"],
  rejects: [
    ...MONEY_REJECTS,
    { code: "refund_above_amount", column: "refunded", when: "refunded > amount" },
    // Lists that people keep name the day once, above its orders; elsewhere an empty time is an order that was not paid.
    {
      code: "neither_time_nor_state",
      column: "paid_at",
      when: "coalesce(paid_at, created_at) is null and coalesce(status, raw_status, refund_state) is null",
    },
  ],
  warns: [
    ...orderWarnings("refunded"),
    {
      code: "no_time",
      column: "paid_at",
      when: "coalesce(paid_at, created_at) is null and warning is null and not starts_with(status, 'pending') and not ends_with(status, 'unpaid')",
    },
  ],
  refuses: ["id_resaved_by_spreadsheet", "time_resaved_by_spreadsheet"],
  views: {
    rows: rowsView("refunded"),
    settled: `select * exclude (amount, refunded), if(is_paid, amount, 0) as total, ${ASSUMED} as is_assumed,
      if(is_paid, if(${ASSUMED}, amount, coalesce(refunded, 0)), 0) as back from rows`,
  },
  tables: { buyers, receivers: RECEIVERS, who },
  facts: [
    {
      fact: "orders",
      decides: true,
      keepsNames: true,
      moments: {
        select: `select record, ${PAID_AT} as month_at from checked`,
        alike: "hash(coalesce(shop_id, ''), order_id)",
      },
      select: `select ${orderColumns("settled", "left join who using (record)")}`,
    },
    {
      fact: "order_items",
      decides: false,
      select: `
        select record, month_at, shop_id, order_id, as_of, as_of_is_utc, item_no::integer as item_no, null as item_id,
          if(is_sku, trim(regexp_extract(item, '${SPLIT}', 1)), null) as sku,
          if(is_sku, null, trim(regexp_extract(trim(regexp_extract(item, '${SPLIT}', 1)), '${SPEC}', 1))) as title,
          if(is_sku, null, nullif(regexp_extract(trim(regexp_extract(item, '${SPLIT}', 1)), '${SPEC}', 2), '')) as spec,
          coalesce(try_cast(nullif(regexp_extract(item, '${SPLIT}', 2), '') as decimal(18, 3)), 1) as quantity,
          null as amount, null as refunded
        from (
          select record, ${PAID_AT} as month_at,
            coalesce(shop_id, '') as shop_id, order_id, as_of, as_of_is_utc, items is not null as is_sku,
            unnest(coalesce(items, goods)) as item, generate_subscripts(coalesce(items, goods), 1) as item_no
          from rows
          where items is not null or goods is not null
        )
        union all
        select record, ${PAID_AT}, coalesce(shop_id, ''), order_id,
          as_of, as_of_is_utc, 1, null, null, title, null, null, null, null
        from rows
        where items is null and goods is null and title is not null`,
    },
    { fact: "contacts", decides: false, keepsNames: true, select: BUYER_CONTACTS },
  ],
};
