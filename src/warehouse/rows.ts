import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";

export type Cell = string | number | boolean | null | Cell[] | { [key: string]: Cell };
export type Row = Record<string, Cell>;

/** Integers beyond 2^53 stay text: a rounded id is a wrong id. */
export function toCell(value: DuckDBValue): Cell {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint")
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (value instanceof DuckDBDecimalValue) return Number(value.toString());
  if (value instanceof DuckDBDateValue) return isoDate(value.days);
  if (value instanceof DuckDBTimestampValue) return isoTime(value.micros);
  if (value instanceof DuckDBTimestampTZValue) return `${isoTime(value.micros)}Z`;
  if (value instanceof DuckDBListValue) return value.items.map(toCell);
  if (value instanceof DuckDBStructValue)
    return toRow(Object.keys(value.entries), Object.values(value.entries));
  return value.toString();
}

export function toRow(names: readonly string[], values: readonly DuckDBValue[]): Row {
  const row: Row = {};
  names.forEach((name, at) => {
    row[name] = toCell(values[at] ?? null);
  });
  return row;
}

function isoDate(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function isoTime(micros: bigint): string {
  const millis = Number(micros / 1000n);
  if (!Number.isFinite(millis) || Math.abs(millis) > 8.64e15) return micros > 0n ? "infinity" : "-infinity";
  return new Date(millis).toISOString().replace(/\.000Z$|Z$/, "");
}
