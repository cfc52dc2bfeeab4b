import { readFileSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { UserError } from "../kit/errors.ts";
import {
  type DocumentImporter,
  type ImportRecord,
  type Issue,
  type ItemsImporter,
  issue,
  type JsonItem,
  type ReadOptions,
  type RowsImporter,
  type TableRow,
  type TextImporter,
} from "../kit/importer.ts";
import { parseJson } from "../kit/json.ts";
import type { Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import { TableAppender } from "../warehouse/append.ts";
import type { Database } from "../warehouse/database.ts";
import { name } from "../warehouse/database.ts";
import { isCellError } from "./cell-errors.ts";
import { csvRecords } from "./csv-records.ts";
import { JsonWalk, jsonLines, matcher, type RawItem, restOf } from "./json-items.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { readLines } from "./lines.ts";
import { headersAgain, type Start } from "./pasted-tables.ts";
import type { Export } from "./read-csv.ts";
import { RecordFile } from "./record-file.ts";
import type { Source } from "./source.ts";

const MAX_DOCUMENT = 64 << 20;
/**
 * Runs a text or document importer and keeps what it yields: records (canonical columns as text) and `issues`.
 * @param path of the file that takes the records.
 * @returns its notes, SQL of the records as they were yielded, with their `line`, and each further export in the
 *   file.
 */
export async function readRecords(
  database: Database,
  importer: TextImporter | DocumentImporter | ItemsImporter | RowsImporter,
  kind: KindSpec,
  source: Source,
  options: ReadOptions,
  table: { headerRow: number; delimiter: string; header: readonly string[] },
  path: string,
  keep: (select: string, fixed: ReadonlyMap<string, string>) => Promise<void>,
): Promise<{ notes: Text[]; rows: string; starts: readonly Export[] }> {
  const notes: Text[] = [];
  const records = new RecordFile(path, Object.keys(kind.columns));
  const issues = await TableAppender.open(database, "issues");
  const read = importer.form === "rows" ? await tableRecords(importer, source, options, table) : undefined;
  const all = read?.records ?? recordsOf(importer as Exclude<typeof importer, RowsImporter>, source, options);
  const starts: Export[] = [];
  let kept = 0;
  for (const one of all) {
    if (one.kind === "note") notes.push(one.text);
    else if (one.kind === "issue")
      issues.add([null, null, BigInt(one.line), one.column, one.code, one.sample, true]);
    else {
      for (
        let next = read?.starts[starts.length];
        next && next.line <= one.line;
        next = read?.starts[starts.length]
      )
        starts.push({ record: kept, asOf: next.asOf });
      const { paused, refused } = records.add(one);
      if (refused === undefined) kept++;
      if (refused !== undefined)
        issues.add([null, null, BigInt(one.line), refused, "text_over_1_mib", null, true]);
      // What else waits, such as the next statement of another file, gets its turn.
      if (paused) await setImmediate();
    }
  }
  const filled = records.close();
  issues.close();
  const rows = records.rows();
  const isText = (column: string) => kind.columns[column] === "text" || kind.columns[column] === "id";
  const fixed = new Map([...records.fixed()].filter(([column]) => isText(column)));
  await keep(`select ${select(kind, filled)} from (${rows})`, fixed);
  return { notes, rows, starts };
}

function recordsOf(
  importer: TextImporter | DocumentImporter | ItemsImporter,
  source: Source,
  options: ReadOptions,
): Iterable<ImportRecord> {
  if (importer.form === "text") {
    const lines = () => readLines(source.text, importer.separator);
    return importer.read(lines(), options, importer.scan?.(lines(), options));
  }
  if (importer.form === "items") return itemRecords(importer, source.text, options);
  checkSize(source);
  return importer.read(readFileSync(source.text, "utf8").replace(/^\uFEFF/, ""), options);
}

function checkSize({ text, name: file }: Source): void {
  if (statSync(text).size > MAX_DOCUMENT)
    throw new UserError({ zh: `${visible(file)} 超过 64 MiB`, en: `${visible(file)} is larger than 64 MiB` });
}

/** Reads a table whole, since its header alone says what its columns are. */
async function tableRecords(
  importer: RowsImporter,
  source: Source,
  options: ReadOptions,
  { headerRow, delimiter, header: top }: { headerRow: number; delimiter: string; header: readonly string[] },
): Promise<{ records: ImportRecord[]; starts: readonly Start[] }> {
  checkSize(source);
  let header: string[] = [];
  const rows: TableRow[] = [];
  const broken: Issue[] = [];
  const begins = source.workbook?.begins;
  const again = await headersAgain({ path: source.text, delimiter, headerRow, header: top, begins });
  let at = -1;
  for await (const { line, fields, raw } of csvRecords(source.text, delimiter, headerRow)) {
    at++;
    if (at < headerRow) continue;
    const cells = fields?.map((cell) => clean(cell));
    if (at === headerRow) header = (cells ?? []).map((cell) => cell ?? "");
    else if (again?.left.has(line)) continue;
    else if (!cells) broken.push(issue(line, "unclosed_quote", raw));
    else if (cells.some((cell) => cell !== null)) rows.push({ line, cells });
  }
  return { records: [...broken, ...importer.read(header, rows, options)], starts: again?.starts ?? [] };
}

/** As the SQL macro `cleaned` does it. */
function clean(cell: string): string | null {
  const inner = /^="[\s\S]*"$/.test(cell) ? cell.slice(2, -1) : cell.replace(/^'+/, "");
  const text = inner.replace(/^[\s\u3000\uFEFF]+|(?<![\s\u3000\uFEFF])[\s\u3000\uFEFF]+$/g, "");
  return text === "" || isCellError(text) ? null : text;
}

/**
 * What an importer makes of each value; one that is no JSON, or is cut off, becomes an issue in its place.
 * @param chunk bytes to read at a time. @param known what stands beside the items, when that is known already.
 * @param trace is told the value that each record comes from, before it.
 */
export function* itemRecords(
  importer: ItemsImporter,
  path: string,
  options: ReadOptions,
  chunk?: number,
  known?: unknown,
  trace?: (item: RawItem) => void,
): Generator<ImportRecord> {
  const { raw, rest } = rawItems(importer, path, chunk);
  const broken: { refused: Issue; item: RawItem }[] = [];
  let current: RawItem | undefined;
  function* whole(raw: Iterable<RawItem>): Generator<JsonItem> {
    for (const item of raw) {
      const { path: keys, text, line, isLong } = item;
      const value = text === undefined ? undefined : parsed(text);
      const none = isLong ? "text_over_1_mib" : "cut_off";
      if (value === undefined) {
        const code = text === undefined ? none : "bad_json";
        broken.push({ refused: issue(line, code, text ?? ""), item });
        continue;
      }
      current = item;
      yield { value, path: keys, line };
    }
  }
  function* told(): Generator<Issue> {
    for (const { refused, item } of broken.splice(0)) {
      trace?.(item);
      yield refused;
    }
  }
  for (const record of importer.read(whole(raw), known ?? rest(), options)) {
    if (broken.length > 0) yield* told();
    if (trace && current) trace(current);
    yield record;
  }
  yield* told();
}

/** What stands beside the items of a file: of JSON lines the heads. */
export function standsBeside(importer: ItemsImporter, path: string): unknown {
  return rawItems(importer, path).rest();
}

function rawItems(
  { items, heads }: ItemsImporter,
  path: string,
  chunk?: number,
): { raw: Iterable<RawItem>; rest: () => unknown } {
  if (items !== "lines") {
    const isItem = matcher(items);
    return {
      raw: new JsonWalk(path, chunk).items(isItem, () => undefined),
      rest: () => restOf(path, isItem, chunk),
    };
  }
  if (!heads) return { raw: jsonLines(path, chunk), rest: () => undefined };
  return { raw: lines(path, (text) => !heads.test(text), chunk), rest: () => headsOf(path, heads) };
}

function headsOf(path: string, heads: RegExp): unknown[] {
  return [...lines(path, (text) => heads.test(text))].map(({ text }) => parsed(text ?? ""));
}

function* lines(path: string, isWanted: (text: string) => boolean, chunk?: number): Generator<RawItem> {
  for (const item of jsonLines(path, chunk)) if (isWanted(item.text ?? "")) yield item;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** SQL of the canonical columns, typed; what no record filled is absent, but for a time, which tells that there is none. */
function select(kind: KindSpec, filled: ReadonlySet<string>): string {
  const cells = Object.entries(kind.columns).flatMap(([column, type]) => {
    const cell = name(column);
    if (!filled.has(column)) return type === "time" ? [`null::varchar as ${cell}`] : [];
    // Elements stay in their places, empty ones too: ids and names of an event's persons stand side by side.
    if (type === "list")
      return `if(coalesce(${cell}, '') = '', [], list_transform(string_split(${cell}, chr(31)), lambda x: nullif(trim(x), ''))) as ${cell}`;
    if (type === "money") return `money(${cell}) as ${cell}`;
    if (type === "number") return `number_of(${cell}) as ${cell}`;
    if (type === "flag") return `${cell} = 'true' as ${cell}`;
    return [cell];
  });
  // A file of refused records alone still has a table.
  return cells.length > 0 ? cells.join(", ") : `null::varchar as ${name(Object.keys(kind.columns)[0] ?? "")}`;
}
