import { createReadStream } from "node:fs";
import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import { csvRecords } from "./csv-records.ts";
import type { KindSpec } from "./kinds/kind.ts";
import type { CsvTable } from "./read-csv.ts";

/*
 * Tables that were put one below the other: an operator opens last week's export and pastes the new one below it, header
 * and all. The header again is the mark of another export. It is no row, and what two exports both hold counts once, as
 * if they were files of their own.
 */
const PIECE = 4 << 20;

type Table = Pick<CsvTable, "path" | "delimiter" | "headerRow" | "header"> & { headerRows?: number };

/** Lines of a table that are no rows of it, and those in which a later export begins. */
export interface HeadersAgain {
  left: ReadonlySet<number>;
  starts: readonly number[];
}

/** @returns undefined for nearly every table. */
export async function headersAgain(table: Table): Promise<HeadersAgain | undefined> {
  const header = plain(table.header);
  if (table.headerRow < 0 || header.filter((cell) => cell !== "").length < 2) return undefined;
  if (!(await hasTwice(table))) return undefined;
  const [left, starts] = [new Set<number>(), [] as number[]];
  const above: string[] = [];
  const below: string[] = [];
  /** The last rows, as many as stand above the header at most, and empty ones between. */
  let before: { line: number; shape: string }[] = [];
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
    if (cells.length === header.length && cells.every((cell, place) => cell === header[place])) {
      for (const one of titleOf(before, above)) left.add(one);
      left.add(line);
      starts.push(line);
      second = [...below];
      before = [];
      continue;
    }
    before.push({ line, shape });
    if (shape !== "" && before.filter((one) => one.shape !== "").length > above.length)
      before = before.slice(before.findIndex((one) => one.shape !== "") + 1);
  }
  return starts.length > 0 ? { left, starts } : undefined;
}

/** Lines of the title above a header again, and of the empty rows around it: a row that says otherwise stays a row. */
function titleOf(before: readonly { line: number; shape: string }[], above: readonly string[]): number[] {
  const filled = before.filter(({ shape }) => shape !== "");
  const isTitle = filled.length === above.length && filled.every(({ shape }, at) => shape === above[at]);
  const from = isTitle ? 0 : before.findLastIndex(({ shape }) => shape !== "") + 1;
  return before.slice(from).map(({ line }) => line);
}

/** A title that only tells of another day or number is the same. */
const shapeOf = (cells: readonly string[]) => cells.join("\u001f").replace(/\d+/g, "0");

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

/** Table `exports`: the records of the later exports. @param starts the first record of each. @returns SQL of it. */
export async function keepExports(
  database: Database,
  starts: readonly number[],
): Promise<string | undefined> {
  if (starts.length === 0) return undefined;
  const rows = starts.map((record, at) => `(${record}, ${at + 1})`);
  await database.run(
    `create table exports as
     select checked.record, starts.part
     from checked asof join (from (values ${rows.join(", ")}) as starts (record, part)) as starts on checked.record >= starts.record`,
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
