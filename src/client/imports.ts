/*
 * The imports page: files are sent as they are, recognised by the server with the code of the command line, checked
 * row by row without keeping any, then imported as one batch.
 */
import { drawCard, drawCheck, type Parts } from "./imports/card.ts";
import { goTo, h, post, root, say, text, why } from "./imports/dom.ts";
import { follow } from "./imports/progress.ts";
import { undo } from "./imports/result.ts";
import type { Archive, Item, Recognised, Result } from "./imports/types.ts";
import { upload } from "./imports/upload.ts";

const items = new Set<Item>();
const list = document.querySelector<HTMLElement>("#import-files");
const place = document.querySelector<HTMLElement>("#import-run");
const start = document.querySelector<HTMLButtonElement>("#import-start");

function step(now: number): void {
  document.querySelectorAll(".steps li").forEach((one, at) => {
    if (at === now) one.setAttribute("aria-current", "step");
    else one.removeAttribute("aria-current");
  });
}

const ready = () =>
  [...items].filter(({ answer, blocked, result }) => answer && !blocked && result?.status === "imported");

const isKnown = ({ result }: Item) => result?.status === "unchanged";

/** On their way, or being checked: the button says how many, so that nobody takes a part for all. */
const pending = () =>
  [...items].filter(({ answer, blocked, result }) => !answer || (!blocked && !result)).length;

function refresh(): void {
  const n = ready().length;
  const k = pending();
  if (!start) return;
  start.disabled = n === 0;
  if (n > 0) start.textContent = `${say("start", { n })}${k > 0 ? say("start_before", { k }) : ""}`;
  else start.textContent = k > 0 ? say("checking_files", { k }) : say("none_ready");
  start.hidden = items.size === 0;
  step(items.size === 0 ? 0 : 1);
}

/** Checks anew after every choice; an answer to an earlier choice is dropped. */
async function check(item: Item, parts: Parts): Promise<void> {
  item.result = null;
  drawCheck(item, parts, () => void check(item, parts));
  refresh();
  if (item.blocked || !item.answer) return;
  const asked = JSON.stringify(item.choice);
  const result: Result & { error?: { zh: string; en: string } } = await post<Result>(
    `/api/v1/imports/uploads/${item.answer.upload}/check`,
    item.choice,
    () => void check(item, parts),
  ).catch((error: Error) => failed(error.message));
  if (JSON.stringify(item.choice) !== asked) return;
  item.result = result.error ? failed(result.error) : result;
  drawCheck(item, parts, () => void check(item, parts));
  refresh();
}

function failed(message: string | { zh: string; en: string }): Result {
  const said = typeof message === "string" ? { zh: message, en: message } : message;
  const issues = [{ line: null, column: null, code: "failed", message: said }];
  return {
    path: "",
    importer: null,
    status: "failed",
    read: 0,
    accepted: 0,
    duplicate: 0,
    rejected: 0,
    issues,
    notes: [],
  };
}

/** A file on its way, recognised, or refused, and how it leaves the list. */
function newItem(name: string): { item: Item; remove: () => void } {
  const card = h("article", { class: "card file" }, h("h2", {}, name));
  const item: Item = { name, card, answer: null, choice: {}, result: null, blocked: null };
  items.add(item);
  list?.append(card);
  const remove = () => {
    items.delete(item);
    const next = card.nextElementSibling?.querySelector<HTMLElement>("h2");
    if (next) goTo(next);
    else document.querySelector<HTMLElement>("#drop input")?.focus();
    card.remove();
    refresh();
  };
  return { item, remove };
}

function refuse(item: Item, why: string, remove: () => void): void {
  item.card.replaceChildren(
    h("h2", {}, item.name),
    h("p", { class: "tag worse" }, why),
    h("p", {}, h("button", { type: "button", class: "control", click: remove }, say("remove"))),
  );
  items.delete(item);
  refresh();
}

async function show(item: Item, answer: Recognised, remove: () => void): Promise<void> {
  item.answer = answer;
  const parts = { status: h("div", { class: "status", role: "status" }), preview: h("div") };
  item.check = () => void check(item, parts);
  drawCard(item, parts, item.check, remove);
  await check(item, parts);
}

/** Several exports in one archive are as many cards, checked one after the other. */
async function showArchive({ archive, files, notes }: Archive, card: HTMLElement): Promise<void> {
  card.replaceChildren(h("h2", {}, archive), ...notes.map((note) => h("p", { class: "sub" }, text(note))));
  if (notes.length === 0) card.remove();
  const shown = files.map((answer) => ({ answer, ...newItem(answer.name) }));
  for (const { answer, item, remove } of shown)
    if ("error" in answer) refuse(item, text(answer.error), remove);
    else await show(item, answer, remove);
}

async function add(file: File): Promise<void> {
  const meter = h("progress", { max: "1", value: "0", "aria-label": say("uploading") });
  const { item, remove } = newItem(file.name);
  const note = h("p", { class: "sub" }, say("uploading"));
  item.card.append(note, meter);
  refresh();
  let answer: Recognised | Archive;
  try {
    answer = await upload(
      file,
      (share) => {
        meter.value = share;
        // A full bar that stays is no upload that hangs.
        if (share >= 1) note.textContent = say("recognising");
      },
      () => {
        item.card.remove();
        void add(file);
      },
    );
  } catch (error) {
    return refuse(item, why(error), remove);
  }
  if (!("archive" in answer)) return show(item, answer, remove);
  items.delete(item);
  await showArchive(answer, item.card);
}

/** Files of a batch that was cancelled or broke off: the server has them still, with every answer that was given. */
function takeUp(chosen: readonly Item[]): void {
  for (const item of chosen) {
    items.add(item);
    list?.append(item.card);
    item.check?.();
  }
  refresh();
}

async function run(): Promise<void> {
  const chosen = ready();
  if (!start || !place || chosen.length === 0) return;
  start.disabled = true;
  try {
    const files = chosen.map(({ answer, choice }) => ({ upload: answer?.upload, ...choice }));
    const { batch } = await post<{ batch: string }>("/api/v1/imports", { files });
    step(2);
    start.hidden = true;
    // What still waits for an answer stays.
    for (const item of [...chosen, ...[...items].filter(isKnown)]) {
      items.delete(item);
      item.card.remove();
    }
    follow(batch, chosen.length, place, () => takeUp(chosen));
    const heading = place.querySelector("h2");
    if (heading) goTo(heading);
  } catch (error) {
    place.replaceChildren(h("p", { class: "tag worse" }, why(error)));
    start.disabled = false;
  }
}

root?.addEventListener("ended", () => {
  refresh();
  step(3);
  // What was imported stands in the history below; the page's own script makes markup.
  document.dispatchEvent(new CustomEvent("renew", { detail: "history" }));
});
start?.addEventListener("click", () => void run());
const drop = document.querySelector<HTMLElement>("#drop");
const input = document.querySelector<HTMLInputElement>("#drop input");
input?.addEventListener("change", () => {
  for (const file of input.files ?? []) void add(file);
  input.value = "";
});
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
drop?.addEventListener("dragover", () => drop.classList.add("over"));
for (const name of ["dragleave", "drop"]) drop?.addEventListener(name, () => drop.classList.remove("over"));
drop?.addEventListener("drop", ({ dataTransfer }) => {
  for (const file of dataTransfer?.files ?? []) void add(file);
});
document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLButtonElement>("[data-undo]") : null;
  const { undo: batch = "", files = "[]", rows = "0" } = button?.dataset ?? {};
  if (button) void undo(batch, button, JSON.parse(files) as string[], Number(rows));
});

/** What was begun in another tab, or before this page was loaded again, is followed from its first event. */
async function resume(): Promise<void> {
  // Where nothing can be imported there is nothing to ask.
  if (!place) return;
  const answer = await fetch("/api/v1/imports/running").catch(() => undefined);
  if (!answer?.ok) return;
  const { running } = (await answer.json()) as { running: { batch: string; files: number }[] };
  const last = running.at(-1);
  if (!last || place.childElementCount > 0) return;
  step(2);
  follow(last.batch, last.files, place);
}
void resume();
