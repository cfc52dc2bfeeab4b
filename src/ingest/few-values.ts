import { type Database, literal, name } from "../warehouse/database.ts";
import type { Fact } from "./facts.ts";
import { CURRENCY } from "./kinds/order-rows.ts";

/** Values up to which a text column is written by numbers of its values; also the limit of a part's dictionaries. */
export const FEW = 2000;

/** Columns that have few values, with SQL of all of them. */
const COLUMNS: Partial<Record<Fact, string>> = {
  messages: `
    select 'kind' as "column", value from (select distinct type as value from checked where type is not null)
    union all select 'group_id', * from (select distinct group_id from checked)
    union all select 'group_name', * from (select distinct group_name from checked)
    union all select 'person_key', * from (select key from keys limit ${FEW + 1})
    order by all`,
  orders: `
    with seen as materialized (select distinct state, raw_status, currency, shop_id from settled)
    select 'status' as "column", coalesce(state, 'pending') as value from seen
    union select 'refund_state', unnest(['none', 'in_progress', 'partial', 'full'])
    union select 'raw_status', raw_status from seen
    union select 'currency', ${CURRENCY} from seen
    union select 'shop_id', coalesce(shop_id, '') from seen
    order by all`,
};
/** A part is in the order of the groups: with all groups of the file in its dictionary, it could not tell which it holds. */
const ALONE = ["group_id", "group_name"];

/**
 * The columns of a fact that are written by numbers of their values, which saves the search for each row's value in a
 * dictionary: a third of the time of writing. Readers see texts.
 * @returns column → the name of its enumeration, which this makes.
 */
export async function fewValues(
  database: Database,
  fact: Fact,
  sourceFormat: string,
): Promise<ReadonlyMap<string, string>> {
  const sql = COLUMNS[fact];
  if (sql === undefined) return new Map();
  const values = new Map<string, string[]>([["source_format", [sourceFormat]]]);
  for (const { column, value } of await database.all(sql)) {
    if (value === null) continue;
    const known = values.get(String(column)) ?? [];
    known.push(String(value));
    values.set(String(column), known);
  }
  const types = new Map<string, string>();
  for (const [column, known] of values) {
    if (known.length > (ALONE.includes(column) ? 1 : FEW)) continue;
    const type = `few_${fact}_${column}`;
    await database.run(`create type ${name(type)} as enum (${known.map(literal).join(", ")})`);
    types.set(column, type);
  }
  return types;
}
