import { issueText, REASON_COLUMNS } from "../../ingest/issue-texts.ts";
import type { Lang } from "../../kit/say.ts";
import { writeWorkbook } from "../../report/workbook.ts";
import type { Row } from "../../warehouse/rows.ts";
import { toCsv } from "../csv.ts";

/** Rejected rows of a table under its header, with the line and the reason of each. */
export function rejectsCsv(rows: readonly Row[], lang: Lang): string {
  const { names, table } = rejectsTable(rows, lang);
  return toCsv(names, table);
}

/** The same of a workbook: a sheet under the name of the one that was read, every cell as the text that was read. */
export function rejectsWorkbook(
  rows: readonly Row[],
  lang: Lang,
  { sheet, isFrom1904 }: Was,
): Promise<Buffer> {
  const { names, table } = rejectsTable(rows, lang);
  const heads = names.map((title) => ({ title, kind: "text" as const }));
  const cells = table.map((row) => names.map((name) => textOf(row[name])));
  return writeWorkbook([{ name: sheet, heads, rows: cells }], isFrom1904);
}

/** What is kept of a workbook beside its refused rows. */
export interface Was {
  sheet: string;
  isFrom1904: boolean;
}

/** What the refused rows of a file stood in, where that was a workbook. */
export function workbookOf(rows: readonly Row[]): Was | undefined {
  const frame = rows.map((row) => row["frame"]).find((one) => typeof one === "string");
  if (!frame?.startsWith('{"workbook":')) return undefined;
  return (JSON.parse(frame) as { workbook: Was }).workbook;
}

const textOf = (cell: Row[string] | undefined) => (cell === null || cell === undefined ? "" : String(cell));

function rejectsTable(rows: readonly Row[], lang: Lang): { names: string[]; table: Row[] } {
  const [lineName, whyName] = REASON_COLUMNS[lang];
  const table = rows.map((row) => ({
    ...cellsOf(row["sample"] ?? null),
    [lineName]: row["line"] ?? null,
    [whyName]: issueText(String(row["code"]), columnOf(row))[lang],
  }));
  const names = [...new Set(table.flatMap((row) => Object.keys(row)))].filter(
    (name) => name !== lineName && name !== whyName,
  );
  return { names: [...names, lineName, whyName], table };
}

function columnOf({ column_name: column }: Row): string | null {
  return typeof column === "string" ? column : null;
}

/** A table's row comes with its columns; what was no table as it stands. */
function cellsOf(sample: Row[string]): Row {
  if (typeof sample !== "string") return {};
  try {
    const value = JSON.parse(sample) as unknown;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      const { __line: _, ...cells } = value as Row;
      return cells;
    }
  } catch {
    // Not JSON: the line itself.
  }
  return { text: sample };
}
