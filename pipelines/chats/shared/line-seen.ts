import type { Line } from "../../../src/kit/importer.ts";
import { HEAD, orderOf, titleOf, withHeads } from "./line-grammar.ts";
import { LINE } from "./line-notices.ts";
import { applyRules } from "./notice-rules.ts";

/** What only the whole file settles. */
export interface Seen {
  order: "dmy" | "mdy" | undefined;
  /** Lines whose title heads a chat of two: one that is called so, where no third person writes and nobody comes or goes. */
  ofTwo: ReadonlySet<number>;
}

export function look(lines: Iterable<Line>): Seen {
  let order: Seen["order"];
  const ofTwo = new Set<number>();
  let head: number | undefined;
  let names = new Set<string>();
  for (const { no, text, isHead } of withHeads(lines)) {
    if (no === 1 || isHead) {
      head = titleOf(text)?.isOfTwo ? no : undefined;
      names = new Set();
      if (head !== undefined) ofTwo.add(head);
    }
    order ??= orderOf(text);
    if (head === undefined) continue;
    const [all, , , , , name = "", rest] = HEAD.exec(text) ?? [];
    if (all === undefined) continue;
    const isNotice = name === "" || rest === undefined;
    if (!isNotice) names.add(name);
    if (names.size > 2 || (isNotice && isOfGroup(rest ?? name))) {
      ofTwo.delete(head);
      head = undefined;
    }
  }
  return { order, ofTwo };
}

function isOfGroup(said: string): boolean {
  const event = applyRules(LINE, said.replace(/[。.]$/u, ""))?.event;
  return event !== undefined && event !== "recall_notice";
}
