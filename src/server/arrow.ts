import { once } from "node:events";
import type { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import {
  Bool,
  type DataType,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Table,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import type { Cell, Row } from "../warehouse/rows.ts";

/** Rows as an Arrow IPC stream: texts, booleans and numbers stay typed; lists and structs become JSON texts. */
export function toArrow(names: readonly string[], rows: readonly Row[]): Buffer {
  const columns: Record<string, Vector> = {};
  for (const name of names) {
    const seen = new Seen();
    for (const row of rows) seen.add(row[name] ?? null);
    columns[name] = made(
      rows.map((row) => row[name] ?? null),
      seen.type,
    );
  }
  return Buffer.from(RecordBatchStreamWriter.writeAll(new Table(columns)).toUint8Array(true));
}

/** What a column holds: the type of all its values, and text where they are of several or there are none. */
export class Seen {
  #kind = "";
  #large = 0;

  add(value: Cell): void {
    if (value === null) return;
    const kind = typeof value;
    this.#kind = this.#kind === "" || this.#kind === kind ? kind : "mixed";
    const isSmall = Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
    if (kind === "number" && !isSmall) this.#large++;
  }

  get type(): DataType {
    if (this.#kind === "boolean") return new Bool();
    if (this.#kind === "number") return this.#large === 0 ? new Int32() : new Float64();
    return new Utf8();
  }
}

/** The same stream of rows that come in batches, with types that are known before. */
export async function writeArrow(
  names: readonly string[],
  types: readonly DataType[],
  batches: AsyncIterable<readonly Row[]>,
  out: Writable,
): Promise<void> {
  const schema = new Schema(names.map((name, at) => new Field(name, types[at] ?? new Utf8(), true)));
  const batchOf = (rows: readonly Row[]) =>
    new RecordBatch(
      schema,
      makeData({
        type: new Struct(schema.fields),
        length: rows.length,
        nullCount: 0,
        children: schema.fields.map(({ name, type }) => {
          const [data] = made(
            rows.map((row) => row[name] ?? null),
            type,
          ).data;
          return data ?? makeData({ type });
        }),
      }),
    );
  const writer = new RecordBatchStreamWriter();
  const fill = async () => {
    let count = 0;
    for await (const rows of batches) {
      writer.write(batchOf(rows));
      count++;
      // What is not on the disk yet waits in memory.
      await setImmediate();
      if (out.writableNeedDrain) await once(out, "drain");
    }
    // The names stand in front of the first batch.
    if (count === 0) writer.write(batchOf([]));
    writer.finish();
  };
  const pass = async () => {
    for await (const bytes of writer) out.write(bytes);
  };
  await Promise.all([fill(), pass()]);
}

function made(values: readonly Cell[], type: DataType): Vector {
  const cells =
    type instanceof Utf8
      ? values.map((value) => (value === null || typeof value === "string" ? value : JSON.stringify(value)))
      : values;
  return vectorFromArray(cells as never[], type) as Vector;
}
