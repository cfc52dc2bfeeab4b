import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { quoted } from "../kit/csv-cell.ts";
import type { Text } from "../kit/say.ts";
import type { Member } from "./archive.ts";
import { columnNumber, MergedCells } from "./merged-cells.ts";
import type { Start } from "./pasted-tables.ts";
import { type Draft, joinSheets, type Known, type Shift } from "./sheets.ts";
import { MOST_COLUMNS, MOST_WRITTEN, refuseWide, tooLarge } from "./width.ts";

/*
 * Workbooks (.xlsx) as tables: the sheet that is best known by its header, or else has the most filled cells; every cell as text. Values are those the
 * workbook holds; a formula is never computed. Day numbers stay numbers: whoever types the column knows them.
 */
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function isWorkbook(names: readonly string[]): boolean {
  return names.some(isPart("xl/workbook.xml"));
}

/** Programs differ in the case of the parts' names, and Excel does not mind. */
const isPart = (path: string) => (name: string) => name.toLowerCase() === path.toLowerCase();

/** Of an element, as it is written: in quotes of either kind. */
const attribute = (xml: string, name: string): string | undefined =>
  new RegExp(`\\b${name}=(["'])(.*?)\\1`, "s").exec(xml)?.[2];

/** How well a sheet, written as a table to a file, is known. */
export type RankSheet = (path: string) => Promise<Known>;

/** What a workbook holds beside the rows. */
export interface Workbook {
  /** Name of the sheet that was read, as its tab shows it. */
  sheet: string;
  places: readonly Shift[];
  notes: readonly Text[];
  /** Names of the sheets that became one table, where they are taken for groups. */
  groups: readonly string[];
  /** Lines of the table in which a further sheet begins, where sheets may hold the same rows: those of groups say nothing of each other. */
  begins: readonly Start[];
  /** Its day numbers count from 1904. */
  isFrom1904: boolean;
  /** The row (from 1) in the middle of which the file ends: it is none. */
  cutRow?: number | undefined;
}

/**
 * Writes the sheet that ranks highest, of several one that is shown and then the fullest, to `target` as CSV, with the
 * rows of the others that have the same header.
 * @param keepRows empty rows too, so that the nth record is the nth row; one sheet alone.
 * @throws Error when there is no sheet, or a member is damaged.
 */
export async function workbookToCsv(
  members: readonly Member[],
  target: string,
  keepRows = false,
  rank: RankSheet = async () => ({ rank: 0 }),
): Promise<Workbook> {
  const strings = members.find(({ name }) => isPart("xl/sharedStrings.xml")(name));
  const shared = strings ? await sharedStrings(strings) : [];
  const book = await textOfMember(members, "xl/workbook.xml");
  const tabs = await tabsOf(members, book);
  const order = [...tabs.keys()];
  const sheets = members
    .filter(({ name }) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name))
    .toSorted((a, b) => order.findIndex(isPart(a.name)) - order.findIndex(isPart(b.name)));
  const drafts: Draft[] = [];
  // Also of a sheet in the middle of which something was wrong.
  const paths = sheets.map((_, at) => `${target}.sheet${at}`);
  try {
    for (const [at, sheet] of sheets.entries()) {
      const path = paths[at] ?? "";
      const written = await sheetToCsv(sheet, shared, path, keepRows);
      // Nothing is chosen between where there is one.
      const known = sheets.length > 1 ? await rank(path) : { rank: 0 };
      const tab = tabs.get(order.find(isPart(sheet.name)) ?? "") ?? {
        name: sheet.name.replace(/^.*\/|\.xml$/g, ""),
        isHidden: false,
      };
      drafts.push({ path, ...known, ...written, ...tab });
    }
    const joined = await joinSheets(drafts, target, keepRows);
    return { ...joined, isFrom1904: /<(?:\w+:)?workbookPr\b[^>]*\bdate1904=["'](?:1|true)["']/.test(book) };
  } finally {
    await Promise.all(paths.map((path) => rm(path, { force: true })));
  }
}

async function textOfMember(members: readonly Member[], name: string): Promise<string> {
  const parts: Buffer[] = [];
  const member = members.find((one) => isPart(name)(one.name));
  if (member) for await (const chunk of await member.open()) parts.push(chunk as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** Path of each sheet's file → its tab. The workbook names its sheets by relation, and the relations name the files. */
async function tabsOf(members: readonly Member[], book: string) {
  const relations = await textOfMember(members, "xl/_rels/workbook.xml.rels");
  const files = new Map<string, string>();
  for (const [xml] of relations.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)) {
    const file = attribute(xml, "Target")?.replace(/^(?:\.\.\/|\/)?(?:xl\/)?/i, "") ?? "";
    files.set(attribute(xml, "Id") ?? "", `xl/${file}`);
  }
  const tabs = new Map<string, { name: string; isHidden: boolean }>();
  for (const [xml] of book.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const file = files.get(attribute(xml, "\\w+:id") ?? "");
    const name = decoded(attribute(xml, "name") ?? "");
    if (file) tabs.set(file, { name, isHidden: /hidden$/i.test(attribute(xml, "state") ?? "") });
  }
  return tabs;
}

/** Calls `each` with every element of this name, as it is read. */
async function elements(
  member: Member,
  tag: string,
  each: (xml: string) => Promise<void> | void,
): Promise<void> {
  const close = new RegExp(`</(?:\\w+:)?${tag}>`, "g");
  const open = new RegExp(`<(?:\\w+:)?${tag}[\\s>]`);
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of await member.open()) {
    text += decoder.decode(chunk as Buffer, { stream: true });
    let from = 0;
    for (const found of text.matchAll(close)) {
      const piece = text.slice(from, found.index);
      const start = piece.search(open);
      if (start >= 0) await each(piece.slice(start));
      from = found.index + found[0].length;
    }
    text = text.slice(from);
  }
}

async function sharedStrings(member: Member): Promise<string[]> {
  const strings: string[] = [];
  await elements(member, "si", (xml) => {
    strings.push(textOf(xml));
  });
  return strings;
}

/** The texts of an item; how its characters are read aloud (rPh) is no part of them. */
function textOf(xml: string): string {
  const spoken = xml.replace(/<(?:\w+:)?rPh[\s\S]*?<\/(?:\w+:)?rPh>/g, "");
  const parts = spoken.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/g);
  return [...parts].map(([, text = ""]) => decoded(text)).join("");
}

const CDATA = "<![CDATA[";

/** What stands before the end of a CDATA section: from its beginning on it is text as it is. */
function ofPiece(xml: string): string {
  const at = xml.indexOf(CDATA);
  return at < 0 ? decoded(xml) : decoded(xml.slice(0, at)) + xml.slice(at + CDATA.length);
}

function decoded(xml: string): string {
  if (xml.includes(CDATA)) return xml.split("]]>").map(ofPiece).join("");
  if (!/[&_]/.test(xml)) return xml;
  return xml
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex?: string, digits?: string, word?: string) => {
      if (word !== undefined) return ENTITIES[word] ?? all;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    })
    .replace(/_x([0-9A-F]{4})_/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A row that a filter or somebody's hand keeps from view. */
const HIDDEN = /^<[^>]*?\bhidden=["'](?:1|true)["']/;

async function sheetToCsv(
  member: Member,
  shared: readonly string[],
  target: string,
  keepRows: boolean,
): Promise<{ cells: number; places: Shift[]; hidden: number }> {
  let at = 0;
  let hidden = 0;
  const out = createWriteStream(target, { mode: 0o600 });
  let filled = 0;
  let width = 0;
  let room = MOST_WRITTEN;
  let next = 1;
  const places: Shift[] = [];
  try {
    const merged = await MergedCells.of(member);
    await elements(member, "row", async (xml) => {
      const cells = cellsOf(xml, shared);
      const row = Number(/^<[^>]*?\br=["'](\d+)["']/.exec(xml)?.[1] ?? at + 1);
      merged.fill(row, cells);
      // A forged row number fills no disk.
      const gap = keepRows && row - at < 10_000 ? Math.max(row - at - 1, 0) : 0;
      if (gap > 0) out.write("\n".repeat(gap));
      next += gap;
      at = row;
      const last = places.at(-1);
      if ((last ? last.row - last.line : 0) !== row - next) places.push({ line: next, row });
      const inRow = cells.filter((cell) => cell !== "").length;
      filled += inRow;
      if (inRow > 0 && HIDDEN.test(xml)) hidden++;
      width = Math.max(width, cells.length);
      const line = Array.from({ length: width }, (_, at) => quoted(cells[at] ?? "")).join(",");
      room -= gap + line.length;
      if (room < 0) throw tooLarge();
      next += 1 + (line.match(/\r\n|\r|\n/g)?.length ?? 0);
      if (!out.write(`${line}\n`)) await once(out, "drain");
    });
  } finally {
    out.end();
    await finished(out);
  }
  return { cells: filled, places, hidden };
}

function cellsOf(row: string, shared: readonly string[]): string[] {
  const cells: string[] = [];
  const found = row.matchAll(/<(?:\w+:)?c(?=[\s/>])([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g);
  for (const [, attributes = "", body = ""] of found) {
    const column = /\br=["']([A-Z]{1,3})\d*["']/.exec(attributes)?.[1];
    const at = column === undefined ? cells.length : columnNumber(column);
    const value = cellValue(/\bt=["'](\w+)["']/.exec(attributes)?.[1] ?? "n", body, shared);
    // A cell far to the right that only has a colour is no column.
    if (at >= MOST_COLUMNS && value === "") continue;
    refuseWide(at + 1);
    while (cells.length < at) cells.push("");
    cells[at] = value;
  }
  return cells;
}

function cellValue(type: string, body: string, shared: readonly string[]): string {
  if (type === "inlineStr") return textOf(body);
  const value = decoded(/<(?:\w+:)?v(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?v>/.exec(body)?.[1] ?? "");
  if (type === "s") return shared[Number(value)] ?? "";
  // A number of more than 15 digits has lost some: written so that an id is seen to be damaged.
  if (type === "n" && /^\d{16,}$/.test(value)) return Number(value).toExponential();
  // An error (t="e") stays: who reads the column knows what one comes to.
  return value;
}
