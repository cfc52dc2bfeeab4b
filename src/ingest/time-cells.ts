import { createReadStream, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { canonicalHeader } from "../kit/evidence.ts";
import type { ColumnsImporter, Head } from "../kit/importer.ts";
import { csvRecords } from "./csv-records.ts";
import type { KindSpec } from "./kinds/kind.ts";
import type { Source } from "./source.ts";

/** A key and its text in a document of objects. */
const PAIR = /"((?:[^"\\]|\\.){1,99})"\s*:\s*("(?:[^"\\]|\\.){1,99}")/g;
/** Larger documents are programs' own, which write days in full. */
const MOST_BYTES = 64 << 20;

/** The names of a table's columns of times; of what lasts, those of its begin and end. */
function timeNames({ columns }: ColumnsImporter, kind: KindSpec): string[] {
  const times = kind.lasts
    ? [kind.lasts.from, kind.lasts.to]
    : Object.keys(columns).filter((one) => kind.columns[one] === "time");
  return times.flatMap((one) => columns[one] ?? []).map(canonicalHeader);
}

/** Where the columns of times stand in the header. */
export function timePlaces(importer: ColumnsImporter, kind: KindSpec, header: readonly string[]): number[] {
  const names = timeNames(importer, kind);
  return header.flatMap((one, at) => (names.includes(canonicalHeader(one)) ? [at] : []));
}

/** The cells of a table in these places, or of its times where it is a document of objects; empty ones are left out. */
export async function* timeCells(
  importer: ColumnsImporter | undefined,
  kind: KindSpec,
  { text }: Pick<Source, "text">,
  { keys, delimiter }: Pick<Head, "keys" | "delimiter">,
  headerRow: number,
  places: readonly number[],
): AsyncGenerator<string> {
  if (importer && keys.length > 0) {
    if (statSync(text).size > MOST_BYTES) return;
    const names = timeNames(importer, kind);
    for await (const line of createInterface({ input: createReadStream(text) }))
      for (const [, key = "", value = '""'] of line.matchAll(PAIR))
        if (names.includes(canonicalHeader(key))) yield textOf(value);
    return;
  }
  if (places.length === 0) return;
  let row = 0;
  for await (const { fields } of csvRecords(text, delimiter, headerRow)) {
    if (row++ <= headerRow) continue;
    for (const at of places) {
      const cell = fields?.[at]?.trim() ?? "";
      if (cell !== "") yield cell;
    }
  }
}

function textOf(json: string): string {
  try {
    return String(JSON.parse(json)).trim();
  } catch {
    return "";
  }
}
