import { join } from "node:path";
import type { Head, Importer, ReadOptions, TableImporter } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import { columnsPlan } from "./columns-select.ts";
import { withoutTime } from "./file-name.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { toUtcMacro } from "./macros.ts";
import { type CsvTable, readCsv, uniqueNames } from "./read-csv.ts";
import { readJson } from "./read-json.ts";
import { readNotices } from "./read-notices.ts";
import { readRecords } from "./read-records.ts";
import type { Source } from "./source.ts";
import { isWrapped, unwrap } from "./unwrap.ts";

/** What reading a file into the `records` relation told beside its rows. */
export interface Staged {
  /** For messages: lines of a table's records are looked up only when there is something to say. */
  table: CsvTable | null;
  unmatchedColumns: string[];
  /** What the importer said of how it read the file. */
  notes: Text[];
}

/** Creates `issues`, `option(…)` and `records` for one file in an otherwise empty working database. */
export async function stage(
  database: Database,
  importer: Importer,
  kind: KindSpec,
  source: Source,
  head: Head,
  headerRow: number,
  options: ReadOptions & { currency: string; scratch: string; timezone: string | undefined; now: Date },
): Promise<Staged> {
  await database.run(
    "create table issues (record BIGINT, position BIGINT, line BIGINT, column_name VARCHAR, code VARCHAR, sample VARCHAR, is_reject BOOLEAN)",
  );
  await createOptions(database, {
    group_id: options.group,
    stem: options.stem,
    file_group: options.group ?? withoutTime(options.stem),
    as_of: options.asOf,
    self_id: options.self,
    currency: options.currency,
    imported_at: options.now.toISOString().replace("Z", ""),
  });
  // Stands before the session's macro of the same name, which takes the workspace's zone.
  if (options.timezone !== undefined) await database.run(toUtcMacro(options.timezone));
  if (importer.form !== "table" && importer.form !== "columns") {
    const { delimiter } = head;
    const notes = await readRecords(database, importer, kind, source, options, { headerRow, delimiter });
    return { table: null, unmatchedColumns: [], notes };
  }
  if (importer.form === "table" && importer.reader === "json") {
    await readJson(database, source, options.scratch);
    await sourceView(database);
    await recordsFrom(database, importer, options.self);
    return { table: null, unmatchedColumns: [], notes: [] };
  }
  const table = {
    path: isWrapped(head.text) ? await unwrapped(source, options.scratch) : source.text,
    delimiter: head.delimiter,
    headerRow,
    header: head.rows[headerRow] ?? [],
  };
  if (importer.form === "columns") {
    const plan = columnsPlan(importer, kind, table.header, source.name);
    const csv = { ...table, columns: plan.reads };
    await readCsv(database, csv, options.scratch);
    await sourceView(database);
    // A table, not a view: every later step would clean and type each cell again.
    await database.run(`create table records as ${plan.select}`);
    const unmatchedColumns = importer.keepExtra ? [] : plan.unmatched;
    return {
      table: csv,
      unmatchedColumns,
      notes: [...(await leftOutNote(database, plan.leftOut)), ...unmatchedNote(unmatchedColumns)],
    };
  }
  const csv = { ...table, columns: importer.reader === "json" ? {} : importer.reader.csv.columns };
  await readCsv(database, csv, options.scratch);
  await sourceView(database, Object.keys(csv.columns), uniqueNames(csv.header));
  await recordsFrom(database, importer, options.self);
  return { table: csv, unmatchedColumns: [], notes: [] };
}

async function unwrapped({ text, keep }: Source, scratch: string): Promise<string> {
  const copy = keep(join(scratch, `unwrapped-${process.pid}-${Math.trunc(performance.now())}.csv`));
  await unwrap(text, copy);
  return copy;
}

/** Rows that do not matter, such as the fees of a settlement, are neither read nor rejected; they are told of. */
async function leftOutNote(database: Database, leftOut: string | null): Promise<Text[]> {
  if (leftOut === null) return [];
  const { n } = await database.one(`select count(*) as n from source where ${leftOut}`);
  return Number(n) === 0
    ? []
    : [{ zh: `${n} 行与此无关，没有用到`, en: `${n} rows are of another matter and were left out` }];
}

const SHOWN = 8;

function unmatchedNote(columns: readonly string[]): Text[] {
  if (columns.length === 0) return [];
  const first = columns.slice(0, SHOWN);
  const more = columns.length > SHOWN;
  return [
    {
      zh: `没有用到的列：${first.join("、")}${more ? ` 等 ${columns.length} 列` : ""}`,
      en: `columns not used: ${first.join(", ")}${more ? ` and ${columns.length - SHOWN} more` : ""}`,
    },
  ];
}

/** `option('group_id')` in an importer's SQL. A macro of literals: as a table, it would be joined to every row. */
async function createOptions(database: Database, options: Record<string, string | undefined>): Promise<void> {
  const cases = Object.entries(options).map(
    ([key, value]) => `when ${literal(key)} then ${value === undefined ? "null" : literal(value)}`,
  );
  await database.run(`create macro option(key) as (case key ${cases.join(" ")} end)::varchar`);
}

/** A declared column that a variant of the format does not have is null. */
async function sourceView(
  database: Database,
  declared: readonly string[] = [],
  header: readonly string[] = [],
): Promise<void> {
  const absent = declared
    .filter((column) => !header.includes(column))
    .map((column) => `null as ${name(column)}, `);
  await database.run(`create view source as select rowid as record, ${absent.join("")}* from source_rows`);
}

async function recordsFrom(
  database: Database,
  { select, notice }: TableImporter,
  self: string | undefined,
): Promise<void> {
  await database.run(`create view ${notice ? "unread" : "records"} as ${select}`);
  if (notice) await readNotices(database, notice, self);
}
