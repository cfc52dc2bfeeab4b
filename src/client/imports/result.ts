import { goTo, h, listed, number, post, say, text, told, why } from "./dom.ts";
import { byReason, isDoubt, type Placed } from "./reasons.ts";
import type { Result } from "./types.ts";

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
  const concerned = weeks.length > 6 ? `${weeks[0]} – ${weeks.at(-1)}` : listed(weeks);
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
  const doubts = placed(results.filter(({ status }) => status !== "failed")).filter(isDoubt);
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
        h("ul", {}, ...failed.map((one) => h("li", {}, told(one.path, text(one.issues[0]?.message))))),
      ),
    );
  const taken = results.filter(({ status }) => status === "imported");
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
          click: ({ currentTarget }) =>
            void undo(
              batch,
              currentTarget as HTMLButtonElement,
              taken.map(({ path }) => path),
              sum((one) => one.accepted),
            ),
        },
        say("undo"),
      ),
      h("a", { class: "control dark", href: "/" }, say("see")),
    ),
  );
  place.querySelector<HTMLElement>(".result")?.focus();
}

/** The rows of all files, each with its file where there is more than one. */
function placed(results: readonly Result[]): Placed[] {
  return results.flatMap(({ issues, path }) =>
    issues.map((one) => (results.length > 1 ? { ...one, file: path } : one)),
  );
}

function rejects(batch: string, results: readonly Result[], total: number): HTMLElement {
  const refused = placed(results).filter((one) => !isDoubt(one));
  return h(
    "div",
    { class: "card" },
    h(
      "div",
      { class: "head" },
      h("div", {}, h("h3", {}, say("rejects_title")), h("p", { class: "sub" }, say("rejects_sub"))),
      h("a", { class: "control", href: `/api/v1/imports/${batch}/rejects` }, say("rejects_download")),
    ),
    byReason(refused),
    // The server tells the first ones of a file that has thousands.
    refused.length < total && h("p", { class: "sub" }, say("rejects_first", { n: number(refused.length) })),
  );
}

/** As many names as fit a question. */
const NAMED = 10;

/** Asks first, with the files and the number of rows that go, then says which later files have to be imported once more. */
export async function undo(
  batch: string,
  button: HTMLButtonElement,
  files: readonly string[],
  rows: number,
): Promise<void> {
  const names = files.slice(0, NAMED).map((name) => `· ${name}`);
  if (files.length > NAMED) names.push(say("undo_more", { n: files.length - NAMED }));
  const lead = say("undo_sure", { k: number(files.length), n: number(rows) });
  if (!confirm([lead, ...names, "", say("undo_then")].join("\n"))) return;
  button.disabled = true;
  const note = h("p", { class: "sub", role: "status" }, say("undoing"));
  button.after(note);
  try {
    const done = await post<{ removed?: string[]; reopened?: string[] }>(`/api/v1/imports/${batch}/undo`);
    const again = done.reopened ?? [];
    note.textContent = [
      say("undone", { files: listed(done.removed ?? []) }),
      ...(again.length > 0 ? [say("reopened", { files: listed(again) })] : []),
    ].join(" ");
    // Nothing of the result is true any more, and the history has other rows.
    button.closest("#import-run")?.replaceChildren();
    note.className = "notice";
    document.addEventListener(
      "renewed",
      () => {
        document.querySelector("#history .head")?.after(note);
        goTo(note);
      },
      { once: true },
    );
    document.dispatchEvent(new CustomEvent("renew", { detail: "history" }));
  } catch (error) {
    button.disabled = false;
    note.textContent = why(error);
  }
}
