import { issueText, REASON_COLUMNS } from "../../ingest/issue-texts.ts";
import type { Lang } from "../../kit/say.ts";
import type { Row } from "../../warehouse/rows.ts";
import { toCsv } from "../csv.ts";

/** Rejected rows of a table under its header, with the line and the reason of each. */
export function rejectsCsv(rows: readonly Row[], lang: Lang): string {
  const [lineName, whyName] = REASON_COLUMNS[lang];
  const table = rows.map((row) => ({
    ...cellsOf(row["sample"] ?? null),
    [lineName]: row["line"] ?? null,
    [whyName]: issueText(String(row["code"]), columnOf(row))[lang],
  }));
  const names = [...new Set(table.flatMap((row) => Object.keys(row)))].filter(
    (name) => name !== lineName && name !== whyName,
  );
  return toCsv([...names, lineName, whyName], table);
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
