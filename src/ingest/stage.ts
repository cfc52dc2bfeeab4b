import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { ColumnsImporter, Head, Importer, ReadOptions, TableImporter } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import { columnNotes, tellAbsent } from "./column-notes.ts";
import { columnsPlan } from "./columns-select.ts";
import { type Dated, dateRecords, datesOf } from "./dated-exports.ts";
import { groupOfList } from "./file-name.ts";
import { fixedColumns } from "./fixed-columns.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { headersLeftOut, leaveOutShortRows, leftOutNotes } from "./left-out.ts";
import { dayZeroMacro, toUtcMacro } from "./macros.ts";
import { type Mend, mendItems, mendLog, mendWorkbook } from "./mend.ts";
import {
  type CsvTable,
  cellsInCsv,
  type Export,
  type Keep,
  type Place,
  placesInCsv,
  readCsv,
} from "./read-csv.ts";
import { jsonKeys, placesInJson, readJson } from "./read-json.ts";
import { readNotices } from "./read-notices.ts";
import { readRecords } from "./read-records.ts";
import { hasSnapshots, isRoster, namesNote, rosterNote } from "./roster.ts";
import { readSlashedDates } from "./slashed-dates.ts";
import type { Source } from "./source.ts";
import { statedYear } from "./stated-year.ts";
import { checkSums } from "./sums.ts";
import { presentCells, typesOf, written } from "./typed-cells.ts";
import { isWrapped, unwrap } from "./unwrap.ts";

/** What reading a file into the `records` relation told beside its rows. */
export interface Staged {
  /** For messages: places are looked up only when there is something to say. */
  placesOf?: (records: ReadonlySet<number>) => Promise<Map<number, Place>>;
  /** The cells of records by the line they begin in, where places are known by line: those that the file has, not only what was read. */
  cellsAt?: (lines: ReadonlySet<number>) => Promise<Map<number, string>>;
  /** Keeps what was refused so that it can be mended, in formats that are no tables. */
  mend?: Mend;
  /** SQL of the records as they were read, in their order, with the `line` of each. */
  rows?: string;
  unmatchedColumns: string[];
  /** What the importer said of how it read the file. */
  notes: Text[];
  /** SQL of the columns of `records` that are the same in every row. */
  fixed: ReadonlyMap<string, string>;
  /** Of a table that is several exports, one below the other: each further one. */
  starts: readonly Export[];
  /** The same with the first, where each was made at a time of its own. */
  dated?: readonly Export[] | undefined;
}

type StageOptions = ReadOptions & {
  currency: string;
  scratch: string;
  timezone: string | undefined;
  now: Date;
  dated: Dated;
};

/** Creates `issues`, `option(…)` and `records` for one file in an otherwise empty working database. */
export async function stage(
  database: Database,
  importer: Importer,
  kind: KindSpec,
  source: Source,
  head: Head,
  headerRow: number,
  options: StageOptions,
): Promise<Staged> {
  await database.run(
    "create table issues (record BIGINT, position BIGINT, line BIGINT, column_name VARCHAR, code VARCHAR, sample VARCHAR, is_reject BOOLEAN)",
  );
  if (source.workbook?.isFrom1904) await database.run(dayZeroMacro(true));
  const ordered = await readSlashedDates(
    database,
    importer,
    kind,
    source,
    head,
    headerRow,
    options.dateOrder,
  );
  await createOptions(database, {
    group_id: options.group,
    stem: options.stem,
    file_group: options.group ?? groupOfList(options.stem),
    as_of: options.asOf,
    self_id: options.self,
    currency: options.currency,
    imported_at: options.now.toISOString().replace("Z", ""),
    ...(await statedYear(importer, kind, source, head, headerRow, options.date)),
  });
  const mend = source.workbook ? { mend: mendWorkbook(source.workbook) } : {};
  // Stands before the session's macro of the same name, which takes the workspace's zone.
  if (options.timezone !== undefined) await database.run(toUtcMacro(options.timezone));
  if (importer.form !== "table" && importer.form !== "columns") {
    const { delimiter } = head;
    const file = source.keep(join(options.scratch, `records-${process.pid}-${randomUUID()}`));
    let fixed: Staged["fixed"] = new Map();
    const { notes, rows, starts } = await readRecords(
      database,
      importer,
      kind,
      source,
      options,
      { headerRow, delimiter, header: head.rows[headerRow] ?? [] },
      file,
      async (select, said) => {
        fixed = await keep(database, kind, select, { fixed: said });
      },
    );
    const dated = datesOf(starts, options.dated);
    fixed = await dateRecords(database, kind, dated, fixed);
    // A row of a table that is read whole may give several records: what is mended is the row.
    const table = {
      path: source.text,
      delimiter,
      headerRow,
      header: head.rows[headerRow] ?? [],
      columns: {},
    };
    const cellsAt = (lines: ReadonlySet<number>) => cellsInCsv(table, lines);
    const more: Partial<Staged> = importer.form === "rows" ? { cellsAt, ...mend } : {};
    if (importer.form === "text") more.mend = mendLog(importer, source.text, () => rows);
    if (importer.form === "items" && (source.entries.length === 0 || importer.items === "lines"))
      more.mend = mendItems(importer, source.text, options);
    return { rows, unmatchedColumns: [], notes: [...ordered, ...notes], fixed, starts, dated, ...more };
  }
  const isJson = importer.form === "columns" && head.keys.length > 0;
  const path = !isJson && isWrapped(head.text) ? await unwrapped(source, options.scratch) : source.text;
  const header = isJson ? await jsonKeys(database, source, head.keys) : (head.rows[headerRow] ?? []);
  const headerRows = importer.form === "columns" ? importer.headerRows : 1;
  const begins = source.workbook?.begins;
  const table = { path, delimiter: head.delimiter, headerRow, headerRows, header, begins };
  const plan = planOf(importer, kind, source, table, isJson, head.rows.slice(headerRow + headerRows));
  const { select, notice, skip, unmatchedColumns } = plan;
  let fixed: Staged["fixed"] = new Map();
  const read = await plan.read(database, options.scratch, async (rows, isNumbered) => {
    fixed = await keep(database, kind, `with source as (${rows}) ${select}`, {
      isNumbered,
      skip,
      fixed: plan.fixed,
    });
  });
  const starts = read.length > 0 ? read : await headersLeftOut(database);
  const dated = datesOf(starts, options.dated);
  await leaveOutShortRows(database, kind);
  await checkSums(database, kind, head.delimiter, plan.present);
  if (notice) {
    await readNotices(database, notice, options.self);
    fixed = new Map();
  }
  const roster = !notice && (await isRoster(database, kind));
  if (!notice) fixed = await dateRecords(database, kind, dated, fixed, roster ? ["false as is_history"] : []);
  const notes = [...ordered, ...(await leftOutNotes(database)), ...plan.notes];
  await tellAbsent(database, plan.absent, headerRow + 1);
  if (roster) notes.push(rosterNote(await hasSnapshots(database)));
  notes.push(...(await namesNote(database, kind)));
  const { placesOf, cellsAt } = plan;
  return {
    placesOf,
    ...(cellsAt ? { cellsAt } : {}),
    ...mend,
    unmatchedColumns,
    notes,
    fixed,
    starts,
    dated,
  };
}

/**
 * Stores what a select gives as `staged`: every column is computed once, while the file is being read; a view would do
 * it at each step again. The view `unread` is the same with each row's `record`, and with what is the same in each row.
 */
async function keep(
  database: Database,
  kind: KindSpec,
  select: string,
  { isNumbered = false, skip = 0, fixed = new Map() }: Kept = {},
): Promise<ReadonlyMap<string, string>> {
  const types = await typesOf(database, `select * from (${select})`);
  const flag = types.has("left_out") ? ["left_out"] : [];
  const told = [...flag, ...(types.has("cell_error") ? ["cell_error"] : [])];
  const isText = (column: string) => kind.columns[column] === "text" || kind.columns[column] === "id";
  const same = new Map([...(await fixedColumns(database, select, isText)), ...fixed]);
  const cells = presentCells(kind, types).map((cell) => {
    const sql = same.get(cell.as);
    return sql === undefined ? cell : { ...cell, sql, isFixed: true };
  });
  const varying = cells.filter(({ isFixed }) => !isFixed);
  const stored = [...(isNumbered ? ["record"] : []), ...varying.map(written), ...told];
  await database.run(
    `create table staged as select ${stored.length > 0 ? stored.join(", ") : "true as is_row"} from (${select})`,
  );
  const record = isNumbered ? "record" : "rowid";
  const where = [...flag.map((one) => `${one} is null`), ...(skip > 0 ? [`${record} >= ${skip}`] : [])];
  const columns = cells.map(({ as, ...cell }) => (cell.isFixed ? written({ as, ...cell }) : name(as)));
  await database.run(
    `create or replace view unread as select ${[`${record} as record`, ...columns].join(", ")}
     from staged ${where.length > 0 ? `where ${where.join(" and ")}` : ""}`,
  );
  return new Map(cells.filter(({ isFixed }) => isFixed).map(({ as, sql }) => [as, sql]));
}

/** `fixed`: SQL of columns that are the same in every row. */
interface Kept {
  isNumbered?: boolean | undefined;
  skip?: number;
  fixed?: ReadonlyMap<string, string>;
}

interface Plan {
  select: string;
  notice: TableImporter["notice"];
  /** @returns each further export in the file. */
  read: (database: Database, scratch: string, keep: Keep) => Promise<readonly Export[]>;
  placesOf: NonNullable<Staged["placesOf"]>;
  cellsAt?: NonNullable<Staged["cellsAt"]>;
  unmatchedColumns: string[];
  notes: Text[];
  skip: number;
  fixed: ReadonlyMap<string, string>;
  present: ReadonlyMap<string, number>;
  absent: readonly string[];
}

function planOf(
  importer: TableImporter | ColumnsImporter,
  kind: KindSpec,
  source: Source,
  table: Omit<CsvTable, "columns">,
  isJson: boolean,
  below: Head["rows"],
): Plan {
  const csv = (columns: CsvTable["columns"]): Pick<Plan, "read" | "placesOf" | "cellsAt"> => ({
    read: (database, scratch, rows) => readCsv(database, { ...table, columns }, scratch, rows),
    placesOf: (records) => placesInCsv({ ...table, columns }, records),
    cellsAt: (lines) => cellsInCsv({ ...table, columns }, lines),
  });
  const placesOf = async (records: ReadonlySet<number>) => placesInJson(source, records);
  if (importer.form === "columns") {
    const { reads, ...plan } = columnsPlan(importer, kind, table.header, source.name, isJson, below);
    const isKept = importer.keepExtra && "extra" in kind.columns;
    const rest = {
      ...plan,
      notice: importer.notice,
      unmatchedColumns: isKept ? [] : plan.unmatched,
      notes: columnNotes(plan, isKept),
    };
    // Empty is unknown, in an object as in a cell.
    const cells = Object.keys(reads).map((one) => `nullif(${name(one)}, '') as ${name(one)}`);
    const read: Plan["read"] = async (database, scratch, store) => {
      await readJson(database, source, scratch, reads, (rows) =>
        store(`select ${["record", ...cells].join(", ")} from (${rows})`),
      );
      return [];
    };
    return isJson ? { ...rest, read, placesOf } : { ...rest, ...csv(reads) };
  }
  const { select, notice, reader } = importer;
  const nothing = {
    unmatchedColumns: [],
    notes: [],
    skip: 0,
    fixed: new Map(),
    present: new Map(),
    absent: [],
  };
  const rest = { select, notice, ...nothing };
  if ("csv" in reader) return { ...rest, ...csv(reader.csv.columns) };
  return {
    ...rest,
    read: async (database, scratch, rows) => {
      await readJson(database, source, scratch, reader.json, rows);
      return [];
    },
    placesOf,
  };
}

async function unwrapped({ text, keep }: Source, scratch: string): Promise<string> {
  const copy = keep(join(scratch, `unwrapped-${process.pid}-${Math.trunc(performance.now())}.csv`));
  await unwrap(text, copy);
  return copy;
}

/** `option('group_id')` in an importer's SQL. A macro of literals: as a table, it would be joined to every row. */
async function createOptions(database: Database, options: Record<string, string | undefined>): Promise<void> {
  const cases = Object.entries(options).map(
    ([key, value]) => `when ${literal(key)} then ${value === undefined ? "null" : literal(value)}`,
  );
  await database.run(`create macro option(key) as (case key ${cases.join(" ")} end)::varchar`);
}
