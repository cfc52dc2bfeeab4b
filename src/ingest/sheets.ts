import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { quoted } from "../kit/csv-cell.ts";
import { OF_SHEET } from "../kit/of-sheet.ts";
import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import { literal } from "../warehouse/database.ts";
import { csvRecords } from "./csv-records.ts";
import { asOfFromTitle } from "./file-name.ts";
import type { Start } from "./pasted-tables.ts";
import { areGroups } from "./sheet-names.ts";
import type { Workbook } from "./xlsx.ts";

/** From this line of the table on, lines and rows of the sheet run side by side. */
export interface Shift {
  line: number;
  row: number;
  /** Where several sheets are one table. */
  sheet?: string;
}

/** What is known of a sheet by its header: a larger rank for a better known one. */
export interface Known {
  rank: number;
  /** Row (from 0) of the header. */
  headerRow?: number | undefined;
  /** Canonical columns of OF_SHEET that its importer takes. */
  takes?: readonly (keyof typeof OF_SHEET)[];
}

/** A sheet written as a table. */
export interface Draft extends Known {
  path: string;
  name: string;
  isHidden: boolean;
  /** Filled ones. */
  cells: number;
  places: Shift[];
  /** Rows that are kept from view. */
  hidden: number;
}

/** Records among which a header is looked for. */
const TOP = 12;
/** A title is no header. */
const FEWEST = 3;

/**
 * The best sheet as `target`, and behind its rows those of every other sheet that is as well known and has the same
 * header: a sheet per month, or per group, is one table. What is as well known and has another header is named as not
 * read.
 * @param drafts in the order of their tabs. @param isAlone the best sheet only.
 */
export async function joinSheets(drafts: readonly Draft[], target: string, isAlone: boolean) {
  const [best, ...others] = drafts.toSorted(
    (a, b) => b.rank - a.rank || Number(a.isHidden) - Number(b.isHidden) || b.cells - a.cells,
  );
  if (!best) throw new Error("holds no sheet");
  const alike = isAlone
    ? []
    : others.filter((one) => one.rank > 0 && one.rank === best.rank && !one.isHidden);
  const tops = alike.length > 0 ? await topOf(best) : [];
  const added = new Map<Draft, number>();
  const left: string[] = [];
  for (const sheet of drafts.filter((one) => alike.includes(one))) {
    const header = (await topOf(sheet)).find(({ cells }) => tops.some((top) => top.cells === cells));
    if (header) added.set(sheet, header.line);
    else left.push(sheet.name);
  }
  const names = [best.name, ...[...added.keys()].map(({ name }) => name)];
  const groups = added.size > 0 && areGroups(names) ? names : [];
  const notes = [...notesOf(names, left), ...hiddenNotes([best, ...added.keys()], isAlone ? [] : others)];
  if (added.size === 0) {
    await rename(best.path, target);
    const places = alike.length > 0 ? inSheet(best) : best.places;
    return { sheet: best.name, places, notes, groups, begins: [] };
  }
  const places = inSheet(best);
  const begins: Start[] = [];
  const header = await headerOf(best);
  const first = drafts.find((one) => one === best || added.has(one));
  const out = createWriteStream(target, { mode: 0o600 });
  const write = async (line: string) => {
    if (!out.write(`${line}\n`)) await once(out, "drain");
  };
  let lines = 0;
  for (const sheet of [best, ...added.keys()]) {
    const above = added.get(sheet) ?? 0;
    const more = {
      sheet: sheet === first ? "" : sheet.name,
      sheet_group: groups.length > 0 ? sheet.name : "",
    };
    let begun = sheet === best;
    const title: string[][] = [];
    for await (const { line, raw, fields } of csvRecords(sheet.path, ",")) {
      if (line < above) title.push(fields ?? []);
      if (line <= above) continue;
      if (!begun) {
        begun = true;
        begins.push({ line: lines + 1, asOf: asOfFromTitle(title) });
        const shift = lines + 1 - line;
        const before = sheet.places.findLast((one) => one.line <= line) ?? { line: 1, row: 1 };
        places.push({ line: lines + 1, row: before.row + line - before.line, sheet: sheet.name });
        const after = sheet.places.filter((one) => one.line > line);
        places.push(...after.map((one) => ({ ...one, line: one.line + shift, sheet: sheet.name })));
      }
      // A row without a cell is no record, and yet a line.
      while (sheet === best && lines < line - 1) {
        await write("");
        lines++;
      }
      const isHeader = sheet === best && line === header.line;
      const takes = header.takes.map((column) => (isHeader ? OF_SHEET[column] : more[column]));
      await write(fields ? inWidth(fields, header.width, takes).map(quoted).join(",") : raw);
      lines += 1 + breaks(raw);
    }
  }
  out.end();
  await finished(out);
  return { sheet: best.name, places, notes, groups, begins: groups.length > 0 ? [] : begins };
}

const inSheet = ({ places, name }: Draft): Shift[] =>
  [{ line: 1, row: 1 }, ...places].map((one) => ({ ...one, sheet: name }));

/** Where the header of the best sheet stands, how wide it is, and the columns that are added to it. */
async function headerOf({ path, headerRow, takes = [] }: Draft) {
  let row = 0;
  for await (const { line, fields } of csvRecords(path, ",", headerRow)) {
    if (row++ !== (headerRow ?? 0) || !fields) continue;
    const width = fields.findLastIndex((cell) => cell.trim() !== "") + 1;
    const isThere = (column: keyof typeof OF_SHEET) => fields.includes(OF_SHEET[column]);
    return { line, width, takes: headerRow === undefined ? [] : takes.filter((one) => !isThere(one)) };
  }
  return { line: 0, width: 0, takes: [] };
}

/** The cells of a row with `more` behind the last column of the header: what is empty right of that is no cell. */
function inWidth(fields: readonly string[], width: number, more: readonly string[]): string[] {
  const filled = Math.max(fields.findLastIndex((cell) => cell !== "") + 1, width);
  const cells = Array.from({ length: filled }, (_, at) => fields[at] ?? "");
  return [...cells.slice(0, width), ...more, ...cells.slice(width)];
}

function notesOf(all: readonly string[], left: readonly string[]): Text[] {
  return [
    ...(all.length > 1
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

/** A filter hides rows and takes none away; a sheet out of view is mostly an old copy. */
function hiddenNotes(read: readonly Draft[], others: readonly Draft[]): Text[] {
  const rows = read.reduce((sum, { hidden }) => sum + hidden, 0);
  const sheets = others
    .filter((one) => one.isHidden && one.rank > 0 && one.rank === read[0]?.rank)
    .map(({ name }) => name);
  const told: Text[] = [];
  if (rows > 0)
    told.push({
      zh: `表里有 ${rows} 行是隐藏的（筛选或手动隐藏），也一起读了。不想要的行请删掉再导入`,
      en: `${rows} rows are hidden in the workbook (by a filter or by hand) and were read all the same: delete those that you do not want, and import again`,
    });
  if (sheets.length > 0)
    told.push({
      zh: `隐藏的工作表没有读：${sheets.join("、")}。要读的话取消隐藏再导入`,
      en: `hidden sheets were not read: ${sheets.join(", ")}. Unhide them and import again if you want them`,
    });
  return told;
}

async function topOf({ path, headerRow }: Draft) {
  const top: { line: number; cells: string }[] = [];
  let row = 0;
  for await (const { line, fields } of csvRecords(path, ",", headerRow)) {
    // A wider title above pads the header.
    const cells = fields?.slice(0, fields.findLastIndex((cell) => cell.trim() !== "") + 1) ?? [];
    if (row++ === headerRow || cells.filter((cell) => cell.trim() !== "").length >= FEWEST)
      top.push({ line, cells: JSON.stringify(cells) });
    if (line > TOP) break;
  }
  return top;
}

const breaks = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/**
 * Turns the lines of the issues into rows of the sheet, which is what a spreadsheet program shows, and refuses the row
 * in which the file ends.
 */
export async function showRows(database: Database, workbook: Workbook | undefined): Promise<void> {
  const { places, cutRow } = workbook ?? { places: [] };
  if (places.length > 0) await shift(database, places);
  if (cutRow !== undefined)
    await database.run("insert into issues values (null, null, $row, null, 'cut_off', null, true)", {
      row: cutRow,
    });
}

async function shift(database: Database, places: readonly Shift[]): Promise<void> {
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
