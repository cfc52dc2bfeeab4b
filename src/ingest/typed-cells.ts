import type { Database } from "../warehouse/database.ts";
import { name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

/** When a list or an order was seen: what the file does not say per row, `--as-of` or the file's name says for all. */
export const SEEN = ["as_of", "snapshot_at"];

/** Column names and DuckDB types of a relation or a SELECT. */
export async function typesOf(database: Database, relation: string): Promise<Map<string, string>> {
  const described = await database.all(`describe ${relation}`);
  return new Map(described.map((row) => [String(row["column_name"]), String(row["column_type"])]));
}

/** A column of a relation. */
export interface Cell {
  as: string;
  sql: string;
  /** The same in every row: it needs no room in a table. */
  isFixed?: boolean;
}

export const written = ({ as, sql }: Cell): string => (sql === name(as) ? sql : `${sql} as ${name(as)}`);

/**
 * The canonical columns that a select has: times as TIMESTAMP with an `…_is_utc` flag, the others as they are.
 * What is absent takes no room in a table.
 * @param types columns of the select.
 */
export function presentCells(kind: KindSpec, types: ReadonlyMap<string, string>): Cell[] {
  const cells = Object.entries(kind.columns).flatMap(([column, type]) => {
    if (type === "time" && (types.has(column) || SEEN.includes(column))) return timeCells(column, types);
    return types.has(column) ? [{ as: column, sql: name(column) }] : [];
  });
  return [
    ...["issue", "issue_column"].flatMap((as) => (types.has(as) ? [{ as, sql: name(as) }] : [])),
    ...cells,
  ];
}

/** SQL of every canonical column of the relation that holds the present ones: what is absent is null. */
export function allCells(kind: KindSpec, types: ReadonlyMap<string, string>): string[] {
  const issues = ["issue", "issue_column"];
  return [
    ...issues.map((column) => `${types.has(column) ? column : "null"}::varchar as ${column}`),
    ...Object.entries(kind.columns).flatMap(([column, type]) =>
      type === "time"
        ? timeCells(column, types).map(written)
        : [types.has(column) ? name(column) : `${absent(type)} as ${name(column)}`],
    ),
  ];
}

/**
 * SQL of the columns of `checked` that are the same in every row, by name.
 * @param fixed those of the relation that holds the present ones.
 */
export function sameCells(
  kind: KindSpec,
  types: ReadonlyMap<string, string>,
  fixed: ReadonlyMap<string, string>,
): Map<string, string> {
  const absences = Object.entries(kind.columns).flatMap(([column, type]): [string, string][] => {
    if (types.has(column)) return [];
    return type === "time"
      ? timeCells(column, types).map(({ as, sql }) => [as, sql])
      : [[column, absent(type)]];
  });
  return new Map([...absences, ...fixed]);
}

function timeCells(column: string, types: ReadonlyMap<string, string>): Cell[] {
  const at = name(column);
  const flag = `${column}_is_utc`;
  const type = types.get(column);
  const cells = (time: string, isUtc: string, fixed: { time?: boolean; flag?: boolean } = {}): Cell[] => [
    { as: column, sql: time, isFixed: fixed.time === true },
    { as: flag, sql: isUtc, isFixed: fixed.flag === true },
  ];
  if (types.has(flag)) return cells(at, name(flag));
  if (SEEN.includes(column) && (type === undefined || type === "VARCHAR")) {
    const isFixed = type === undefined;
    const stated = isFixed ? "option('as_of')" : `coalesce(${at}, option('as_of'))`;
    return cells(`stated(${stated})`, `has_offset(${stated})`, { time: isFixed, flag: isFixed });
  }
  if (type === undefined) return cells("null::timestamp", "null::boolean", { time: true, flag: true });
  // The same as `at time zone 'UTC'`, without the calendar that makes that take ten times as long.
  if (type === "TIMESTAMP WITH TIME ZONE")
    return cells(`make_timestamp(epoch_us(${at}))`, "true", { flag: true });
  if (type === "VARCHAR") return cells(`stated(${at})`, `has_offset(${at})`);
  return cells(`${at}::timestamp`, "false", { flag: true });
}

const EMPTY: Readonly<Record<string, string>> = {
  list: "null::varchar[]",
  money: "null::decimal(18, 2)",
  number: "null::double",
  flag: "false",
};

const absent = (type: string) => EMPTY[type] ?? "null::varchar";
