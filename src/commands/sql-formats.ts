import { once } from "node:events";
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { visible } from "../kit/visible.ts";
import { Seen, writeArrow } from "../server/arrow.ts";
import { csvLine } from "../server/csv.ts";
import { type Database, literal } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";

export const FORMATS = ["table", "json", "csv", "arrow", "parquet"];
/** Of the formats these are text. */
export const TEXTS = ["table", "json", "csv"];

interface Answer {
  names: readonly string[];
  batches: AsyncIterable<readonly Row[]>;
}
type Put = (text: string) => Promise<void>;

/**
 * Writes the answer to one SELECT into a file as it comes. Parquet keeps the types of the database; Arrow has what the
 * API has: texts, booleans and numbers, all else as text.
 * @param path a file that the database may write, and beside it what a format has to see twice.
 * @returns how many rows it has.
 */
export async function written(
  database: Database,
  statement: string,
  format: string,
  path: string,
): Promise<number> {
  if (format === "parquet") {
    // One statement it is already; what ends it, or a comment behind it, must not swallow the bracket.
    const inner = `(${statement.replace(/;\s*$/, "")}\n)`;
    const copy = `copy ${inner} to ${literal(path)} (format parquet, compression zstd)`;
    const [made] = await database.all(copy);
    return Number(made?.["Count"] ?? 0);
  }
  const answer = await database.stream(statement);
  return into(path, async (put, out) => {
    if (format === "csv") return asCsv(answer, put);
    if (format === "json") return asJson(answer, put);
    return twice(answer, `${path}.rows`, (seen) =>
      format === "arrow"
        ? writeArrow(
            answer.names,
            seen.columns.map(({ type }) => type),
            seen.batches,
            out,
          )
        : asTable({ ...answer, batches: seen.batches }, seen.widths, put),
    );
  });
}

async function into<T>(path: string, work: (put: Put, out: WriteStream) => Promise<T>): Promise<T> {
  const out = createWriteStream(path, { mode: 0o600 });
  // A full disk ends it; what waits for room must not wait for ever.
  const gone = finished(out);
  gone.catch(() => undefined);
  const put = async (text: string) => {
    if (!out.write(text)) await Promise.race([once(out, "drain"), gone]);
  };
  try {
    return await work(put, out);
  } finally {
    out.end();
    await gone;
  }
}

async function asCsv({ names, batches }: Answer, put: Put): Promise<number> {
  let count = 0;
  // It goes on to other programs, which take a byte order mark for a part of the first name.
  await put(csvLine(names));
  for await (const rows of batches) {
    await put(rows.map((row) => `\r\n${csvLine(names.map((name) => row[name] ?? null))}`).join(""));
    count += rows.length;
  }
  return count;
}

async function asJson({ batches }: Answer, put: Put): Promise<number> {
  let count = 0;
  await put("[");
  for await (const rows of batches) {
    const texts = rows.map((row) => `\n  ${JSON.stringify(row, null, 2).replaceAll("\n", "\n  ")}`);
    if (texts.length > 0) await put(`${count > 0 ? "," : ""}${texts.join(",")}`);
    count += rows.length;
  }
  await put(count > 0 ? "\n]" : "]");
  return count;
}

/** For what has to know all rows before it writes the first: they wait in a file. */
async function twice(
  { names, batches }: Answer,
  path: string,
  then: (seen: { columns: Seen[]; widths: number[]; batches: AsyncIterable<Row[]> }) => Promise<void>,
): Promise<number> {
  const columns = names.map(() => new Seen());
  const widths = names.map((name) => name.length);
  let count = 0;
  try {
    await into(path, async (put) => {
      for await (const rows of batches) {
        for (const row of rows)
          names.forEach((name, at) => {
            const cell = row[name] ?? null;
            columns[at]?.add(cell);
            widths[at] = Math.max(widths[at] ?? 0, textOf(cell).length);
          });
        await put(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
        count += rows.length;
      }
    });
    await then({ columns, widths, batches: rowsIn(path) });
  } finally {
    await rm(path, { force: true });
  }
  return count;
}

async function* rowsIn(path: string): AsyncGenerator<Row[]> {
  let rest = "";
  // Not by readline: a text may hold U+2028, where that would end a line.
  for await (const text of createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 20 })) {
    const lines = (rest + String(text)).split("\n");
    rest = lines.pop() ?? "";
    yield lines.map((line) => JSON.parse(line) as Row);
  }
}

function textOf(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return "";
  return visible(typeof value === "object" ? JSON.stringify(value) : String(value));
}

async function asTable({ names, batches }: Answer, widths: readonly number[], put: Put): Promise<void> {
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  await put(`${line(names)}\n${line(widths.map((width) => "-".repeat(width)))}`);
  for await (const rows of batches)
    await put(rows.map((row) => `\n${line(names.map((name) => textOf(row[name])))}`).join(""));
}
