import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { finished } from "node:stream/promises";
import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import { literal } from "../warehouse/database.ts";
import { csvRecords } from "./csv-records.ts";

/** From this line of the table on, lines and rows of the sheet run side by side. */
export interface Shift {
  line: number;
  row: number;
  /** Where several sheets are one table. */
  sheet?: string;
}

/** A sheet written as a table. */
export interface Draft {
  path: string;
  name: string;
  isHidden: boolean;
  /** How well its header is known. */
  rank: number;
  /** Filled ones. */
  cells: number;
  places: Shift[];
}

/** Records among which a header is looked for. */
const TOP = 12;
/** A title is no header. */
const FEWEST = 3;

/**
 * The best sheet as `target`, and behind its rows those of every other sheet that is as well known and has the same
 * header: a sheet per month is one table. What is as well known and has another header is named as not read.
 * @param isAlone the best sheet only.
 */
export async function joinSheets(drafts: readonly Draft[], target: string, isAlone: boolean) {
  const [best, ...others] = drafts.toSorted(
    (a, b) => b.rank - a.rank || Number(a.isHidden) - Number(b.isHidden) || b.cells - a.cells,
  );
  if (!best) throw new Error("holds no sheet");
  const alike = others.filter((one) => one.rank > 0 && one.rank === best.rank && !one.isHidden);
  let places = best.places;
  const added: string[] = [];
  const left: string[] = [];
  if (!isAlone && alike.length > 0) {
    places = [{ line: 1, row: 1 }, ...places].map((one) => ({ ...one, sheet: best.name }));
    const tops = await topOf(best.path);
    let lines = await linesOf(best.path);
    const out = createWriteStream(best.path, { flags: "a", mode: 0o600 });
    for (const sheet of drafts.filter((one) => alike.includes(one))) {
      const header = (await topOf(sheet.path)).find(({ raw }) => tops.some((top) => top.raw === raw));
      if (!header) {
        left.push(sheet.name);
        continue;
      }
      added.push(sheet.name);
      let first: number | undefined;
      for await (const { line, raw } of csvRecords(sheet.path, ",")) {
        if (line <= header.line) continue;
        if (first === undefined) {
          first = line;
          const shift = lines + 1 - first;
          const before = sheet.places.findLast((one) => one.line <= line) ?? { line: 1, row: 1 };
          places.push({ line: lines + 1, row: before.row + line - before.line, sheet: sheet.name });
          const after = sheet.places.filter((one) => one.line > line);
          places.push(...after.map((one) => ({ ...one, line: one.line + shift, sheet: sheet.name })));
        }
        lines += 1 + breaks(raw);
        if (!out.write(`${raw}\n`)) await once(out, "drain");
      }
    }
    out.end();
    await finished(out);
  }
  await rename(best.path, target);
  return { sheet: best.name, places, notes: notesOf(best.name, added, left) };
}

function notesOf(best: string, added: readonly string[], left: readonly string[]): Text[] {
  const all = [best, ...added];
  return [
    ...(added.length > 0
      ? [
          {
            zh: `表头相同的 ${all.length} 张工作表接成一张读：${all.join("、")}`,
            en: `${all.length} sheets with the same header were read as one table: ${all.join(", ")}`,
          },
        ]
      : []),
    ...(left.length > 0
      ? [
          {
            zh: `只读了工作表 ${all.join("、")}；${left.join("、")} 的表头不同，没有读。请把它另存成一个文件再导入`,
            en: `only the sheet ${all.join(", ")} was read; ${left.join(", ")} has another header and was not: save it as a file of its own and import that`,
          },
        ]
      : []),
  ];
}

async function topOf(path: string) {
  const top: { line: number; raw: string }[] = [];
  for await (const { line, raw, fields } of csvRecords(path, ",")) {
    if (fields && fields.filter((cell) => cell.trim() !== "").length >= FEWEST) top.push({ line, raw });
    if (line > TOP) break;
  }
  return top;
}

async function linesOf(path: string): Promise<number> {
  let lines = 0;
  for await (const { line, raw } of csvRecords(path, ",")) lines = line + breaks(raw);
  return lines;
}

const breaks = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** Turns the lines of the issues into rows of the sheet, which is what a spreadsheet program shows. */
export async function showRows(database: Database, places: readonly Shift[]): Promise<void> {
  if (places.length === 0) return;
  const shifts = places.map(
    ({ line, row, sheet }) =>
      `(${line}, ${row - line}, ${sheet === undefined ? "null::varchar" : literal(sheet)})`,
  );
  await database.run(
    `update issues
     set line = issues.line + placed.up, column_name = if(placed.sheet is null, column_name, concat_ws('!', placed.sheet, column_name))
     from (
       select line, arg_max(up, since) as up, arg_max(sheet, since) as sheet
       from (select distinct line from issues where line is not null)
       join (values ${shifts.join(", ")}) as shifts (since, up, sheet) on since <= line
       group by line
     ) as placed
     where placed.line = issues.line`,
  );
}
