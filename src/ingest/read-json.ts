import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { JsonShape, JsonType } from "../kit/importer.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import { JsonWalk, jsonLines, matcher, type RawItem } from "./json-items.ts";
import { hasLongLine } from "./long-lines.ts";
import type { Keep, Place } from "./read-csv.ts";
import type { Source } from "./source.ts";

const FLUSH = 1 << 20;
/** Bytes; a character takes three at most. */
const MAX_OBJECT = 16 << 20;
/** The first reader takes several pieces of twice this size: smaller ones cost half of the work. What is longer is read by the slower way. */
const USUAL_OBJECT = 1 << 20;

/**
 * JSON lines or an array of objects, in one pass from the file through the importer's select into `staged`. What is no
 * object becomes an issue; an array that breaks off keeps what came before.
 */
export async function readJson(
  database: Database,
  source: Source,
  scratch: string,
  shape: JsonShape,
  keep: Keep,
): Promise<void> {
  const isArray = startsWithBracket(source.text);
  try {
    // DuckDB's own reader gives up a file at its first fault: then the slower way below names the lines.
    await keep(
      `select null::bigint as record, * from read_json(${literal(source.text)}, format = '${isArray ? "array" : "newline_delimited"}',
         columns = {${fields(shape).join(", ")}}, maximum_object_size = ${USUAL_OBJECT})`,
    );
    return;
  } catch {
    await database.run("drop table if exists staged");
  }
  const lines = join(scratch, `items-${process.pid}-${Math.trunc(performance.now())}.jsonl`);
  try {
    if (isArray || hasLongLine(source.text)) {
      const items = isArray
        ? new JsonWalk(source.text).items(matcher(["*"]), () => undefined)
        : jsonLines(source.text);
      const { places, cut, long } = writeItems(items, lines);
      await readLines(
        database,
        lines,
        `list_extract(${literal(JSON.stringify(places))}::json::bigint[], rowid + 1)`,
      );
      const refused = [...long.map((line) => [line, "text_over_1_mib"]), ...(cut ? [[cut, "cut_off"]] : [])];
      for (const [line, code] of refused)
        await database.run(`insert into issues values (null, null, ${line}, null, '${code}', '', true)`);
    } else await readLines(database, source.text, "rowid + 1");
  } finally {
    await rm(lines, { force: true });
  }
  await keep(
    `select null::bigint as record, unnest(json_transform(json, ${literal(JSON.stringify(shape))})) from source_rows`,
  );
}

/** Keys of the objects of a whole file, the known ones first: what no object of the head has is a column all the same. */
export async function jsonKeys(
  database: Database,
  source: Source,
  known: readonly string[],
): Promise<string[]> {
  const format = startsWithBracket(source.text) ? "array" : "newline_delimited";
  const keys = await database
    .all(
      `select distinct unnest(json_keys(json)) as key from read_json_objects(${literal(source.text)}, format = '${format}', maximum_object_size = ${USUAL_OBJECT}) order by key`,
    )
    .then((rows) => rows.map((row) => String(row["key"])))
    .catch(() => keysOneByOne(source));
  const seen = new Set<string>();
  // The reader tells names apart by their letters alone.
  return [...known, ...keys].filter((key) => !seen.has(key.toLowerCase()) && seen.add(key.toLowerCase()));
}

function keysOneByOne({ text: path }: Source): string[] {
  const items = startsWithBracket(path)
    ? new JsonWalk(path).items(matcher(["*"]), () => undefined)
    : jsonLines(path);
  const keys = new Set<string>();
  for (const { text = "" } of items) {
    try {
      for (const key of Object.keys(JSON.parse(text) as object)) keys.add(key);
    } catch {
      // What is no object is refused where it is read.
    }
  }
  return [...keys];
}

/** A JSON shape as the reader's own types. */
function fields(shape: JsonShape): string[] {
  return Object.entries(shape).map(([key, type]) => `${name(key)}: ${literal(typeOf(type))}`);
}

function typeOf(type: JsonType): string {
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return `${typeOf(type[0] as JsonType)}[]`;
  return `STRUCT(${Object.entries(type as JsonShape)
    .map(([key, of]) => `${name(key)} ${typeOf(of)}`)
    .join(", ")})`;
}

/** Places of objects given by their number (from 0), for messages. */
export function placesInJson(source: Source, records: ReadonlySet<number>): Map<number, Place> {
  const places = new Map<number, Place>();
  const items = startsWithBracket(source.text)
    ? new JsonWalk(source.text).items(matcher(["*"]), () => undefined)
    : jsonLines(source.text);
  let record = 0;
  for (const { line, text = "" } of items) {
    if (records.has(record++)) places.set(record - 1, { line, raw: text });
    if (places.size === records.size) break;
  }
  return places;
}

async function readLines(database: Database, path: string, line: string): Promise<void> {
  // A separator that no JSON holds makes each line one cell.
  await database.run(
    `create table lines as select * from read_csv(${literal(path)}, columns = {json: 'VARCHAR'}, auto_detect = false,
       header = false, delim = ${literal("\u0001")}, quote = '', escape = '', strict_mode = false, max_line_size = ${MAX_OBJECT})`,
  );
  const isObject = "coalesce(json_type(try_cast(json as json)), '') = 'OBJECT'";
  await database.run(
    `insert into issues select null, null, ${line}, null, 'bad_json', json, true from lines
     where json is not null and not ${isObject}`,
  );
  await database.run(
    `create table source_rows as select json::json as json, ${line} as __line from lines where json is not null and ${isObject}`,
  );
  await database.run("drop table lines");
}

/** Each value on a line of its own. @returns where they stand in the file, where those that are too long, and a break. */
function writeItems(
  items: Iterable<RawItem>,
  target: string,
): { places: number[]; long: number[]; cut: number | undefined } {
  const places: number[] = [];
  const long: number[] = [];
  let cut: number | undefined;
  const out = openSync(target, "wx", 0o600);
  let held = "";
  try {
    for (const { text, line, isLong } of items) {
      if (isLong || (text !== undefined && text.length > MAX_OBJECT / 3)) long.push(line);
      else if (text === undefined) cut = line;
      else {
        places.push(line);
        // Line ends stand between tokens only: inside strings JSON writes \n.
        held += `${text.replace(/[\r\n]+/g, " ")}\n`;
      }
      if (held.length < FLUSH) continue;
      writeSync(out, held);
      held = "";
    }
    return { places, long, cut };
  } finally {
    writeSync(out, held);
    closeSync(out);
  }
}

function startsWithBracket(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(4096);
    const read = readSync(file, bytes, 0, bytes.length, 0);
    return /^[\s\uFEFF]*\[/.test(bytes.toString("utf8", 0, read));
  } finally {
    closeSync(file);
  }
}
