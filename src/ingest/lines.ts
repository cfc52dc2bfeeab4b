import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import type { Line } from "../kit/importer.ts";

/** The lines of a chunk live at the same time: larger ones outlive the young generation and cost twice. */
const CHUNK = 1 << 16;
const MAX_LINE = 4 << 20;

/**
 * Lines of a UTF-8 file without their ends and without a BOM, in constant memory. Read without promises: a log of
 * millions of lines would spend more time on them than on its text. `crlf` splits at CRLF only; a line over 4 MiB is
 * cut there.
 */
export function* readLines(
  path: string,
  separator: "any" | "crlf",
  /** Bytes to read at a time. */
  chunk = CHUNK,
): Generator<Line> {
  const file = openSync(path, "r");
  const decoder = new StringDecoder("utf8");
  const bytes = Buffer.alloc(chunk);
  const end = separator === "crlf" ? "\r\n" : /\r\n|\n|\r/;
  let rest = "";
  let no = 1;
  try {
    for (let read = -1; read !== 0; ) {
      read = readSync(file, bytes, 0, chunk, null);
      let text = rest + (read === 0 ? decoder.end() : decoder.write(bytes.subarray(0, read)));
      // Files that were put one behind the other bring a mark each, at the beginning of a line.
      text = text.replace(/^\uFEFF/, "").replaceAll("\n\uFEFF", "\n");
      // A CR at the end of the chunk may be half of a CRLF.
      const held = read > 0 && text.endsWith("\r") ? "\r" : "";
      if (held) text = text.slice(0, -1);
      const lines = text.split(separator === "any" && !text.includes("\r") ? "\n" : end);
      rest = (lines.pop() ?? "") + held;
      for (const line of lines) {
        yield { no, text: line };
        // Numbered as an editor does, for which a lone CR or LF ends a line too.
        no += 1 + (separator === "crlf" ? (line.match(/\r|\n/g)?.length ?? 0) : 0);
      }
      if (rest.length > MAX_LINE) {
        yield { no: no++, text: rest };
        rest = "";
      }
    }
    rest = rest.replace(/\r$/, "");
    if (rest !== "") yield { no, text: rest };
  } finally {
    closeSync(file);
  }
}
