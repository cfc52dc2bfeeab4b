import { STATES, WORDS } from "./order-rows.ts";

/*
 * Goods of orders in a table that is several exports, one below the other: the same row of an order is there once for each
 * export that holds it, perhaps farther in the later one. Exports that say when they were made (`version`) are apart, as
 * files of their own are.
 */
const OF_ORDER = "shop_id, order_id";

/**
 * SQL of rows with what they are in other exports: `first`, the record that says them first, and `is_best` of the one that
 * counts. The same goods twice in one export are two rows.
 * @param rows SQL. @param exports SQL of `record` and `part`; undefined for a table of one export, whose rows stay as they are.
 * @param rank SQL of what the one that counts has most of, beside the place of its export.
 */
export function inExports(rows: string, exports: string | undefined, rank = ""): string {
  if (exports === undefined) return rows;
  const version = `partition by ${OF_ORDER}, version, goods, nth`;
  return `
    select * exclude (part, goods, nth), min(record) over (${version}) as first,
      row_number() over (${version} order by ${rank} part desc, record) = 1 as is_best
    from (
      select *, row_number() over (partition by ${OF_ORDER}, version, goods, part order by record) as nth
      from (
        select own.*, coalesce(exported.part, 0) as part, coalesce(exported.version, 0) as version, hash(item_id, sku, title, spec) as goods
        from (${rows}) as own left join ${exports} as exported using (record)
      )
    )`;
}

/** An order never goes back, and what was paid back stays so. */
export const FARTHEST = `list_position(${STATES}, state) desc nulls last, list_position(${WORDS}, money_word) desc nulls last,
  coalesce(item_refunded, refunded) desc nulls last,`;

/** SQL of the place (from 1) of a row in its order. @param piece of the row. */
export function placeInOrder(exports: string | undefined, piece?: string): string {
  const [nth, by] = exports === undefined ? ["row_number", "record"] : ["dense_rank", "first"];
  const of = exports === undefined ? OF_ORDER : `${OF_ORDER}, version`;
  const order = piece === undefined ? by : `${by}, ${piece}`;
  return `${nth}() over (partition by ${of} order by ${order})::integer`;
}
