import {
  Bool,
  type DataType,
  Float64,
  Int32,
  RecordBatchStreamWriter,
  Table,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import type { Cell, Row } from "../warehouse/rows.ts";

/** Rows as an Arrow IPC stream: texts, booleans and numbers stay typed; lists and structs become JSON texts. */
export function toArrow(names: readonly string[], rows: readonly Row[]): Buffer {
  const columns: Record<string, Vector> = {};
  for (const name of names) columns[name] = column(rows.map((row) => row[name] ?? null));
  return Buffer.from(RecordBatchStreamWriter.writeAll(new Table(columns)).toUint8Array(true));
}

function column(values: readonly Cell[]): Vector {
  const known = values.filter((value) => value !== null);
  const all = (type: string) => known.length > 0 && known.every((value) => typeof value === type);
  if (all("boolean")) return made(values, new Bool());
  if (all("number")) {
    const small = known.every((value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31);
    return made(values, small ? new Int32() : new Float64());
  }
  const texts = values.map((value) =>
    value === null || typeof value === "string" ? value : JSON.stringify(value),
  );
  return made(texts, new Utf8());
}

function made(values: readonly Cell[], type: DataType): Vector {
  return vectorFromArray(values as never[], type) as Vector;
}
