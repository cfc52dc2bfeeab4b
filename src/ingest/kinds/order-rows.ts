import type { CellType } from "./kind.ts";
import { lostDigits } from "./lost-digits.ts";

/*
 * What the files of orders share. A status is one of pending, paid, shipped, completed, closed; a second word tells
 * what became of the money: `closed full` (paid back), `closed unpaid` (never paid).
 */

/** Columns of a row that speak of the whole order. */
export const ORDER_COLUMNS = {
  shop_id: "id",
  order_id: "id",
  as_of: "time",
  buyer_id: "id",
  phone: "text",
  email: "text",
  unionid: "id",
  buyer_name: "text",
  receiver_phone: "text",
  group_id: "id",
  group_hint: "text",
  leader_id: "id",
  created_at: "time",
  paid_at: "time",
  shipped_at: "time",
  completed_at: "time",
  closed_at: "time",
  refunded_at: "time",
  status: "text",
  raw_status: "text",
  refund_state: "text",
  currency: "text",
  amount: "money",
  /** Of the amount, what the buyer still owes. */
  outstanding: "money",
  refunded: "money",
  coupon: "text",
  warning: "text",
  extra: "text",
} as const satisfies Record<string, CellType>;

/** Columns of a row that speak of one of the goods. */
export const ITEM_COLUMNS = {
  item_id: "id",
  sku: "id",
  title: "text",
  spec: "text",
  quantity: "number",
  item_amount: "money",
  item_refunded: "money",
} as const satisfies Record<string, CellType>;

/** What a row's own column says, or else the workspace. */
export const CURRENCY = "coalesce(currency_code(currency), option('currency'))";

/** In the order in which one status follows another; a number compares them. */
export const STATES = "['pending', 'paid', 'shipped', 'completed', 'closed']";
export const WORDS = "['unpaid', 'none', 'in_progress', 'partial', 'full']";

/** What the row says of the money beside its amounts: none, in_progress, partial, full or unpaid; null for nothing. */
const WORD = "coalesce(nullif(split_part(status, ' ', 2), ''), refund_state)";

// Null where the row says nothing of it: later rows of an order are blank in some exports.
const STATE = `case
  when closed_at is not null then 'closed'
  when starts_with(status, 'paid') and shipped_at is not null then 'shipped'
  when status is not null then split_part(status, ' ', 1)
  when completed_at is not null then 'completed'
  when shipped_at is not null then 'shipped'
  when paid_at is not null then 'paid' end`;

/** An amount alone is not enough: exports print the amount due on orders that were never paid. */
const isPaid = (refunded: string) => `money_word is distinct from 'unpaid' and (
  paid_at is not null or state in ('paid', 'shipped', 'completed')
  or state = 'closed' and (${refunded} > 0 or money_word in ('partial', 'full')))`;

/** View `rows`: `checked` with `state`, `money_word` and `is_paid`. @param refunded SQL of what the row says was paid back. */
export function rowsView(refunded: string): string {
  return `select *, coalesce(${isPaid(`coalesce(${refunded}, 0)`)}, false) as is_paid
    from (select * replace (if(outstanding is null, amount, (amount - outstanding)::decimal(18, 2)) as amount), ${STATE} as state, ${WORD} as money_word from checked)`;
}

export const PAID_AT = "coalesce(to_utc(paid_at, paid_at_is_utc), to_utc(created_at, created_at_is_utc))";

const PERSON = ["id_prefix", "shop_id", "buyer_id", "phone", "email", "unionid", "buyer_name"];

/** The columns of a person that tell one row's buyer from another's; one at least. */
const telling = (same: ReadonlyMap<string, string>) => {
  const columns = PERSON.filter((column) => !same.has(column));
  return columns.length > 0 ? columns : ["shop_id"];
};

/**
 * Table `buyers`: each once, with the keys; hashing a row at a time would take longer than reading the file. A buyer
 * known by nickname alone gets a key that counts inside the shop and is no member's: only a person may join the two.
 */
export const buyers = (same: ReadonlyMap<string, string>) => `
  select *, coalesce(sure_key, person_key('buyer:' || coalesce(of_shop_id, '') || ':' || of_buyer_name)) as buyer_key
  from (select *, coalesce(person_key(of_id_prefix || of_buyer_id), phone_key, email_key, unionid_key) as sure_key
  from (
    select *, person_key('phone:' || phone_no) as phone_key, person_key('email:' || lower(of_email)) as email_key,
      person_key('unionid:' || of_unionid) as unionid_key
    from (
      select *, phone_number(of_phone) as phone_no
      from (
        select ${PERSON.map((column) => `${telling(same).includes(column) ? column : same.get(column)} as of_${column}`).join(", ")}, of_record, of_seen_at
        from (
          select ${telling(same).join(", ")}, any_value(record) as of_record, max(${PAID_AT}) as of_seen_at
          from rows group by all
        )
      )
    )
  ))`;

/** Table `receivers`: keys of their phones. A receiver is not the buyer, so these never make a match by themselves. */
export const RECEIVERS = `
  select receiver_phone as of_receiver_phone, person_key('phone:' || phone_number(receiver_phone)) as receiver_phone_key
  from (select distinct receiver_phone from rows where receiver_phone is not null)`;

/** Joins a table of orders with their buyers and receivers. */
const joinBuyers = (columns: readonly string[]) => `
  left join buyers on ${columns.map((column) => `of_${column} is not distinct from ${column}`).join(" and ")}
  left join receivers on of_receiver_phone = receiver_phone`;

/** Table `who`: the keys of each record, found once. */
export const who = (same: ReadonlyMap<string, string>) =>
  `select record, buyer_key, phone_key, receiver_phone_key from rows ${joinBuyers(telling(same))}`;

/** Everybody who bought, for the one table with names. */
export const BUYER_CONTACTS = `
  select any_value(of_record) as record, max(of_seen_at) as month_at,
    buyer_key as person_key, null as group_id, sure_key is null as has_name_only,
    coalesce(of_buyer_id, phone_no, lower(of_email), of_unionid) as raw_id, of_buyer_name as name, phone_no as phone, phone_key,
    lower(of_email) as email, email_key, of_unionid as unionid, unionid_key,
    null as alias_of_key, null as role, 'shop' as platform, max(of_seen_at) as seen_at, null as is_opted_out
  from buyers
  where buyer_key is not null
  group by all`;

/**
 * Columns of the fact `orders` from a table `of` with money settled: `total`, `back`, `is_paid`, `state`, `money_word`.
 * @param join to the keys of buyers and receivers.
 */
export const orderColumns = (of: string, join = joinBuyers(PERSON)) => `
  record, ${PAID_AT} as month_at,
  coalesce(shop_id, '') as shop_id, order_id, as_of, as_of_is_utc, buyer_key, phone_key,
  receiver_phone_key, group_id, group_hint, person_key(id_prefix || leader_id) as leader_key,
  created_at, created_at_is_utc,
  if(is_paid, coalesce(paid_at, created_at), paid_at) as paid_at,
  if(is_paid and paid_at is null, created_at_is_utc, paid_at_is_utc) as paid_at_is_utc,
  completed_at, completed_at_is_utc, refunded_at, refunded_at_is_utc,
  coalesce(state, 'pending') as status,
  case when back >= total and back > 0 then 'full' when back > 0 then 'partial'
    when is_paid and money_word in ('partial', 'in_progress') then money_word else 'none' end as refund_state,
  raw_status, ${CURRENCY} as currency,
  total as amount, back as refunded, is_assumed as refund_is_assumed, coupon, extra
  from ${of} ${join}`;

/** Reasons to refuse a row, whatever the file. */
export const MONEY_REJECTS = [
  { code: "negative_amount", column: "amount", when: "amount < 0" },
  { code: "negative_amount", column: "refunded", when: "refunded < 0" },
];

/** What is accepted and yet worth a word. @param refunded SQL of what the row says was paid back. */
export const orderWarnings = (refunded: string) => [
  ...lostDigits("phone"),
  ...lostDigits("receiver_phone"),
  { code: "unknown_status", column: "status", when: "status is null and raw_status is not null" },
  {
    code: "refund_amount_assumed",
    column: "refunded",
    when: `${refunded} is null and ${WORD} = 'full'`,
  },
  {
    code: "refund_amount_missing",
    column: "refunded",
    when: `${refunded} is null and ${WORD} = 'partial'`,
  },
  // It stands as sold, since some platforms tell of refunds in another file only.
  {
    code: "closed_without_refund",
    column: "refunded",
    when: `starts_with(status, 'closed') and paid_at is not null and ${refunded} is null and ${WORD} is null`,
  },
];
