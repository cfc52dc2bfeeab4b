import { h, number, read, say, text } from "./dom.ts";
import type { Field, Issue } from "./types.ts";

/** Rows that went in with a reservation; what has no row is about the whole file. */
export function isDoubt({ accepted }: Issue): boolean {
  return accepted === true;
}

/** A row of a file, which is named where there are several. */
export type Placed = Issue & { file?: string };

/** A line per reason, the most frequent first, with the place of one of them. */
export function byReason(
  issues: readonly Placed[],
  reasonOf: (issue: Issue) => string = ({ code, column }) => `${code} ${column}`,
): HTMLElement {
  const kinds = new Map<string, { issue: Placed; count: number }>();
  for (const issue of issues) {
    const known = kinds.get(reasonOf(issue));
    if (known) known.count++;
    else kinds.set(reasonOf(issue), { issue, count: 1 });
  }
  const rows = [...kinds.values()].sort((a, b) => b.count - a.count);
  return h(
    "table",
    { class: "tbl" },
    h(
      "thead",
      {},
      h("tr", {}, ...["reason", "count", "example"].map((key) => h("th", { scope: "col" }, say(key)))),
    ),
    h(
      "tbody",
      {},
      ...rows.map(({ issue, count }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, reason(issue)),
          h("td", {}, number(count)),
          h("td", { class: "sub" }, placeOf(issue)),
        ),
      ),
    ),
  );
}

function placeOf({ file, line }: Placed): string {
  return [file, line === null ? undefined : say("line", { n: line })].filter(Boolean).join(" · ");
}

const TITLES = new Map(
  read<{ fields: Field[] }[]>("fields", []).flatMap(({ fields }) =>
    fields.map(({ id, title }) => [id, title]),
  ),
);

/** What is wrong, with the field called as in the choice of columns. */
function reason({ column, message }: Issue): string {
  const said = text(message);
  const title = column === null ? undefined : TITLES.get(column);
  return title !== undefined && column !== null && said.startsWith(column)
    ? `${title}${said.slice(column.length)}`
    : said;
}
