import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TableAppender } from "../warehouse/append.ts";
import type { Database } from "../warehouse/database.ts";
import { literal, name } from "../warehouse/database.ts";
import { csvRecords } from "./csv-records.ts";
import { HAS_BLOCK, inBlocks } from "./excel-blocks.ts";
import { endsDiffer } from "./line-ends.ts";
import { hasLongLine } from "./long-lines.ts";
import { headersAgain, type Start } from "./pasted-tables.ts";
import { fitted, namedColumns, refuseWide } from "./width.ts";

export interface CsvTable {
  path: string;
  delimiter: string;
  /** Line (from 0) of the header. */
  headerRow: number;
  header: readonly string[];
  /** Rows of names: 2 where a second one follows the header. */
  headerRows?: number;
  /** Of a workbook: lines in which another export begins. */
  begins?: readonly Start[] | undefined;
  /** Columns to read, by name of `header`, with the type to read them as. */
  columns: Readonly<Record<string, string>>;
}

const LINE = "__line";
const MAX_SAMPLE = 1 << 20;
const MAX_LINE = 4 << 20;
/** The reader holds several: of its own accord it would take 64 MiB each, which cost more work to get than to fill. */
const PIECE = 2 * MAX_LINE;

/** Repeated names get `__2`, empty ones `col_35`: nothing is overwritten. */
export function uniqueNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, at) => {
    // A damaged name may hold what no statement can.
    const base =
      cell
        .replace(/^\uFEFF/, "")
        .replaceAll("\0", "")
        .trim() || `col_${at + 1}`;
    const key = base.toLowerCase();
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times === 1 ? base : `${base}__${times}`;
  });
}

/** A further export in a file: its first record, and when it was made as far as it says. */
export interface Export {
  record: number;
  asOf?: string | undefined;
}

/** Creates `staged` from SQL of the table's rows in the order of the file. @param isNumbered whether `record` is filled. */
export type Keep = (source: string, isNumbered?: boolean) => Promise<void>;

/**
 * Reads a table in one pass, from the file through the importer's select into `staged`, and its unreadable lines into
 * `issues`. DuckDB's own reader does the work, in parallel; a file whose quotes or line ends it can't follow, or in which
 * the header stands again, is first rewritten, record by record.
 * @returns each further export in the file.
 */
export async function readCsv(
  database: Database,
  table: CsvTable,
  scratch: string,
  keep: Keep,
): Promise<Export[]> {
  refuseWide(table.header.length);
  const { left, starts } = (await headersAgain(table)) ?? { left: new Set<number>(), starts: [] };
  const whole: Keep = (rows) => keep(sourceOf(`(${rows})`, "null::bigint", table));
  if (starts.length === 0 && (await readStrictly(database, table, whole))) return [];
  await database.run("drop table if exists staged");
  await database.run("drop table if exists source_rows");
  await database.run("delete from issues");
  const path = join(scratch, `repaired-${process.pid}-${Math.trunc(performance.now())}.csv`);
  try {
    await rewrite(database, table, path, left);
    // Named before the line is put in front: a blank name is that of its place.
    const header = [LINE, ...uniqueNames(table.header)];
    const columns = { [LINE]: "BIGINT", ...table.columns };
    const rewritten = { ...table, path, delimiter: ",", headerRow: -1, header, columns };
    const store = (rows: string) => database.run(`create table source_rows as ${rows}`);
    if (!(await readStrictly(database, rewritten, store)))
      throw new Error("a rewritten table could not be read");
  } finally {
    await rm(path, { force: true });
  }
  await keep(sourceOf("source_rows", "rowid", table), true);
  if (starts.length === 0) return [];
  const begun = await database.all(
    `select count(own.${LINE}) as n from (select unnest([${starts.map(({ line }) => line).join(", ")}]) as line) as begun
     left join source_rows as own on own.${LINE} < begun.line group by begun.line order by begun.line`,
  );
  return begun.map(({ n }, at) => ({ record: Number(n), asOf: starts[at]?.asOf }));
}

/** A declared column that a variant of the format does not have is null. */
function sourceOf(rows: string, record: string, { columns, header }: CsvTable): string {
  const names = uniqueNames(header);
  const cells = Object.entries(columns).map(([column, type]) =>
    names.includes(column) ? name(column) : `null::${type} as ${name(column)}`,
  );
  return `select ${[`${record} as record`, ...cells].join(", ")} from ${rows}`;
}

/**
 * @param read runs a statement over SQL of the rows.
 * @returns false when the reader met something structural: an open quote, mixed line ends, an over-long line.
 */
async function readStrictly(database: Database, table: CsvTable, read: Keep): Promise<boolean> {
  const names = uniqueNames(table.header);
  const types = names
    .map((column) => `${name(column)}: ${literal(table.columns[column] ?? "VARCHAR")}`)
    .join(", ");
  const wanted = names
    .filter((column) => column in table.columns)
    .map(name)
    .join(", ");
  if (hasLongLine(table.path) || endsDiffer(table.path, table.headerRow)) return false;
  // Noting the faulty lines costs a fifth of the reading, and most files have none: the first is an error here.
  const rows = (more: string) =>
    `select ${wanted} from read_csv(${literal(table.path)}, auto_detect = false,
       header = ${table.headerRow >= 0}, skip = ${Math.max(table.headerRow, 0)}, delim = ${literal(table.delimiter)}, quote = '"', escape = '"',
       columns = {${types}}, max_line_size = ${MAX_LINE}, buffer_size = ${PIECE}, strict_mode = true ${more})`;
  if (await succeeds(read(rows("")))) return true;
  await database.run("drop table if exists csv_rejects");
  await database.run("drop table if exists csv_scans");
  const noted = ", store_rejects = true, rejects_table = 'csv_rejects', rejects_scan = 'csv_scans'";
  if (!(await succeeds(read(rows(noted))))) return false;
  // Of several lines is a record whose quote was left open; in a rewritten table, where none is, it is one with a text of several lines.
  const several = names[0] === LINE ? "false" : "csv_line like '%' || chr(10) || '%'";
  const structural = await database.one(
    `select count(*) as n from csv_rejects where error_type not in ('CAST', 'MISSING COLUMNS', 'TOO MANY COLUMNS') or ${several}`,
  );
  if (Number(structural["n"]) > 0) return false;
  if (names[0] !== LINE && (await mayFit(database, table))) return false;
  const header = table.headerRow >= 0 ? 1 + table.headerRow : 0;
  // A rewritten table says the line itself, in front.
  const [at, sample] =
    names[0] === LINE
      ? [
          "try_cast(regexp_extract(csv_line, '^\\s*(\\d+)', 1) as bigint)",
          "regexp_replace(csv_line, '^\\s*\\d+,', '')",
        ]
      : ["null", "csv_line"];
  await database.run(
    `insert into issues
     select null, line - 1 - ${header}, any_value(${at}), any_value(column_name), lower(replace(any_value(error_type), ' ', '_')), any_value(${sample}), true
     from csv_rejects group by line`,
  );
  await database.run(
    "update issues set code = case code when 'cast' then 'bad_number' when 'too_many_columns' then code else code end",
  );
  return true;
}

/** Whether a row that has too few or too many cells may be a row all the same (`fitted`). */
async function mayFit(database: Database, { header, delimiter, begins }: CsvTable): Promise<boolean> {
  const few = namedColumns(header) < header.length ? "error_type = 'MISSING COLUMNS'" : "false";
  const many = begins ? "true" : `ends_with(rtrim(csv_line), ${literal(delimiter)})`;
  const [row] = await database.all(
    `(select 1 from csv_rejects where ${few} or error_type = 'TOO MANY COLUMNS' and ${many} limit 1) union all (${HAS_BLOCK})`,
  );
  return row !== undefined;
}

/** The message of what fails may quote rows; the rewriting reader names the lines instead. */
async function succeeds(reading: Promise<void>): Promise<boolean> {
  try {
    await reading;
    return true;
  } catch {
    return false;
  }
}

async function rewrite(
  database: Database,
  table: CsvTable,
  target: string,
  left: ReadonlySet<number>,
): Promise<void> {
  const width = table.header.length;
  const named = namedColumns(table.header);
  const issues = await TableAppender.open(database, "issues");
  const refuse = ({ line, raw }: Place, code: string) =>
    issues.add([null, null, BigInt(line), null, code, raw, true]);
  let record = -1 - table.headerRow;
  async function* lines() {
    let open: Place | undefined;
    const records = csvRecords(table.path, table.delimiter, table.headerRow);
    for await (const { line, fields, raw, isLong } of inBlocks(records, width)) {
      record++;
      if (record <= 0) continue;
      if (left.has(line)) {
        if (open) refuse(broken(open, table), "unclosed_quote");
        open = undefined;
        continue;
      }
      if (isLong) {
        if (open) refuse(broken(open, table), "unclosed_quote");
        open = undefined;
        refuse({ line, raw }, "text_over_1_mib");
        continue;
      }
      // Behind a quote that never closes stand the further lines of its cell, up to the next whole record.
      if (open && fields && fields.length < named) {
        if (open.raw.length < MAX_SAMPLE) open.raw += `\n${raw}`;
        continue;
      }
      if (open) refuse(broken(open, table), "unclosed_quote");
      open = fields === null ? { line, raw } : undefined;
      if (fields === null) continue;
      const row = fitted(fields, width, named, table.begins !== undefined);
      if (row?.isCut) issues.add([null, null, BigInt(line), null, "cells_beyond_header", null, false]);
      if (row) {
        const text = `${line},${row.cells.map(quoted).join(",")}\n`;
        if (Buffer.byteLength(text) < MAX_LINE) yield text;
        else refuse({ line, raw: raw.slice(0, MAX_SAMPLE) }, "text_over_1_mib");
      } else refuse({ line, raw }, fields.length < width ? "missing_columns" : "too_many_columns");
    }
    if (open) refuse(broken(open, table), "unclosed_quote");
  }
  await pipeline(Readable.from(lines()), createWriteStream(target, { mode: 0o600 }));
  issues.close();
}

function quoted(cell: string): string {
  return cell === "" ? "" : `"${cell.replaceAll('"', '""')}"`;
}

/** Where a record stands, and what it says there. */
export interface Place {
  line: number;
  raw: string;
}

/** Places of records given by their number (from 0, header left out), for messages. */
export async function placesInCsv(
  table: CsvTable,
  records: ReadonlySet<number>,
): Promise<Map<number, Place>> {
  const places = new Map<number, Place>();
  let record = -2 - table.headerRow;
  for await (const { line, fields, raw } of csvRecords(table.path, table.delimiter, table.headerRow)) {
    record++;
    if (records.has(record)) places.set(record, { line, raw: fields ? inColumns(table, fields) : raw });
    if (places.size === records.size) break;
  }
  return places;
}

/** The cells of the whole records that begin in these lines: a rewritten table holds the columns that are read, and no others. */
export async function cellsInCsv(table: CsvTable, lines: ReadonlySet<number>): Promise<Map<number, string>> {
  const cells = new Map<number, string>();
  for await (const { line, fields } of csvRecords(table.path, table.delimiter))
    if (fields && lines.has(line)) cells.set(line, inColumns(table, fields));
  return cells;
}

/** Cells under the names of their columns, as JSON: what is mended and dropped again has to be the same table. */
function inColumns({ header, headerRow }: CsvTable, fields: readonly string[]): string {
  const names = headerRow < 0 ? [] : uniqueNames(header);
  const length = Math.max(names.length, fields.length);
  const cells = Array.from({ length }, (_, at) => [names[at] ?? `col_${at + 1}`, fields[at] ?? ""]);
  return JSON.stringify(Object.fromEntries(cells));
}

/** A record whose quote never closes, cut at each delimiter: the quote too many stands in its cell. */
function broken({ line, raw }: Place, table: CsvTable): Place {
  return { line, raw: inColumns(table, raw.split(table.delimiter)) };
}
