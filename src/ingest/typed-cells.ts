import type { Database } from "../warehouse/database.ts";
import { name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

/** When a list or an order was seen: what the file does not say per row, `--as-of` or the file's name says for all. */
const SEEN = ["as_of", "snapshot_at"];

/** Column names and DuckDB types of a relation or a SELECT. */
export async function typesOf(database: Database, relation: string): Promise<Map<string, string>> {
  const described = await database.all(`describe ${relation}`);
  return new Map(described.map((row) => [String(row["column_name"]), String(row["column_type"])]));
}

/**
 * SQL of the canonical columns that a select has: times as TIMESTAMP with an `…_is_utc` flag, the others as they are.
 * What is absent takes no room in a table.
 * @param types columns of the select.
 */
export function presentCells(kind: KindSpec, types: ReadonlyMap<string, string>): string[] {
  const cells = Object.entries(kind.columns).flatMap(([column, type]) => {
    if (type === "time" && (types.has(column) || SEEN.includes(column))) return timeCells(column, types);
    return types.has(column) ? [name(column)] : [];
  });
  return [...["issue", "issue_column"].filter((column) => types.has(column)), ...cells];
}

/** SQL of every canonical column of the relation that holds the present ones: what is absent is null. */
export function allCells(kind: KindSpec, types: ReadonlyMap<string, string>): string[] {
  const issues = ["issue", "issue_column"];
  return [
    ...issues.map((column) => (types.has(column) ? column : `null::varchar as ${column}`)),
    ...Object.entries(kind.columns).flatMap(([column, type]) =>
      type === "time" ? timeCells(column, types) : [types.has(column) ? name(column) : absent(column, type)],
    ),
  ];
}

function timeCells(column: string, types: ReadonlyMap<string, string>): string[] {
  const at = name(column);
  const flag = name(`${column}_is_utc`);
  const type = types.get(column);
  if (types.has(`${column}_is_utc`)) return [at, flag];
  if (SEEN.includes(column) && (type === undefined || type === "VARCHAR")) {
    const stated = type === undefined ? "option('as_of')" : `coalesce(${at}, option('as_of'))`;
    return [`stated(${stated}) as ${at}`, `has_offset(${stated}) as ${flag}`];
  }
  if (type === undefined) return [`null::timestamp as ${at}`, `null::boolean as ${flag}`];
  // The same as `at time zone 'UTC'`, without the calendar that makes that take ten times as long.
  if (type === "TIMESTAMP WITH TIME ZONE")
    return [`make_timestamp(epoch_us(${at})) as ${at}`, `true as ${flag}`];
  if (type === "VARCHAR") return [`stated(${at}) as ${at}`, `has_offset(${at}) as ${flag}`];
  return [`${at}::timestamp as ${at}`, `false as ${flag}`];
}

const EMPTY: Readonly<Record<string, string>> = {
  list: "null::varchar[]",
  money: "null::decimal(18, 2)",
  number: "null::double",
  flag: "false",
};

function absent(column: string, type: string): string {
  return `${EMPTY[type] ?? "null::varchar"} as ${name(column)}`;
}
