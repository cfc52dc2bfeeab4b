import { h, number, post, read, say, text } from "./dom.ts";
import type { Field, Issue, Result } from "./types.ts";

/** What became of a batch: four sums, rejected and doubtful rows by reason, the files that failed, and two ways on. */
export function drawResult(
  batch: string,
  results: readonly Result[],
  weeks: readonly string[],
  place: HTMLElement,
): void {
  const sum = (of: (result: Result) => number) => results.reduce((total, one) => total + of(one), 0);
  const rejected = sum((one) => one.rejected);
  const failed = results.filter(({ status }) => status === "failed");
  const concerned = weeks.length > 6 ? `${weeks[0]} – ${weeks.at(-1)}` : weeks.join("、");
  place.append(
    h("h2", { class: "result", tabindex: "-1" }, say("step_result")),
    h(
      "dl",
      { class: "card sums" },
      ...(
        [
          ["new", sum((one) => one.accepted)],
          ["duplicate", sum((one) => one.duplicate)],
          ["rejected", rejected],
          ["read", sum((one) => one.read)],
        ] as const
      ).map(([key, value]) => h("div", {}, h("dt", {}, say(key)), h("dd", {}, number(value)))),
    ),
  );
  if (rejected > 0) place.append(rejects(batch, results, rejected));
  const doubts = results.flatMap((one) => (one.status === "failed" ? [] : one.issues.filter(isDoubt)));
  if (doubts.length > 0)
    place.append(
      h(
        "div",
        { class: "card" },
        h("h3", {}, say("doubts_title")),
        h("p", { class: "sub" }, say("doubts_sub")),
        byReason(doubts, ({ code }) => code),
      ),
    );
  if (failed.length > 0)
    place.append(
      h(
        "div",
        { class: "card" },
        h("h3", {}, say("failed_files")),
        h("ul", {}, ...failed.map((one) => h("li", {}, `${one.path}：${text(one.issues[0]?.message)}`))),
      ),
    );
  place.append(
    h(
      "div",
      { class: "card row" },
      h("p", {}, weeks.length > 0 ? say("weeks", { weeks: concerned }) : say("no_weeks")),
      h("span", { class: "push" }),
      h(
        "button",
        {
          type: "button",
          class: "control",
          click: ({ currentTarget }) => void undo(batch, currentTarget as HTMLButtonElement),
        },
        say("undo"),
      ),
      h("a", { class: "control dark", href: "/" }, say("see")),
    ),
  );
  place.querySelector<HTMLElement>(".result")?.focus();
}

/** Rows that went in with a reservation; what has no row is about the whole file. */
function isDoubt({ accepted }: Issue): boolean {
  return accepted === true;
}

function rejects(batch: string, results: readonly Result[], total: number): HTMLElement {
  const refused = results.flatMap(({ issues }) => issues.filter((one) => !isDoubt(one)));
  return h(
    "div",
    { class: "card" },
    h(
      "div",
      { class: "head" },
      h("div", {}, h("h3", {}, say("rejects_title")), h("p", { class: "sub" }, say("rejects_sub"))),
      h("a", { class: "control", href: `/api/v1/imports/${batch}/rejects` }, say("rejects_download")),
    ),
    byReason(refused, ({ code, column }) => `${code} ${column}`),
    // The server tells the first ones of a file that has thousands.
    refused.length < total && h("p", { class: "sub" }, say("rejects_first", { n: number(refused.length) })),
  );
}

/** A line per reason, the most frequent first, with the place of one of them. */
function byReason(issues: readonly Issue[], reasonOf: (issue: Issue) => string): HTMLElement {
  const kinds = new Map<string, { issue: Issue; count: number }>();
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
          h("td", { class: "sub" }, issue.line === null ? "" : say("line", { n: issue.line })),
        ),
      ),
    ),
  );
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

/** Asks first, then says which later files have to be imported once more. */
export async function undo(batch: string, button: HTMLButtonElement): Promise<void> {
  if (!confirm(say("undo_sure"))) return;
  button.disabled = true;
  const note = h("p", { class: "sub", role: "status" }, say("undoing"));
  button.after(note);
  try {
    const done = await post<{ removed?: string[]; reopened?: string[] }>(`/api/v1/imports/${batch}/undo`);
    const again = done.reopened ?? [];
    note.textContent = [
      say("undone", { files: (done.removed ?? []).join("、") }),
      ...(again.length > 0 ? [say("reopened", { files: again.join("、") })] : []),
    ].join(" ");
    // In the history the note takes the button's place; elsewhere the history has to follow.
    if (!button.closest("#history")) document.dispatchEvent(new CustomEvent("renew", { detail: "history" }));
    button.remove();
  } catch (error) {
    button.disabled = false;
    note.textContent = error instanceof Error ? error.message : say("error");
  }
}
