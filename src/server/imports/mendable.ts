import type { Importer } from "../../kit/importer.ts";
import { parseJson } from "../../kit/json.ts";
import type { Row } from "../../warehouse/rows.ts";
import { type Key, merged, withValue } from "./json-tree.ts";

/** A rejected row as it is kept: its place, and what was read. */
interface Kept {
  line: number | null;
  sample: string | null;
}

/**
 * The rejected records of one file in that file's own format, to be mended and imported again under the file's own
 * name, which may say the group and the day.
 * @returns null for tables, whose rows come back as a table, and where nothing that can be mended was kept.
 */
export function mendable(
  importer: Importer | undefined,
  fileName: string,
  rows: readonly Row[],
): string | null {
  const kept = rows.map((row): Kept => ({ line: numberOf(row["line"]), sample: textOf(row["sample"]) }));
  // A log that begins with a record has an empty one.
  const frame = rows.map((row) => row["frame"]).find((one) => typeof one === "string") ?? null;
  if (importer?.form === "text") return frame === null ? null : log(frame, kept);
  if (importer?.form === "items") return frame === null ? null : document(importer.items, frame, kept);
  const isLines = importer?.form === "table" ? "json" in importer.reader : /\.jsonl?$/i.test(fileName);
  return isLines && (importer?.form === "table" || importer?.form === "columns") ? lines(null, kept) : null;
}

const numberOf = (value: unknown) => (value === null || value === undefined ? null : Number(value));
const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

/** A line that stands for a file of an archive, or for a line of one. */
const OF_ARCHIVE = /^\{"entry":("(?:[^"\\]|\\.)*"),"value":([\s\S]*)\}$/;

/**
 * The same of an archive or a folder: its files that hold a rejected record, whole or, where each line is a record, with
 * those lines alone, beside the lists that the records are read with. What of them was used before is known again.
 * @returns null where nothing that can be mended was kept, or the file was none.
 */
export function mendableEntries(
  importer: Importer | undefined,
  rows: readonly Row[],
): [path: string, text: string][] | null {
  if (importer?.form !== "items" || importer.items !== "lines") return null;
  const frame = parseJson(String(rows.find((row) => typeof row["frame"] === "string")?.["frame"] ?? "null"));
  const heads = Array.isArray(frame) ? frame.map((head) => JSON.stringify(head)) : [];
  const samples = rows.map((row) => textOf(row["sample"]) ?? "").filter((text) => OF_ARCHIVE.test(text));
  if (samples.length === 0) return null;
  const files = new Map<string, string>();
  for (const line of new Set([...heads, ...samples])) {
    const [, entry = '""', value = ""] = OF_ARCHIVE.exec(line) ?? [];
    const path = String(JSON.parse(entry));
    const text = /\.jsonl$/i.test(path) ? value.replace(/[\r\n]+/g, " ") : indented(value);
    if (path !== "") files.set(path, `${files.get(path) ?? ""}${text}\n`);
  }
  return [...files];
}

/** For who mends; what is no JSON stands as it was. */
function indented(json: string): string {
  try {
    return JSON.stringify(parseJson(json), null, 1);
  } catch {
    return json;
  }
}

function log(frame: string, kept: readonly Kept[]): string | null {
  const blocks = new Map(
    kept.flatMap(({ line, sample }) => (sample === null ? [] : [[line, sample] as const])),
  );
  if (blocks.size === 0) return null;
  const text = [frame, ...blocks.values()].join("");
  // Some formats know their records by the blank line behind each; the last of a file may have none.
  const [end] = /\r?\n$/.exec(text) ?? ["\n"];
  return text.includes(`${end}${end}`) && !text.endsWith(`${end}${end}`) ? text + end : text;
}

function lines(heads: readonly unknown[] | null, kept: readonly Kept[]): string | null {
  const samples = new Set(
    kept.flatMap(({ sample }) => (sample === null ? [] : [sample.replace(/[\r\n]+/g, " ")])),
  );
  if (samples.size === 0) return null;
  return [...(heads ?? []).map((head) => JSON.stringify(head)), ...samples]
    .map((line) => `${line}\n`)
    .join("");
}

/** The values in the arrays they stood in, before all that stood beside: a head of 64 KiB has to show one. */
function document(items: readonly string[] | "lines", frame: string, kept: readonly Kept[]): string | null {
  const rest = parseJson(frame);
  if (items === "lines") return lines(Array.isArray(rest) ? rest : null, kept);
  const texts: string[] = [];
  const values = new Map(kept.flatMap(({ sample }) => placed(sample)));
  let root: unknown;
  for (const { at, text } of values.values()) {
    root = withValue(root, at, `\u0000${texts.length}`);
    texts.push(text);
  }
  if (root === undefined) return null;
  const whole = JSON.stringify(merged(root, rest), null, 1);
  // Put in as it stood: no number loses a digit, and what is no JSON can be mended too.
  return `${whole.replace(/"\\u0000(\d+)"/g, (_, at: string) => texts[Number(at)] ?? "null")}\n`;
}

function placed(sample: string | null): [string, { at: Key[]; text: string }][] {
  try {
    const value = JSON.parse(sample ?? "") as { at?: unknown; text?: unknown };
    if (!Array.isArray(value.at) || typeof value.text !== "string") return [];
    return [[JSON.stringify(value.at), { at: value.at as Key[], text: value.text }]];
  } catch {
    return [];
  }
}
