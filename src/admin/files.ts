import { closeSync, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";

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
