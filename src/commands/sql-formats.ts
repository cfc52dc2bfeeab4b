import { readFileSync } from "node:fs";
import { toArrow } from "../server/arrow.ts";
import { toCsv } from "../server/csv.ts";
import { type Database, literal } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";

export const FORMATS = ["table", "json", "csv", "arrow", "parquet"];

/**
 * The answer to one SELECT in a format, and how many rows it has. Parquet keeps the types of the database; Arrow has
 * what the API has: texts, booleans and numbers, all else as text.
 * @param scratch a file that the database may write, for Parquet.
 */
export async function written(
  database: Database,
  statement: string,
  format: string,
  scratch: string,
): Promise<{ content: string | Buffer; rows: number }> {
  // One statement it is already; what ends it, or a comment behind it, must not swallow the bracket.
  const inner = `(${statement.replace(/;\s*$/, "")}\n)`;
  if (format === "parquet") {
    const [made] = await database.all(
      `copy ${inner} to ${literal(scratch)} (format parquet, compression zstd)`,
    );
    return { content: readFileSync(scratch), rows: Number(made?.["Count"] ?? 0) };
  }
  const rows = await database.all(statement);
  if (format === "json") return { content: JSON.stringify(rows, null, 2), rows: rows.length };
  // Without a row only the statement knows the names; with one the row has them as they are asked for.
  const names = Object.keys(rows[0] ?? {});
  if (names.length === 0 || format === "arrow") {
    const columns = await database.all(`select column_name from (describe ${inner})`);
    names.splice(0, names.length, ...columns.map((column) => String(column["column_name"])));
  }
  const content =
    format === "arrow" ? toArrow(names, rows) : format === "csv" ? asCsv(names, rows) : asTable(names, rows);
  return { content, rows: rows.length };
}

function text(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function asCsv(names: readonly string[], rows: readonly Row[]): string {
  // It goes on to other programs, which take a byte order mark for a part of the first name.
  return toCsv(names, rows).slice(1, -2);
}

function asTable(names: readonly string[], rows: readonly Row[]): string {
  const widths = names.map((name) => Math.max(name.length, ...rows.map((row) => text(row[name]).length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    line(names),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map((row) => line(names.map((name) => text(row[name])))),
  ].join("\n");
}
