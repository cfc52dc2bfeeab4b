import { join } from "node:path";
import { issueText } from "../../ingest/issue-texts.ts";
import type { Lang } from "../../kit/say.ts";
import type { State } from "../../state/state.ts";
import { Database, literal } from "../../warehouse/database.ts";
import type { Row } from "../../warehouse/rows.ts";
import { toCsv } from "../csv.ts";

/** The rejected rows of a batch as a table that can be mended and dropped again; null when there are none. */
export async function rejectsCsv(
  state: State,
  lake: string,
  batch: string,
  lang: Lang,
): Promise<string | null> {
  const parts = await state.read((database) =>
    database.all(
      "select parts.path from parts inner join imports using (import_id) where imports.batch = $batch and parts.fact = 'rejects'",
      { batch },
    ),
  );
  if (parts.length === 0) return null;
  const paths = parts.map((row) => literal(join(lake, String(row["path"]))));
  const database = await Database.open(":memory:");
  try {
    const rows = await database.all(
      `select line, column_name, code, sample from read_parquet([${paths.join(", ")}]) order by line`,
    );
    const [lineName, whyName] = lang === "zh" ? ["__行号", "__原因"] : ["__line", "__reason"];
    const table = rows.map((row) => ({
      ...cellsOf(row["sample"] ?? null),
      [lineName as string]: row["line"] ?? null,
      [whyName as string]: issueText(String(row["code"]), columnOf(row))[lang],
    }));
    const names = [...new Set(table.flatMap((row) => Object.keys(row)))].filter(
      (name) => name !== lineName && name !== whyName,
    );
    return toCsv([...names, lineName as string, whyName as string], table);
  } finally {
    database.close();
  }
}

function columnOf({ column_name: column }: Row): string | null {
  return typeof column === "string" ? column : null;
}

/** A table's row comes with its columns; a line of a log as it stands. */
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
