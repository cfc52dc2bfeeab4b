import { closeSync, createReadStream, createWriteStream, openSync, readSync } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

const LOOK = 64 << 10;
const PIECE = 4 << 20;
const LF = 0x0a;
const CR = 0x0d;

/** Whether the lines of a UTF-8 text end in CR alone, as tools of the old Mac write them: it has no LF at all. */
export function endsInCr(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(PIECE);
    let hasCr = false;
    for (let size = LOOK; ; size = PIECE) {
      const piece = bytes.subarray(0, readSync(file, bytes, 0, size, null));
      if (piece.includes(LF)) return false;
      hasCr ||= piece.includes(CR);
      // A document of one line, as most JSON is, need not be read to its end.
      if (piece.length === 0 || !hasCr) return hasCr;
    }
  } finally {
    closeSync(file);
  }
}

/** Writes a copy whose lines end in LF. In UTF-8 no other character holds this byte. */
export async function crToLf(from: string, to: string): Promise<void> {
  const turn = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let at = chunk.indexOf(CR); at >= 0; at = chunk.indexOf(CR, at + 1)) chunk[at] = LF;
      done(null, chunk);
    },
  });
  await pipeline(
    createReadStream(from, { highWaterMark: PIECE }),
    turn,
    createWriteStream(to, { mode: 0o600 }),
  );
}

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
