import { type Database, literal, name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { LEFT_OUT } from "./left-out.ts";
import { typesOf } from "./typed-cells.ts";

const SUMMED = ["amount", "refunded"];
/** Of both sums, in the currency's unit. */
const SAME = 0.005;

/**
 * A row of sums says what the rows of the file came to when it was written: where they come to something else, rows may be
 * missing, and the row is told of with its line. It may be of rows or of orders (an order's total stands in each row of
 * it), and of pages: then all of them come to the sum, or to twice the sum with that of the whole.
 */
export async function checkSums(database: Database, kind: KindSpec): Promise<void> {
  if (!("order_id" in kind.columns)) return;
  const types = await typesOf(database, "staged");
  if (!types.has("left_out")) return;
  const isSum = `left_out = ${literal(LEFT_OUT.sums)}`;
  const [any] = await database.all(`select 1 from staged where ${isSum} limit 1`);
  if (!any) return;
  const record = types.has("record") ? "record" : "rowid";
  const order = types.has("order_id") ? "order_id" : "null";
  // A cell that could not be read is a reject, and told as one.
  const isUnread = types.has("issue") ? "issue is not null" : "false";
  const near = (one: string, other: string) => `abs(${one} - ${other}) < ${SAME}`;
  for (const column of SUMMED.filter((one) => types.has(one))) {
    const cell = name(column);
    await database.run(
      `insert into issues (record, column_name, code, is_reject)
       with
         said as (select ${record} as record, ${cell} as said from staged where ${isSum} and ${cell} is not null),
         counted as (select ${cell} as value, ${order} as order_id, ${isUnread} as is_unread from staged where left_out is null),
         by_order as (select sum(value) as value from (select max(value) as value from counted group by order_id)),
         sums as (select sum(value) as by_row, count(*) filter (value is null and is_unread) as unread from counted)
       select max(record), ${literal(column)}, 'sums_disagree', false
       from said cross join sums cross join by_order
       having max(unread) = 0
         and not bool_or(${near("said", "by_row")} or ${near("said", "by_order.value")})
         and not ${near("sum(said)", "max(by_row)")} and not ${near("sum(said)", "2 * max(by_row)")}`,
    );
  }
}
