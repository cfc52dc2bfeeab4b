import type { Line } from "../../../src/kit/importer.ts";

/** Lines as they are; those of a file without CRLF, which come as one, split at LF. */
export function* withLineEnds(lines: Iterable<Line>): Generator<Line> {
  let rest: string | undefined;
  let no = 0;
  for (const line of lines) {
    if (line.no === 1 && line.text.includes("\n")) rest = "";
    if (rest === undefined) {
      yield line;
      continue;
    }
    const parts = (rest + line.text).split("\n");
    rest = parts.pop() ?? "";
    for (const text of parts) yield { no: ++no, text };
  }
  if (rest) yield { no: no + 1, text: rest };
}
