import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A cell as spreadsheet programs want it so that they leave long numbers alone: ="1234567890123456789". */
const WRAPPED = /(^|[,\t;\r\n])="([^"\r\n]*)"(?=[,\t;\r\n]|$)/g;

/** Whether the head of a table has such cells. */
export function isWrapped(head: string): boolean {
  return new RegExp(WRAPPED.source, "m").test(head);
}

/**
 * Writes a copy with those cells quoted as tables quote: a reader would end ="草莓, 2斤装" at its comma. Lines stay
 * where they are.
 */
export async function unwrap(from: string, to: string): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  const rewrite = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = rest + decoder.decode(chunk, { stream: true });
      const end = text.lastIndexOf("\n") + 1;
      rest = text.slice(end);
      done(null, Buffer.from(text.slice(0, end).replace(WRAPPED, '$1"$2"')));
    },
    flush(done) {
      done(null, Buffer.from((rest + decoder.decode()).replace(WRAPPED, '$1"$2"')));
    },
  });
  await pipeline(
    createReadStream(from, { highWaterMark: 4 << 20 }),
    rewrite,
    createWriteStream(to, { mode: 0o600 }),
  );
}
