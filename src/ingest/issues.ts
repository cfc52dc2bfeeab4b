import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import { TableAppender } from "../warehouse/append.ts";
import { type Database, literal } from "../warehouse/database.ts";
import { issueText } from "./issue-texts.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { LEFT_OUT } from "./left-out.ts";
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

/** The first thousand refused records, with the warnings of the file. */
export async function issuesOf(database: Database, staged: Staged, source: Source, read: number) {
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
  { refuses = [] }: KindSpec,
  { name: file }: Source,
): Promise<void> {
  if (refuses.length === 0) return;
  const [damage] = await database.all(
    `select line, column_name, code from issues where code in (${refuses.map(literal).join(", ")}) order by line nulls last limit 1`,
  );
  if (!damage) return;
  const { line, column_name, code } = damage;
  const text = issueText(String(code), column_name === null ? null : String(column_name));
  throw new UserError(
    { zh: `${visible(file)} 第 ${line} 行 ${text.zh}`, en: `${visible(file)} line ${line}, ${text.en}` },
    {
      hint: {
        zh: "整个文件没有导入。请从平台重新导出，不要用 Excel 或 WPS 打开后另存。",
        en: "Nothing of the file was imported. Export it again and do not save it from a spreadsheet program.",
      },
    },
  );
}

/** Fills in the lines and the texts of the refused records, then lets go of what was read. */
export async function placeIssues(database: Database, staged: Staged): Promise<void> {
  await findPlaces(database, staged);
  // They were kept until now, since a row's place counts all before it.
  for (const code of [LEFT_OUT.sums, LEFT_OUT.note])
    await database.run("delete from issues where code = $code", { code });
  const [refused] = staged.mend ? await database.all("select 1 from issues where is_reject limit 1") : [];
  const frame = refused ? await staged.mend?.(database) : undefined;
  await database.run("create table frames (frame varchar)");
  if (frame !== undefined) await database.run("insert into frames values ($frame)", { frame });
}

async function findPlaces(database: Database, { placesOf, cellsAt, rows }: Staged): Promise<void> {
  if (rows !== undefined) {
    const [open] = await database.all("select 1 from issues where record is not null limit 1");
    if (!open) return;
    await database.run(`create table appended as ${rows}`);
  }
  const [kept] = await database.all(
    `select table_name, column_name from duckdb_columns() where database_name = current_database() and (table_name, column_name) in (('source_rows', '__line'), ('appended', 'line'))`,
  );
  if (kept) {
    const { table_name, column_name } = kept;
    const [json] = await database.all(
      `select 1 from duckdb_columns() where database_name = current_database() and table_name = '${table_name}' and column_name = 'json'`,
    );
    await database.run(
      `update issues set line = coalesce(issues.line, kept.${column_name}), sample = coalesce(sample, ${json ? "kept.json" : "to_json(kept)"}::varchar)
       from ${table_name} as kept where issues.record = kept.rowid`,
    );
    await database.run(`drop table ${table_name}`);
    if (cellsAt) await fillCells(database, cellsAt);
    return;
  }
  if (placesOf) await placeAfterwards(database, placesOf);
  await database.run("drop table if exists source_rows");
}

/** Gives refused records all their cells. What is no whole record keeps what was seen of it. */
async function fillCells(database: Database, cellsAt: NonNullable<Staged["cellsAt"]>): Promise<void> {
  const open = await database.all("select distinct line from issues where is_reject and line is not null");
  if (open.length === 0) return;
  await database.run("create table cells (line BIGINT, raw VARCHAR)");
  const cells = await TableAppender.open(database, "cells");
  for (const [line, raw] of await cellsAt(new Set(open.map((row) => Number(row["line"])))))
    cells.add([BigInt(line), raw]);
  cells.close();
  await database.run("update issues set sample = cells.raw from cells where issues.line = cells.line");
}

async function placeAfterwards(database: Database, placesOf: NonNullable<Staged["placesOf"]>): Promise<void> {
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
  const places = await placesOf(new Set(positions.keys()));
  await database.run("create table found (record BIGINT, position BIGINT, line BIGINT, raw VARCHAR)");
  const found = await TableAppender.open(database, "found");
  for (const [position, { record }] of positions) {
    const { line, raw } = places.get(position) ?? {};
    const number = (value: number | null | undefined) => (typeof value === "number" ? BigInt(value) : null);
    found.add([number(record), record === null ? number(position) : null, number(line), raw ?? null]);
  }
  found.close();
  await database.run(
    "update issues set line = found.line, sample = coalesce(found.raw, sample) from found where issues.line is null and (issues.record = found.record or issues.position = found.position)",
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
