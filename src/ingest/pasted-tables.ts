import { createReadStream } from "node:fs";
import { UserError } from "../kit/errors.ts";
import { canonicalHeader } from "../kit/evidence.ts";
import type { Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import type { Database } from "../warehouse/database.ts";
import { csvRecords } from "./csv-records.ts";
import { asOfFromTitle } from "./file-name.ts";
import type { KindSpec } from "./kinds/kind.ts";
import type { CsvTable, Export } from "./read-csv.ts";

/*
 * Tables that were put one below the other: an operator opens last week's export and pastes the new one below it, header
 * and all. The header again is the mark of another export. It is no row, and what two exports both hold counts once, as
 * if they were files of their own.
 */
const PIECE = 4 << 20;
/** Of a line that may be a header. */
const LONGEST = 16 << 10;
/** Names that make a header. */
const FEWEST = 3;

type Table = Pick<CsvTable, "path" | "delimiter" | "headerRow" | "header" | "begins"> & {
  headerRows?: number;
};

/** Where a later export begins, and when it was made as its title says. */
export interface Start {
  line: number;
  asOf?: string | undefined;
}

/** Lines of a table that are no rows of it, and those in which a later export begins. */
export interface HeadersAgain {
  left: ReadonlySet<number>;
  starts: readonly Start[];
}

/** @returns undefined for nearly every table. */
export async function headersAgain(table: Table): Promise<HeadersAgain | undefined> {
  const found = await pastedBelow(table);
  const { begins = [] } = table;
  if (begins.length === 0) return found;
  const { left = new Set<number>(), starts = [] } = found ?? {};
  return { left, starts: [...starts, ...begins].toSorted((a, b) => a.line - b.line) };
}

async function pastedBelow(table: Table): Promise<HeadersAgain | undefined> {
  const header = plain(table.header);
  if (table.headerRow < 0 || header.filter((cell) => cell !== "").length < 2) return undefined;
  const places = new Map(header.map((cell, place) => [canonicalHeader(cell), place]));
  if (!(await hasTwice(table)) && !(await hasNamesAgain(table, header))) return undefined;
  const [left, starts] = [new Set<number>(), [] as Start[]];
  const above: string[] = [];
  const below: string[] = [];
  /** The last rows, as many as stand above the header at most, and empty ones between. */
  let before: Row[] = [];
  let second: string[] = [];
  let at = -1;
  for await (const { line, fields, raw } of csvRecords(table.path, table.delimiter, table.headerRow)) {
    at++;
    const cells = plain(fields ?? [raw]);
    const shape = shapeOf(cells);
    const behind = at - table.headerRow;
    if (behind < 0) above.push(...(shape === "" ? [] : [shape]));
    else if (behind > 0 && behind < (table.headerRows ?? 1)) below.push(shape);
    if (behind <= 0) continue;
    if (second[0] !== undefined && second.shift() === shape) {
      left.add(line);
      continue;
    }
    second = [];
    const isSame = cells.length === header.length && cells.every((cell, place) => cell === header[place]);
    const moved = isSame ? [] : movedNames(cells, places);
    if (moved.length > 0) throw otherTable(line, moved);
    if (isSame) {
      const title = titleOf(before, above);
      for (const one of title) left.add(one.line);
      left.add(line);
      starts.push({ line, asOf: asOfFromTitle(title.map((one) => one.cells)) });
      second = [...below];
      before = [];
      continue;
    }
    before.push({ line, cells, shape });
    if (shape !== "" && before.filter((one) => one.shape !== "").length > above.length)
      before = before.slice(before.findIndex((one) => one.shape !== "") + 1);
  }
  return starts.length > 0 ? { left, starts } : undefined;
}

interface Row {
  line: number;
  cells: readonly string[];
  shape: string;
}

/** The title above a header again, and of the empty rows around it: a row that says otherwise stays a row. */
function titleOf(before: readonly Row[], above: readonly string[]): readonly Row[] {
  const filled = before.filter(({ shape }) => shape !== "");
  const isTitle = filled.length === above.length && filled.every(({ shape }, at) => shape === above[at]);
  const from = isTitle ? 0 : before.findLastIndex(({ shape }) => shape !== "") + 1;
  return before.slice(from);
}

/** A title that only tells of another day or number is the same. */
const shapeOf = (cells: readonly string[]) => cells.join("\u001f").replace(/\d+/g, "0");

/** Names of the header in a row of such names, where one at least stands in another place: the rows below are of other columns. */
function movedNames(cells: readonly string[], places: ReadonlyMap<string, number>): string[] {
  const filled = cells.filter((cell) => cell !== "").length;
  if (filled < FEWEST) return [];
  const known = cells.flatMap((cell, at) => {
    const place = cell === "" ? undefined : places.get(canonicalHeader(cell));
    return place === undefined ? [] : [{ cell, isMoved: place !== at }];
  });
  if (known.length < FEWEST || known.length * 2 < filled) return [];
  return known.filter(({ isMoved }) => isMoved).map(({ cell }) => cell);
}

function otherTable(line: number, moved: readonly string[]): UserError {
  const some = moved.slice(0, 3).map(visible);
  return new UserError(
    {
      zh: `第 ${line} 行又是一个表头，列的位置与第一个不同（${some.join("、")}）：下面的行会读错列，没有导入`,
      en: `line ${line} is a header again, with its columns in other places than the first (${some.join(", ")}): the rows below would be read under the wrong columns; nothing was imported`,
    },
    {
      hint: {
        zh: "这是两份导出接在一起。请从这一行起另存成一个文件，两个文件分别导入；重叠的会自动只算一次。",
        en: "These are two exports in one file. Save what begins with this line as a file of its own and import both; what overlaps counts once.",
      },
    },
  );
}

/** Cells without blanks and the mark that a file begins with, as far as any is filled. */
function plain(cells: readonly string[]): string[] {
  const trimmed = cells.map((cell) => cell.replace(/^\uFEFF"?|(?<=^\uFEFF.*)"$/g, "").trim());
  return trimmed.slice(0, trimmed.findLastIndex((cell) => cell !== "") + 1);
}

/** Whether what the header is written in stands in the file twice: told without parting a record, since nearly no file has it. */
async function hasTwice(table: Table): Promise<boolean> {
  let written = "";
  let row = 0;
  for await (const { raw } of csvRecords(table.path, table.delimiter, table.headerRow))
    if (row++ === table.headerRow) {
      written = raw.replace(/^\uFEFF/, "").replace(/[\s,;|"]+$/, "");
      break;
    }
  const sought = Buffer.from(written);
  if (sought.length === 0) return false;
  let found = 0;
  const count = (bytes: Buffer) => {
    for (let at = bytes.indexOf(sought); at >= 0; at = bytes.indexOf(sought, at + sought.length)) found++;
  };
  const reach = sought.length - 1;
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(table.path, { highWaterMark: PIECE })) {
    const bytes = chunk as Buffer;
    count(Buffer.concat([tail, bytes.subarray(0, reach)]));
    count(bytes);
    if (found > 1) return true;
    tail = bytes.subarray(Math.max(bytes.length - reach, 0));
  }
  return false;
}

/** Whether a further line holds half of the header's names: looked for by the longest of them, which no row says. */
async function hasNamesAgain({ path }: Table, header: readonly string[]): Promise<boolean> {
  const names = header.filter((cell) => cell !== "");
  if (names.length < FEWEST) return false;
  const longest = names.toSorted((a, b) => b.length - a.length).slice(0, 3);
  const needed = Math.max(FEWEST, Math.ceil(names.length / 4));
  let found = 0;
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE })) {
    const bytes = Buffer.concat([tail, chunk as Buffer]);
    const end = bytes.lastIndexOf(10);
    const whole = end < 0 ? bytes : bytes.subarray(0, end);
    const lines = new Set<number>();
    for (const name of longest)
      for (let at = whole.indexOf(name); at >= 0; at = whole.indexOf(name, at + 1))
        lines.add(whole.lastIndexOf(10, at) + 1);
    for (const from of lines) {
      const to = whole.indexOf(10, from);
      const line = whole
        .subarray(from, Math.min(to < 0 ? whole.length : to, from + LONGEST))
        .toString("utf8");
      if (names.filter((name) => line.includes(name)).length >= needed) found++;
    }
    if (found > 1) return true;
    tail = end < 0 || bytes.length - end > PIECE ? Buffer.alloc(0) : bytes.subarray(end + 1);
  }
  return false;
}

/**
 * Table `exports`: the records of the later exports; `version` tells those apart that were made at times of their own.
 * @param all exports of the file, the first among them. @returns SQL of it.
 */
export async function keepExports(database: Database, all: readonly Export[]): Promise<string | undefined> {
  if (all.length < 2) return undefined;
  const times = [...new Set(all.map(({ asOf }) => asOf))];
  const rows = all.map(({ record, asOf }, at) => `(${record}, ${at}, ${times.indexOf(asOf)})`).slice(1);
  await database.run(
    `create table exports as
     select checked.record, starts.part, starts.version
     from checked asof join (from (values ${rows.join(", ")}) as starts (record, part, version)) as starts on checked.record >= starts.record`,
  );
  return "exports";
}

/** What is said of it where exports overlap: a header on each page of a list is worth no word. */
export async function exportsNote(database: Database, kind: KindSpec, exports: number): Promise<Text[]> {
  if (exports < 2) return [];
  const doubles = kind.facts
    .filter(({ decides }) => decides)
    .map(({ fact }) => `select record from twins_${fact} where is_double`);
  const { n } = await database.one(`select count(*) as n from (${doubles.join(" union ")})`);
  if (Number(n) === 0) return [];
  return [
    {
      zh: `文件里接着 ${exports} 份导出（表头出现了 ${exports} 次）：重叠的 ${Number(n)} 条只算一次`,
      en: `the file is ${exports} exports, one below the other (each has its header): ${Number(n)} records stand in more than one and count once`,
    },
  ];
}
