import Papa from "papaparse";
import { type Database, literal, name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { LEFT_OUT } from "./left-out.ts";
import { typesOf } from "./typed-cells.ts";

const SUMMED = ["amount", "refunded"];
/** Of both sums, in the currency's unit. */
const SAME = 0.005;

/**
 * Table `short_sums`: what rows of sums say that have fewer cells than the header, and so were never staged. Their cells
 * stand under the first columns.
 * @param present canonical columns by their place.
 */
async function readShortSums(
  database: Database,
  delimiter: string,
  present: ReadonlyMap<string, number>,
): Promise<boolean> {
  const short = await database.all(
    "select rowid, sample from issues where code = $code and record is null and sample is not null limit 100",
    { code: LEFT_OUT.sums },
  );
  if (short.length === 0) return false;
  await database.run(
    "create or replace temp table short_sums (issue BIGINT, what VARCHAR, said DECIMAL(18, 2))",
  );
  for (const { rowid, sample } of short) {
    const [cells = []] = Papa.parse<string[]>(String(sample), { delimiter, preview: 1 }).data;
    for (const what of SUMMED) {
      const cell = cells[present.get(what) ?? cells.length];
      if (cell)
        await database.run("insert into short_sums values ($issue, $what, money(cleaned($cell)))", {
          issue: Number(rowid),
          what,
          cell,
        });
    }
  }
  return true;
}

/**
 * A row of sums says what the rows of the file came to when it was written: where they come to something else, rows may be
 * missing, and the row is told of with its line. It may be of rows or of orders (an order's total stands in each row of
 * it), and of pages: then all of them come to the sum, or to twice the sum with that of the whole.
 */
export async function checkSums(
  database: Database,
  kind: KindSpec,
  delimiter: string,
  present: ReadonlyMap<string, number>,
): Promise<void> {
  if (!("order_id" in kind.columns)) return;
  const types = await typesOf(database, "staged");
  if (!types.has("left_out")) return;
  const hasShort = await readShortSums(database, delimiter, present);
  const isSum = `left_out = ${literal(LEFT_OUT.sums)}`;
  const [any] = await database.all(`select 1 from staged where ${isSum} limit 1`);
  if (!any && !hasShort) return;
  const record = types.has("record") ? "record" : "rowid";
  const order = types.has("order_id") ? "order_id" : "null";
  // A cell that could not be read is a reject, and told as one.
  const isUnread = types.has("issue") ? "issue is not null" : "false";
  const near = (one: string, other: string) => `abs(${one} - ${other}) < ${SAME}`;
  for (const column of SUMMED.filter((one) => types.has(one))) {
    const cell = name(column);
    const short = hasShort
      ? `union all select null, said, issue from short_sums where what = ${literal(column)} and said is not null`
      : "";
    await database.run(
      `insert into issues (record, position, line, column_name, code, is_reject)
       with
         said as (
           select ${record} as record, ${cell} as said, null::bigint as issue
           from staged where ${isSum} and ${cell} is not null ${short}
         ),
         counted as (select ${cell} as value, ${order} as order_id, ${isUnread} as is_unread from staged where left_out is null),
         by_order as (select sum(value) as value from (select max(value) as value from counted group by order_id)),
         sums as (select sum(value) as by_row, count(*) filter (value is null and is_unread) as unread from counted)
       select last_row.record, issues.position, issues.line, ${literal(column)}, 'sums_disagree', false
       from (
         select max(record) as record, if(max(record) is null, max(issue), null) as issue
         from said cross join sums cross join by_order
         having max(unread) = 0
         and not bool_or(${near("said", "by_row")} or ${near("said", "by_order.value")})
         and not ${near("sum(said)", "max(by_row)")} and not ${near("sum(said)", "2 * max(by_row)")}
       ) as last_row
       left join issues on issues.rowid = last_row.issue`,
    );
  }
}
