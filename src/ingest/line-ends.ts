import { closeSync, openSync, readSync } from "node:fs";

const LOOK = 64 << 10;

/**
 * Whether the lines down to the first row end in more than one way, as where a program puts a title above what a library
 * wrote: DuckDB takes the first end it meets for that of all, finds no row at all, and says nothing.
 * @param headerRow below 0 where there is no header.
 */
export function endsDiffer(path: string, headerRow: number): boolean {
  if (headerRow < 0) return false;
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(LOOK);
    const text = bytes.toString("latin1", 0, readSync(file, bytes, 0, LOOK, 0));
    // What a cell holds in its quotes ends no line.
    const ends = text.replace(/"[^"]*"/g, "").match(/\r\n?|\n/g) ?? [];
    return new Set(ends.slice(0, headerRow + 2)).size > 1;
  } finally {
    closeSync(file);
  }
}
