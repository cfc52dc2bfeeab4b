import type { Row } from "../warehouse/rows.ts";
import type { MissingKpi, UnknownSource } from "./types.ts";

/** Rows of the query missing_sources. */
export function missingOf(rows: readonly Row[]): MissingKpi[] {
  return rows.map((row) => ({
    kpi: String(row["kpi"]),
    title: { zh: String(row["title_zh"]), en: String(row["title_en"]) },
    ...whatToDo(row),
  }));
}

/** Rows of the query unknown_sources. */
export function unknownOf(rows: readonly Row[]): UnknownSource[] {
  return rows.map((row) => ({ source: String(row["source"]), ...whatToDo(row) }));
}

function whatToDo(row: Row) {
  return {
    text: { zh: String(row["zh"]), en: String(row["en"]) },
    href: row["href"] === null ? null : String(row["href"]),
  };
}
