import { goTo, h, number, post, root, say, text, why } from "./dom.ts";
import { drawResult } from "./result.ts";
import type { Result } from "./types.ts";

const STAGES = ["upload", "read", "check", "match", "write", "build"] as const;
type Stage = (typeof STAGES)[number];

interface Event {
  type: string;
  file?: number;
  step?: Stage;
  done?: number;
  total?: number;
  result?: Result;
  weeks?: { label: string; week: string }[];
  from?: string | null;
  to?: string | null;
  zh?: string;
  en?: string;
}

/**
 * Follows a batch by server-sent events: a bar for each of six stages, then the result.
 * @param again puts the files back that were not taken in; a page that did not begin the batch has none.
 */
export function follow(batch: string, files: number, place: HTMLElement, again?: () => void): void {
  const bars = new Map(STAGES.map((stage) => [stage, bar(stage)] as const));
  const note = h("p", { class: "sub", role: "status" });
  const cancel = h("button", { type: "button", class: "control", click: () => void stop() }, say("cancel"));
  place.replaceChildren(
    h("div", { class: "head" }, h("h2", {}, say("step_import")), cancel),
    h("div", { class: "card bars" }, ...[...bars.values()].map(({ row }) => row), note),
  );
  bars.get("upload")?.set(1, say("done"));
  const results: Result[] = [];
  let span: [string | null, string | null] = [null, null];
  // EventSource sends Last-Event-ID by itself when it reconnects.
  const stream = new EventSource(`/api/v1/imports/${batch}/events`);
  stream.addEventListener("open", () => note.replaceChildren());
  stream.addEventListener("error", () => {
    // A browser does not ask again once it was refused: a server that was started anew knows of no import.
    if (stream.readyState === EventSource.CLOSED) end({ type: "gone" });
    else note.textContent = say("lost");
  });
  stream.addEventListener("message", ({ data }) => {
    const event = JSON.parse(data as string) as Event;
    if (event.type === "file" && event.step) step(event.file ?? 0, event.step);
    if (event.type === "result" && event.result) {
      results.push(event.result);
      for (const stage of STAGES.slice(1, 5)) bars.get(stage)?.set(results.length / files, count(stage));
    }
    if (event.type === "imported") span = [event.from ?? null, event.to ?? null];
    if (event.type === "build")
      bars
        .get("build")
        ?.set(
          (event.done ?? 0) / (event.total || 1),
          say("of", { done: event.done ?? 0, total: event.total ?? 0 }),
        );
    if (!["done", "error", "cancelled"].includes(event.type)) return;
    // It was over before it could be stopped: what it took in is being taken out.
    if (cancel.disabled && event.type !== "cancelled") stream.close();
    else end(event);
  });
  const step = (file: number, at: Stage) => {
    for (const stage of STAGES.slice(1, STAGES.indexOf(at)))
      bars.get(stage)?.set((Math.max(file, 0) + 0.5) / files, "");
  };
  const sum = (of: (result: Result) => number) => number(results.reduce((total, one) => total + of(one), 0));
  const count = (stage: Stage): string => {
    if (stage === "read") return say("count_read", { n: sum(({ read }) => read) });
    if (stage === "check") return say("count_check", { n: sum(({ rejected }) => rejected) });
    if (stage === "match") return say("count_match", { n: sum(({ duplicate }) => duplicate) });
    return say("count_write", { n: sum(({ accepted }) => accepted) });
  };
  let isOver = false;
  const end = (event: Event) => {
    if (isOver) return;
    isOver = true;
    stream.close();
    const wasThere = document.activeElement === cancel || document.activeElement === document.body;
    cancel.remove();
    if (event.type === "done") {
      bars.get("build")?.set(1, say("done"));
      drawResult(batch, results, weeksIn(event.weeks ?? [], span), place);
    } else if (event.type === "cancelled")
      note.textContent = `${say("cancelled")} ${say(again ? "files_back" : "files_drop")}`;
    else if (event.type === "gone") note.replaceChildren(h("span", { class: "tag warn" }, say("gone")));
    else if (event.type === "error")
      note.replaceChildren(
        h(
          "span",
          { class: "tag worse" },
          text(event.zh ? { zh: event.zh, en: event.en ?? "" } : say("stopped")),
        ),
        h("p", {}, say(again ? "files_back" : "files_drop")),
      );
    if (event.type !== "done" && wasThere) goTo(note);
    root?.dispatchEvent(new CustomEvent("ended"));
    if (event.type === "cancelled" || event.type === "error") again?.();
  };
  const stop = async () => {
    cancel.disabled = true;
    note.textContent = say("cancelling");
    try {
      await post(`/api/v1/imports/${batch}/cancel`);
      end({ type: "cancelled" });
    } catch (error) {
      cancel.disabled = false;
      note.textContent = why(error);
    }
  };
}

/** Labels of the weeks that a span of local days touches, oldest first. */
function weeksIn(
  weeks: { label: string; week: string }[],
  [from, to]: [string | null, string | null],
): string[] {
  if (!from || !to) return [];
  const end = (week: string) =>
    new Date(Date.parse(`${week}T00:00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10);
  return weeks
    .filter(({ week }) => week <= to && end(week) > from)
    .map(({ label }) => label)
    .reverse();
}

function bar(stage: Stage): { row: HTMLElement; set: (share: number, label: string) => void } {
  const meter = h("progress", { max: "1", value: "0", "aria-label": say(`stage_${stage}`) });
  const label = h("span", { class: "num sub" });
  const row = h("div", { class: "bar-row" }, h("span", {}, say(`stage_${stage}`)), meter, label);
  return {
    row,
    set: (share, words) => {
      meter.value = Math.max(meter.value, Math.min(share, 1));
      if (words !== "") label.textContent = words;
      row.classList.toggle("full", meter.value >= 1);
    },
  };
}
