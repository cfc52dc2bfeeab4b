import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import { type Database, literal } from "../warehouse/database.ts";
import { issueText } from "./issue-texts.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { linesOf } from "./read-csv.ts";
import type { Source } from "./source.ts";
import type { Staged } from "./stage.ts";

/** A record that was not used, or was with a reservation, by its place. Never its content: that may be personal. */
export interface FileIssue {
  line: number | null;
  column: string | null;
  code: string;
  message: Text;
  /** Whether the record was used all the same. */
  accepted?: true;
}

const SHOWN = 1000;

/** Fills in the lines of the refused records and returns the first thousand, with the warnings of the file. */
export async function issuesOf(database: Database, staged: Staged, source: Source, read: number) {
  await findLines(database, staged);
  const rows = await database.all(
    `select line, column_name, code, is_reject from issues order by is_reject desc, line nulls last, column_name limit ${SHOWN}`,
  );
  const issues: FileIssue[] = rows.map((row) => {
    const code = String(row["code"]);
    const column = row["column_name"] === null ? null : String(row["column_name"]);
    return {
      line: row["line"] === null ? null : Number(row["line"]),
      column,
      code,
      message: issueText(code, column),
      ...(row["is_reject"] === true ? {} : { accepted: true }),
    };
  });
  const told = await database.all(
    "select code, column_name, count(*) as n from issues where not is_reject group by all order by all",
  );
  if (read === 0)
    issues.push({ line: null, column: null, code: "no_rows", message: issueText("no_rows", null) });
  const warnings = [
    ...staged.unmatchedColumns.map((column) => ({ code: "column_not_used", column, count: 1 })),
    ...told.map((row) => ({
      code: String(row["code"]),
      column: row["column_name"] === null ? null : String(row["column_name"]),
      count: Number(row["n"]),
    })),
    ...(source.replaced > 0 ? [{ code: "undecodable_bytes", column: null, count: source.replaced }] : []),
  ];
  return { issues, warnings };
}

/** @throws UserError naming the first line, when the file is damaged as a whole: a spreadsheet program saved it anew. */
export async function refuseDamaged(
  database: Database,
  staged: Staged,
  { refuses = [] }: KindSpec,
  { name: file }: Source,
): Promise<void> {
  if (refuses.length === 0) return;
  const codes = refuses.map(literal).join(", ");
  const [any] = await database.all(`select 1 from issues where code in (${codes}) limit 1`);
  if (!any) return;
  await findLines(database, staged);
  const { line, column_name, code } = await database.one(
    `select line, column_name, code from issues where code in (${codes}) order by line nulls last limit 1`,
  );
  const text = issueText(String(code), column_name === null ? null : String(column_name));
  throw new UserError(
    { zh: `${file} 第 ${line} 行 ${text.zh}`, en: `${file} line ${line}, ${text.en}` },
    {
      hint: {
        zh: "整个文件没有导入。请从平台重新导出，不要用 Excel 或 WPS 打开后另存。",
        en: "Nothing of the file was imported. Export it again and do not save it from a spreadsheet program.",
      },
    },
  );
}

async function findLines(database: Database, { table }: Staged): Promise<void> {
  const columns = new Set(
    (await database.all("describe source_rows").catch(() => [])).map((row) => row["column_name"]),
  );
  if (columns.has("__line")) {
    await database.run(
      "update issues set line = source_rows.__line, sample = to_json(source_rows)::varchar from source_rows where issues.record = source_rows.rowid and issues.line is null",
    );
    return;
  }
  const appended = await database.all(
    "select 1 from duckdb_tables() where database_name = current_database() and table_name = 'appended'",
  );
  if (appended.length > 0) {
    await database.run(
      "update issues set line = appended.line, sample = to_json(appended)::varchar from appended where issues.record = appended.record and issues.line is null",
    );
    return;
  }
  if (!table) return;
  const open = await database.all("select distinct record, position from issues where line is null");
  if (open.length === 0) return;
  // The reader numbers what it kept; what it refused stands in between.
  const refused = open
    .flatMap((row) => (row["position"] === null ? [] : [Number(row["position"])]))
    .sort((a, b) => a - b);
  const positions = new Map<number, { record: number | null }>();
  for (const at of refused) positions.set(at, { record: null });
  for (const row of open)
    if (row["record"] !== null)
      positions.set(positionOf(Number(row["record"]), refused), { record: Number(row["record"]) });
  const lines = await linesOf(table, new Set(positions.keys()));
  await database.run("create table found_lines (record BIGINT, position BIGINT, line BIGINT)");
  const values = [...positions].map(
    ([position, { record }]) =>
      `(${record ?? "null"}, ${record === null ? position : "null"}, ${lines.get(position) ?? "null"})`,
  );
  for (let at = 0; at < values.length; at += 1000) {
    await database.run(`insert into found_lines values ${values.slice(at, at + 1000).join(", ")}`);
  }
  await database.run(
    "update issues set line = found_lines.line from found_lines where issues.line is null and (issues.record = found_lines.record or issues.position = found_lines.position)",
  );
  await database.run(
    "update issues set sample = to_json(source_rows)::varchar from source_rows where issues.record = source_rows.rowid and issues.sample is null",
  );
}

/** The place in the file of the n-th kept record. */
function positionOf(record: number, refused: readonly number[]): number {
  let position = record;
  for (const at of refused) {
    if (at > position) break;
    position++;
  }
  return position;
}
