import { type Issue, issue, type Line } from "../../../src/kit/importer.ts";

/** A header line with the lines up to the next header. */
export interface Block {
  line: number;
  head: RegExpExecArray;
  text: string;
}

/**
 * Cuts a log of "header, text, blank line" records. A header counts at the file's start and after a blank line only:
 * a text may quote one. Lines before the first header are issues.
 * @param isJoined whether a header without a blank line before it is one all the same, behind the record that is open.
 */
export function* blocks(
  lines: Iterable<Line>,
  header: RegExp,
  isJoined: (head: RegExpExecArray, open: RegExpExecArray) => boolean = () => false,
): Generator<Block | Issue> {
  let open: Block | undefined;
  let isAfterBlank = true;
  for (const { no, text } of lines) {
    const found = header.exec(text);
    const head = found && (isAfterBlank || (open && isJoined(found, open.head))) ? found : null;
    isAfterBlank = text.trim() === "";
    if (head) {
      if (open) yield closed(open);
      open = { line: no, head, text: "" };
    } else if (open) open.text += `${open.text === "" ? "" : "\n"}${text}`;
    else if (!isAfterBlank) yield issue(no, "text_before_first_message", text);
  }
  if (open) yield closed(open);
}

function closed(block: Block): Block {
  return { ...block, text: block.text.trimEnd() };
}
