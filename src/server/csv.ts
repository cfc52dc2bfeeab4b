import { quoted } from "../kit/csv-cell.ts";
import type { Cell, Row } from "../warehouse/rows.ts";

/** What a spreadsheet takes for the start of a formula, full-width forms included, also behind blanks. */
const FORMULA = /^\s*[=+\-@＝＋－＠\t\r\n\0]/;

/** CSV for spreadsheets: UTF-8 BOM, CRLF, quotes as RFC 4180, texts that look like formulas with an apostrophe. */
export function toCsv(names: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map((row) => csvLine(names.map((name) => row[name] ?? null)));
  return `\uFEFF${[csvLine(names), ...lines].join("\r\n")}\r\n`;
}

/** One line of it, without its end. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(cell).join(",");
}

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return quoted(safe);
}
