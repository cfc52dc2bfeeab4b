import { closeSync, createReadStream, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { zipMembers } from "../ingest/archive.ts";

/** Every regular file below a folder, sorted. */
export function everyFile(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const CHUNK = 1 << 22;

/** Whether one of the values stands in the file as UTF-8. Memory does not follow the file's size. */
export function holds(path: string, values: readonly string[]): boolean {
  const needles = values.map((value) => Buffer.from(value));
  const longest = Math.max(0, ...needles.map(({ length }) => length));
  if (longest === 0) return false;
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(CHUNK + longest);
    for (let kept = 0; ; ) {
      const read = readSync(file, buffer, kept, CHUNK, null);
      if (read === 0) return false;
      const seen = buffer.subarray(0, kept + read);
      if (needles.some((needle) => seen.includes(needle))) return true;
      kept = Math.min(longest, seen.length);
      seen.copy(buffer, 0, seen.length - kept);
    }
  } finally {
    closeSync(file);
  }
}

/** Whether the file has a text like this: as it is, or in one of its files, as in a workbook. Memory does not follow its size. */
export async function tells(path: string, pattern: RegExp): Promise<boolean> {
  if (await tellsIn(createReadStream(path, { highWaterMark: CHUNK }), pattern)) return true;
  if (!holds(path, ["PK\u0003\u0004"])) return false;
  // What only looks like an archive, or is a broken one, was read as it is.
  const archive = await zipMembers(path).catch(() => null);
  try {
    for (const { open } of archive?.files ?? []) if (await tellsIn(await open(), pattern)) return true;
    return false;
  } finally {
    archive?.close();
  }
}

async function tellsIn(stream: Readable, pattern: RegExp): Promise<boolean> {
  const decoder = new StringDecoder("utf8");
  let text = "";
  for await (const part of stream) {
    // Nothing that is found is longer than what it is found by.
    text = text.slice(-pattern.source.length) + decoder.write(part as Buffer);
    if (pattern.test(text)) return true;
  }
  return false;
}
