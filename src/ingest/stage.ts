import { UserError } from "../kit/errors.ts";
import type { Head, Importer, ReadOptions, TableImporter } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import { type Database, literal } from "../warehouse/database.ts";
import { columnsPlan } from "./columns-select.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { toUtcMacro } from "./macros.ts";
import { type CsvTable, readCsv } from "./read-csv.ts";
import { readNotices } from "./read-notices.ts";
import { readRecords } from "./read-records.ts";
import type { Source } from "./source.ts";

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
  options: ReadOptions & { currency: string; scratch: string; timezone: string | undefined },
): Promise<Staged> {
  await database.run(
    "create table issues (record BIGINT, position BIGINT, line BIGINT, column_name VARCHAR, code VARCHAR, sample VARCHAR, is_reject BOOLEAN)",
  );
  await createOptions(database, {
    group_id: options.group,
    stem: options.stem,
    as_of: options.asOf,
    self_id: options.self,
    currency: options.currency,
  });
  // Stands before the session's macro of the same name, which takes the workspace's zone.
  if (options.timezone !== undefined) await database.run(toUtcMacro(options.timezone));
  if (importer.form === "text" || importer.form === "document" || importer.form === "items") {
    const notes = await readRecords(database, importer, kind, source, options);
    return { table: null, unmatchedColumns: [], notes };
  }
  if (importer.form === "table" && "json" in importer.reader) {
    await readJson(database, source, importer.reader.json.lines);
    await recordsFrom(database, importer, options.self);
    return { table: null, unmatchedColumns: [], notes: [] };
  }
  const table = {
    path: source.text,
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
    return { table: csv, unmatchedColumns: importer.keepExtra ? [] : plan.unmatched, notes: [] };
  }
  const csv = { ...table, columns: "csv" in importer.reader ? importer.reader.csv.columns : {} };
  await readCsv(database, csv, options.scratch);
  await sourceView(database);
  await recordsFrom(database, importer, options.self);
  return { table: csv, unmatchedColumns: [], notes: [] };
}

/** `option('group_id')` in an importer's SQL. A macro of literals: as a table, it would be joined to every row. */
async function createOptions(database: Database, options: Record<string, string | undefined>): Promise<void> {
  const cases = Object.entries(options).map(
    ([key, value]) => `when ${literal(key)} then ${value === undefined ? "null" : literal(value)}`,
  );
  await database.run(`create macro option(key) as (case key ${cases.join(" ")} end)::varchar`);
}

async function sourceView(database: Database): Promise<void> {
  await database.run("create view source as select rowid as record, * from source_rows");
}

async function recordsFrom(
  database: Database,
  { select, notice }: TableImporter,
  self: string | undefined,
): Promise<void> {
  await database.run(`create view ${notice ? "unread" : "records"} as ${select}`);
  if (notice) await readNotices(database, notice, self);
}

/** One object per row in `json`. A line that is no object becomes an issue; an array is all or nothing. */
async function readJson(database: Database, source: Source, lines: boolean): Promise<void> {
  if (!lines) {
    try {
      await database.run(
        `create table source_rows as select json, null::bigint as __line from read_json_objects(${literal(source.text)}, format = 'array', maximum_object_size = 67108864)`,
      );
    } catch (cause) {
      throw new UserError(
        { zh: `${source.name} 的 JSON 不完整或有错`, en: `${source.name}: its JSON is cut off or broken` },
        { hint: { zh: "请重新导出。", en: "Export it again." }, cause },
      );
    }
  } else {
    await database.run(
      `create table lines as select * from read_csv(${literal(source.text)}, columns = {json: 'VARCHAR'}, auto_detect = false,
         header = false, delim = chr(1), quote = '', escape = '', strict_mode = false, max_line_size = 16777216)`.replace(
        "chr(1)",
        literal("\u0001"),
      ),
    );
    await database.run(
      `insert into issues select null, null, rowid + 1, null, 'bad_json', json, true from lines
       where json is not null and coalesce(json_type(try_cast(json as json)), '') <> 'OBJECT'`,
    );
    await database.run(
      `create table source_rows as select json::json as json, rowid + 1 as __line from lines
       where json is not null and coalesce(json_type(try_cast(json as json)), '') = 'OBJECT'`,
    );
    await database.run("drop table lines");
  }
  await sourceView(database);
}
