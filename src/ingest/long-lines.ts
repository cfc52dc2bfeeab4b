import { closeSync, openSync, readSync, statSync } from "node:fs";

const STEP = 4 << 20;
const LOOK = 64 << 10;

/**
 * Whether a line may be longer than 8 MiB: DuckDB leaves out lines of hundreds of megabytes without a word. Looks at
 * one place in 4 MiB, and reads on only where no line ends there.
 */
export function hasLongLine(path: string): boolean {
  const { size } = statSync(path);
  if (size < STEP) return false;
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(LOOK);
    for (let step = 0; step < size; step += STEP) {
      let at = step;
      while (at - step < STEP) {
        const read = readSync(file, buffer, 0, LOOK, at);
        if (read === 0 || endsLine(buffer.subarray(0, read))) break;
        at += read;
      }
      if (at - step >= STEP) return true;
    }
    return false;
  } finally {
    closeSync(file);
  }
}

function endsLine(bytes: Buffer): boolean {
  return bytes.includes(10) || bytes.includes(13);
}
