import { open } from "node:fs/promises";
import Papa from "papaparse";
import type { Head } from "../kit/importer.ts";
import { quoteBigIntegers } from "../kit/json.ts";
import type { Source } from "./source.ts";

const HEAD_BYTES = 64 << 10;
/** The rows that may be the header (`HEADER_WITHIN`), and some below it. */
const HEAD_RECORDS = 36;
/** Of a document whose head is no JSON as a whole: enough for its first record. */
const FIRST = 1 << 10;
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/** The first 64 KiB of a source, seen as text, as a table and as JSON. */
export async function readHead(source: Pick<Source, "text" | "name" | "entries">): Promise<Head> {
  const file = await open(source.text);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const whole = bytesRead < HEAD_BYTES;
    const text = new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: !whole });
    const delimiter = guessDelimiter(text);
    return {
      name: source.name,
      text,
      delimiter,
      rows: tableRows(text, delimiter),
      json: firstJson(text),
      keys: keysOf(text),
      entries: source.entries,
    };
  } finally {
    await file.close();
  }
}

/**
 * The header line decides, the first that holds a delimiter at all: message texts hold every one there is. In quotes
 * they separate nothing.
 */
function guessDelimiter(text: string): string {
  const lines = text.split(/\r\n?|\n/, HEAD_RECORDS).map((one) => one.replace(/"[^"]*"/g, ""));
  const line = lines.find((one) => /[,\t;|]/.test(one.trim())) ?? "";
  const counts = [",", "\t", ";", "|"].map((mark) => [mark, line.split(mark).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function tableRows(text: string, delimiter: string): string[][] {
  if (/^\s*[[{<]/.test(text)) return [];
  // A file may end its lines in several ways, and the parser takes one for all.
  const { data } = Papa.parse<string[]>(text.replace(/\r\n?/g, "\n"), {
    delimiter,
    newline: "\n",
    preview: HEAD_RECORDS,
    skipEmptyLines: false,
  });
  return data.map((row) => row.map((cell) => cell.replace(/^[\s\uFEFF']+|(?<!\s)\s+$/g, "")));
}

/** The first value of the file, or of its first line; one that is cut off by the end of the head as far as it goes. */
function firstJson(text: string): unknown {
  const start = text.replace(/^[\s\uFEFF]+/, "");
  if (!/^[[{]/.test(start)) return undefined;
  const line = start.split("\n", 1)[0] ?? "";
  // A fault further on must not hide what the file begins with.
  for (const candidate of [start, line, completed(start), completed(start.slice(0, FIRST))]) {
    const value = parse(candidate);
    if (value !== undefined) return Array.isArray(value) ? value[0] : value;
  }
  return undefined;
}

/** Of JSON lines or an array of objects, in the order in which they first stand there. */
function keysOf(text: string): string[] {
  const start = text.replace(/^[\s\uFEFF]+/, "");
  const objects = start.startsWith("[")
    ? (parse(start) ?? parse(completed(start)))
    : start.split("\n").map((line) => (line.startsWith("{") ? parse(line) : undefined));
  if (!Array.isArray(objects)) return [];
  const flat = objects.filter((one): one is object => typeof one === "object" && one !== null);
  return [...new Set(flat.flatMap((one) => (Array.isArray(one) ? [] : Object.keys(one))))];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(quoteBigIntegers(text));
  } catch {
    return undefined;
  }
}

/** Cut JSON up to its last whole member, with the brackets closed that are still open there. */
function completed(text: string): string {
  let whole = 0;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    // Behind a bracket or before a comma every value is whole.
    if (token === ",") whole = index;
    else if (!token.startsWith('"')) whole = index + 1;
    if (depth === 0) break;
  }
  const kept = text.slice(0, whole);
  const open: string[] = [];
  for (const [token] of kept.matchAll(TOKENS)) {
    if (token === "{") open.push("}");
    else if (token === "[") open.push("]");
    else if (token === "}" || token === "]") open.pop();
  }
  return kept + open.reverse().join("");
}
