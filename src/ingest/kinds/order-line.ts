import type { KindSpec } from "./kind.ts";
import { FARTHEST, inExports, placeInOrder } from "./order-exports.ts";
import {
  BUYER_CONTACTS,
  buyers,
  ITEM_COLUMNS,
  MONEY_REJECTS,
  ORDER_COLUMNS,
  orderColumns,
  orderWarnings,
  RECEIVERS,
  rowsView,
  STATES,
  WORDS,
} from "./order-rows.ts";

/** Text columns of the order: the first row has them, later ones repeat them or are blank. */
const OF_ORDER = [
  "buyer_id",
  "phone",
  "email",
  "unionid",
  "buyer_name",
  "receiver_phone",
  "group_id",
  "group_hint",
  "leader_id",
  "raw_status",
  "currency",
  "coupon",
  "extra",
];
const TIMES = ["as_of", "created_at", "paid_at", "completed_at", "refunded_at"];

const first = (column: string, and = "") =>
  `arg_min(${column}, record) filter (${column} is not null ${and}) as ${column}`;

/** What a row counts for where the table is several exports that may hold it twice: the farthest version of it. */
const once = (exports: string | undefined, and = "") =>
  exports || and
    ? `filter (where ${[...(exports ? ["is_best"] : []), ...(and ? [and] : [])].join(" and ")})`
    : "";

/** A later row of an order, blank in what the first one says: it is paid where the order is. */
const SAYS_NOTHING = "coalesce(state, money_word) is null and paid_at is null";

// An order is closed when all of its rows are; else it is as far as the farthest of the others.
const grouped = (exports: string | undefined) => `
  select min(record) as record, any_value(id_prefix) as id_prefix, shop_id, order_id,
    ${OF_ORDER.map((column) => first(column, exports && column === "raw_status" ? "and is_best" : "")).join(", ")},
    ${TIMES.map((column) => `min(${column}) as ${column}, ${first(`${column}_is_utc`)}`).join(", ")},
    if(bool_and(state = 'closed') ${once(exports)}, 'closed',
      list_extract(${STATES}, max(list_position(${STATES}, state)) ${once(exports, "state <> 'closed'")})) as state,
    list_extract(${WORDS}, max(list_position(${WORDS}, money_word))) as money_word,
    bool_and(money_word = 'full') ${once(exports, "money_word is not null")} as is_all_back,
    bool_or(is_paid) as is_paid, max(amount) as amount, max(refunded) as refunded,
    sum(item_amount) ${once(exports, `(is_paid or ${SAYS_NOTHING})`)} as items_amount, count(item_amount) as priced,
    sum(coalesce(item_refunded, if(is_paid and money_word = 'full' and amount is null, item_amount, null))) ${once(exports)} as items_refunded,
    coalesce(bool_or(is_paid and item_refunded is null and refunded is null and money_word = 'full') ${once(exports)}, false) as is_word_only
  from rows
  group by shop_id, order_id${exports ? ", version" : ""}`;

const PARTS = "if(contains(item_id, ';'), string_split(item_id, ';'), [item_id])";

const OF_GOODS = Object.keys(ITEM_COLUMNS);
/**
 * What stands below a table and is nothing else than a text where the number of the order is. Of the state what the
 * file says: some formats have none and hold every row for paid.
 */
const noRow = (more: readonly string[]) => ({
  code: "missing_value",
  column: "item_id",
  when: [...OF_GOODS, ...more].map((column) => `${column} is null`).join(" and "),
});

/** Orders by their goods, a row each. Money is the order's (`amount`, the same on each row) or the row's (`item_amount`). */
export const orderLine: KindSpec = {
  columns: { ...ORDER_COLUMNS, ...ITEM_COLUMNS },
  time: { column: "paid_at", required: false, also: ["created_at"] },
  needs: ["order_id"],
  rejects: [
    ...MONEY_REJECTS,
    noRow(["amount", "raw_status", "created_at", "paid_at"]),
    ...["item_amount", "item_refunded"].map((column) => ({
      code: "negative_amount",
      column,
      when: `${column} < 0`,
    })),
  ],
  warns: [
    ...orderWarnings("coalesce(refunded, item_refunded)"),
    {
      code: "split_ambiguous",
      column: "quantity",
      when: "contains(item_id, ';') and quantity <> len(string_split(item_id, ';'))",
    },
  ],
  refuses: ["id_resaved_by_spreadsheet", "time_resaved_by_spreadsheet"],
  views: {
    rows: (exports) => inExports(rowsView("coalesce(refunded, item_refunded)"), exports, FARTHEST),
    settled: (exports) => `
      select * exclude (amount, refunded), if(is_paid, whole, 0) as total,
        is_paid and is_word_only as is_assumed,
        if(is_paid, least(whole, coalesce(refunded, items_refunded, if(is_all_back, whole, 0))), 0) as back
      from (select *, coalesce(amount, items_amount, 0) as whole from (${grouped(exports)}) where amount is not null or priced > 0)`,
    // A merged row lists several goods: its quantity is their sum and its money the order's.
    pieces: (exports) => `
      select *, coalesce(to_utc(paid_at, paid_at_is_utc), to_utc(created_at, created_at_is_utc)) as month_at,
        ${placeInOrder(exports, "piece")} as item_no
      from (
        select *, ${PARTS} as parts, if(contains(item_id, ';'), string_split(title, ';'), []) as titles,
          generate_subscripts(${PARTS}, 1) as piece
        from (select * replace (coalesce(shop_id, '') as shop_id) from rows)
      )`,
  },
  tables: { buyers, receivers: RECEIVERS },
  facts: [
    { fact: "orders", decides: true, select: `select ${orderColumns("settled")}` },
    {
      fact: "order_items",
      decides: true,
      select: `
        select record, month_at, shop_id, order_id, as_of, as_of_is_utc, item_no,
          nullif(trim(parts[piece]), '') as item_id, sku,
          if(len(titles) = len(parts), trim(titles[piece]), title) as title, spec,
          case when len(parts) = 1 then quantity when quantity = len(parts) then 1 end::decimal(18, 3) as quantity,
          if(len(parts) = 1, item_amount, null) as amount, if(len(parts) = 1, item_refunded, null) as refunded
        from pieces`,
    },
    { fact: "contacts", decides: false, keepsNames: true, select: BUYER_CONTACTS },
  ],
};

/** The goods of orders that another file tells of. */
export const orderItem: KindSpec = {
  columns: { shop_id: "id", order_id: "id", as_of: "time", ...ITEM_COLUMNS },
  needs: ["order_id"],
  rejects: [noRow([])],
  refuses: ["id_resaved_by_spreadsheet"],
  views: {
    pieces: (exports) =>
      `select *, ${placeInOrder(exports)} as item_no from (${inExports("select * from checked", exports)})`,
  },
  facts: [
    {
      fact: "order_items",
      decides: true,
      select: `
        select record, to_utc(as_of, as_of_is_utc) as month_at, coalesce(shop_id, '') as shop_id, order_id, as_of, as_of_is_utc,
          item_no, item_id, sku, title, spec, quantity::decimal(18, 3) as quantity, item_amount as amount, item_refunded as refunded
        from pieces`,
    },
  ],
};
