import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { finished } from "node:stream/promises";
import type { Member } from "./archive.ts";

/*
 * Workbooks (.xlsx) as tables: the sheet that is best known by its header, or else has the most filled cells; every cell as text. Values are those the
 * workbook holds; a formula is never computed. Day numbers stay numbers: whoever types the column knows them.
 */
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function isWorkbook(names: readonly string[]): boolean {
  return names.includes("xl/workbook.xml");
}

/** How well a sheet, written as a table to a file, is known: a larger number for a better known one. */
export type RankSheet = (path: string) => Promise<number>;

/**
 * Writes the sheet that ranks highest, of several the fullest, to `target` as CSV.
 * @param keepRows empty rows too, so that the nth record is the nth row.
 * @returns the sheet's name as its tab shows it.
 * @throws Error when there is no sheet, or a member is damaged.
 */
export async function workbookToCsv(
  members: readonly Member[],
  target: string,
  keepRows = false,
  rank: RankSheet = async () => 0,
): Promise<string> {
  const strings = members.find(({ name }) => name === "xl/sharedStrings.xml");
  const shared = strings ? await sharedStrings(strings) : [];
  const sheets = members.filter(({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name));
  let best = { rank: 0, cells: -1, name: "" };
  for (const sheet of sheets) {
    const draft = `${target}.sheet`;
    const cells = await sheetToCsv(sheet, shared, draft, keepRows);
    // Nothing is chosen between where there is one.
    const next = { rank: sheets.length > 1 ? await rank(draft) : 0, cells, name: sheet.name };
    if (next.rank > best.rank || (next.rank === best.rank && cells > best.cells)) {
      await rename(draft, target);
      best = next;
    } else await rm(draft);
  }
  if (best.cells < 0) throw new Error("holds no sheet");
  return sheetName(members, best.name);
}

/** The workbook names its sheets by relation, and the relations name the files. */
async function sheetName(members: readonly Member[], path: string): Promise<string> {
  const read = async (name: string) => {
    const parts: Buffer[] = [];
    const member = members.find((one) => one.name === name);
    if (member) for await (const chunk of await member.open()) parts.push(chunk as Buffer);
    return Buffer.concat(parts).toString("utf8");
  };
  const file = path.replace(/^xl\//, "");
  const relations = [...(await read("xl/_rels/workbook.xml.rels")).matchAll(/<Relationship\b[^>]*>/g)];
  const own = relations.find(([xml]) => /\bTarget="\/?(?:xl\/)?([^"]*)"/.exec(xml)?.[1] === file)?.[0] ?? "";
  const id = /\bId="([^"]*)"/.exec(own)?.[1];
  for (const [xml] of (await read("xl/workbook.xml")).matchAll(/<(?:\w+:)?sheet\s[^>]*>/g))
    if (id !== undefined && /\br:id="([^"]*)"/.exec(xml)?.[1] === id)
      return decoded(/\bname="([^"]*)"/.exec(xml)?.[1] ?? "");
  return file.replace(/^.*\/|\.xml$/g, "");
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

function decoded(xml: string): string {
  if (!/[&_]/.test(xml)) return xml;
  return xml
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex?: string, digits?: string, word?: string) => {
      if (word !== undefined) return ENTITIES[word] ?? all;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    })
    .replace(/_x([0-9A-F]{4})_/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** @returns how many cells are filled. */
async function sheetToCsv(
  member: Member,
  shared: readonly string[],
  target: string,
  keepRows: boolean,
): Promise<number> {
  let at = 0;
  const out = createWriteStream(target, { mode: 0o600 });
  let filled = 0;
  let width = 0;
  await elements(member, "row", async (xml) => {
    const cells = cellsOf(xml, shared);
    const row = Number(/^<[^>]*?\br="(\d+)"/.exec(xml)?.[1] ?? at + 1);
    // A forged row number fills no disk.
    if (keepRows && row - at < 10_000) out.write("\n".repeat(Math.max(row - at - 1, 0)));
    at = row;
    filled += cells.filter((cell) => cell !== "").length;
    width = Math.max(width, cells.length);
    const line = Array.from({ length: width }, (_, at) => quoted(cells[at] ?? "")).join(",");
    if (!out.write(`${line}\n`)) await once(out, "drain");
  });
  out.end();
  await finished(out);
  return filled;
}

function cellsOf(row: string, shared: readonly string[]): string[] {
  const cells: string[] = [];
  const found = row.matchAll(/<(?:\w+:)?c(?=[\s/>])([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g);
  for (const [, attributes = "", body = ""] of found) {
    const column = /\br="([A-Z]{1,3})\d*"/.exec(attributes)?.[1];
    const at = column === undefined ? cells.length : columnNumber(column);
    while (cells.length < at) cells.push("");
    cells[at] = cellValue(/\bt="(\w+)"/.exec(attributes)?.[1] ?? "n", body, shared);
  }
  return cells;
}

function cellValue(type: string, body: string, shared: readonly string[]): string {
  if (type === "inlineStr") return textOf(body);
  const value = decoded(/<(?:\w+:)?v(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?v>/.exec(body)?.[1] ?? "");
  if (type === "s") return shared[Number(value)] ?? "";
  // A number of more than 15 digits has lost some: written so that an id is seen to be damaged.
  if (type === "n" && /^\d{16,}$/.test(value)) return Number(value).toExponential();
  return type === "e" ? "" : value;
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
