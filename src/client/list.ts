/*
 * A list that is searched, ordered and paged in place: the server makes the page as always, and only the parts that
 * changed are put into this one, so that what is typed and the focus stay. Without it the same links and form work.
 */
import { parsed } from "./markup.ts";

/** Long enough to finish a word, short enough to feel like none. Milliseconds. */
const PAUSE = 250;

const form = document.querySelector<HTMLFormElement>("form.search[data-list]");
const input = form?.querySelector<HTMLInputElement>("input[type=search]");
let asked: AbortController | undefined;
let timer: number | undefined;

if (form && input) {
  const typed = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(wanted(form), "replace"), PAUSE);
  };
  input.addEventListener("input", (event) => {
    // Pinyin on its way to characters is no search yet.
    if (!(event instanceof InputEvent && event.isComposing)) typed();
  });
  input.addEventListener("compositionend", typed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    void show(wanted(form), "push");
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    const link = event.target.closest<HTMLAnchorElement>("[data-list] a[href^='/segments']");
    if (!link) return;
    event.preventDefault();
    void show(link.href, "push");
  });
  addEventListener("popstate", () => void show(location.href, "keep"));
}

function wanted(of: HTMLFormElement): string {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(of)) if (value !== "") query.set(name, String(value));
  return new URL(`${of.action}?${query}`).href;
}

/** Puts the parts of another page of this list into this one; on any trouble the link is followed as usual. */
async function show(href: string, entry: "push" | "replace" | "keep"): Promise<void> {
  asked?.abort();
  const mine = new AbortController();
  asked = mine;
  const rows = document.querySelector("[data-part=rows]");
  rows?.setAttribute("aria-busy", "true");
  rows?.classList.add("loading");
  try {
    const answer = await fetch(href, { signal: mine.signal });
    // Whoever has to sign in again was led to another page than the list.
    if (!answer.ok || answer.redirected) return location.assign(href);
    put(parsed(await answer.text(), "text/html"));
  } catch {
    // A later search took its place, and its answer comes.
    return mine.signal.aborted ? undefined : location.assign(href);
  }
  if (entry === "push") history.pushState(null, "", href);
  if (entry === "replace") history.replaceState(null, "", href);
  const said = new URL(href).searchParams.get("q") ?? "";
  if (input && entry !== "replace" && input.value !== said) input.value = said;
}

function put(fresh: Document): void {
  const focused = document.activeElement?.closest("[data-part] a")?.getAttribute("href");
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.querySelector(`[data-part="${part.getAttribute("data-part")}"]`);
    if (next) part.replaceWith(document.importNode(next, true));
  }
  for (const part of document.querySelectorAll("[data-part-text]")) {
    const name = part.getAttribute("data-part-text");
    part.textContent = fresh.querySelector(`[data-part-text="${name}"]`)?.textContent ?? "";
  }
  document.title = fresh.title;
  if (!focused) return;
  // Whoever walks with the keyboard stays on the link that was pressed, or comes to the rows where it is gone.
  const links = [...document.querySelectorAll<HTMLElement>("[data-part] a")];
  const same = links.find((link) => link.getAttribute("href") === focused);
  (same ?? document.querySelector<HTMLElement>("[data-part=rows] .scroll"))?.focus();
}
