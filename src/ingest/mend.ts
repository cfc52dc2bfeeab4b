import type { ImportRecord, ItemsImporter, ReadOptions, TextImporter } from "../kit/importer.ts";
import { parseJson } from "../kit/json.ts";
import { TableAppender } from "../warehouse/append.ts";
import type { Database } from "../warehouse/database.ts";
import type { RawItem } from "./json-items.ts";
import { readLines } from "./lines.ts";
import { itemRecords, standsBeside } from "./read-records.ts";
import type { Workbook } from "./xlsx.ts";

/** Characters of a refused record and of what stands around it: what is longer is not kept for mending. */
const MAX_SAMPLE = 1 << 20;
const MAX_FRAME = 4 << 20;
/** Characters of a file of an archive, which is kept whole: a busy day of a channel. And of all such files together. */
const MAX_ENTRY = 16 << 20;
const MAX_ENTRIES = 64 << 20;

/**
 * What is kept of a refused record has to be importable again once it is mended: the whole record in the file's own
 * format, and once per file the frame, which is what the records stand in. Writes the samples of `issues`.
 * @returns the frame; undefined where the format has none.
 */
export type Mend = (database: Database) => Promise<string | undefined>;

/**
 * A record of a log are its lines up to the next record, behind the last line that it depends on (a day, a chat); the
 * frame is what stands before the first record.
 * @param rows SQL of the records that were read, with the `line` of each.
 */
export function mendLog(importer: TextImporter, path: string, rows: () => string): Mend {
  return async (database) => {
    const blocks = await database.all(
      `select line, next, is_refused from (
         select line, lead(line) over (order by line) as next, bool_or(is_refused) as is_refused
         from (select line, false as is_refused from (${rows()}) union all select line, true from issues where is_reject and line is not null)
         group by line
       ) where is_refused or line = (select min(line) from (select line from (${rows()}) union all select line from issues)) order by line`,
    );
    const separator = separatorIn(importer, path);
    const end = separator === "crlf" ? "\r\n" : "\n";
    const first = Number(blocks[0]?.["line"] ?? 1);
    const refused = blocks.filter((block) => block["is_refused"] === true);
    const samples = new Map<number, string>();
    let frame = "";
    let carried = "";
    for (const { no, text } of readLines(path, separator)) {
      while (refused.length > 0 && isOver(refused[0]?.["next"], no)) refused.shift();
      const from = Number(refused[0]?.["line"] ?? Number.POSITIVE_INFINITY);
      if (no < first && frame.length < MAX_SAMPLE) frame += text + end;
      if (no < from) {
        if (no >= first && importer.carries?.test(text)) carried = text + end;
        if (refused.length === 0) break;
        continue;
      }
      const sample = samples.get(from) ?? carried;
      carried = "";
      if (sample.length < MAX_SAMPLE) samples.set(from, sample + text + end);
    }
    await keepSamples(database, "line", samples);
    return frame;
  };
}

/** A file whose line ends were changed has none of its format's. */
function separatorIn({ separator }: TextImporter, path: string): TextImporter["separator"] {
  if (separator === "any") return separator;
  for (const { text } of readLines(path, separator)) return text.includes("\n") ? "any" : separator;
  return separator;
}

const isOver = (next: unknown, no: number) => next !== null && next !== undefined && Number(next) <= no;

/**
 * A record of a JSON file is the value it was read from, with its place; of JSON lines its line. The frame is what
 * stands beside the values. The importer reads once more: no record says which value it came from.
 */
export function mendItems(importer: ItemsImporter, path: string, options: ReadOptions): Mend {
  return async (database) => {
    const wanted = await database.all(
      "select rowid as place, record from issues where is_reject and code <> 'text_over_1_mib'",
    );
    const byRecord = new Map(
      wanted.flatMap(({ place, record }) => (record === null ? [] : [[Number(record), Number(place)]])),
    );
    const told = new Set(wanted.flatMap(({ place, record }) => (record === null ? [Number(place)] : [])));
    const samples = new Map<number, string>();
    let item: RawItem | undefined;
    let kept = 0;
    let refused = 0;
    let room = MAX_ENTRIES;
    // A file of an archive may be one line of many records: it is kept for the first that was refused.
    const done = new Set<RawItem>();
    const trace = (one: RawItem) => {
      item = one;
    };
    for (const record of itemRecords(importer, path, options, undefined, undefined, trace)) {
      if (record.kind === "note") continue;
      const isRefused = record.kind === "issue" || isOverlong(record);
      const at = isRefused ? refused++ : byRecord.get(kept++);
      const { text, path: keys } = item ?? { text: undefined, path: [] };
      if (at === undefined || text === undefined || (isRefused && !told.has(at))) continue;
      const isEntry = text.startsWith('{"entry":');
      if (text.length > (isEntry ? Math.min(MAX_ENTRY, room) : MAX_SAMPLE)) continue;
      if (item && isEntry) {
        if (done.has(item)) continue;
        done.add(item);
        room -= text.length;
      }
      const plain = readable(text);
      samples.set(at, importer.items === "lines" ? plain : JSON.stringify({ at: keys, text: plain }));
    }
    await keepSamples(database, "rowid", samples);
    const frame = JSON.stringify(standsBeside(importer, path) ?? null);
    return frame.length > MAX_FRAME ? undefined : frame;
  };
}

/**
 * Of a workbook: the tab that was read, and what its day numbers count from. Its rows are kept in any case; this says
 * that they stood in one.
 */
export function mendWorkbook({ sheet, isFrom1904 }: Workbook): Mend {
  return () => Promise.resolve(JSON.stringify({ workbook: { sheet, isFrom1904 } }));
}

/** Without escapes of letters: who mends reads names, and who is forgotten is found by them. */
function readable(text: string): string {
  try {
    return text.includes("\\u") ? JSON.stringify(parseJson(text)) : text;
  } catch {
    return text;
  }
}

/** As the file of records refuses it. */
function isOverlong(record: ImportRecord): boolean {
  const values = record.kind === "row" ? Object.values(record.values) : Object.values(record);
  return values.some((value) => typeof value === "string" && value.length > MAX_SAMPLE);
}

async function keepSamples(
  database: Database,
  by: "line" | "rowid",
  samples: ReadonlyMap<number, string>,
): Promise<void> {
  await database.run("create table mendable (place BIGINT, sample VARCHAR)");
  const rows = await TableAppender.open(database, "mendable");
  for (const [at, sample] of samples) rows.add([BigInt(at), sample]);
  rows.close();
  await database.run(
    `update issues set sample = mendable.sample from mendable where issues.is_reject and issues.${by} = mendable.place`,
  );
}
