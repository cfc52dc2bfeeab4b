/*
 * What a browser adds to a page that is whole without it: chart tooltips, selects that submit themselves, the theme
 * button, a section swapped without reloading, the tab of the section in view, charts drawn for the slot they got.
 */
import { findIn } from "./find-group.ts";
import "./list.ts";
import { parsed } from "./markup.ts";

const root = document.documentElement;
root.classList.add("has-js");
for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-find]")) findIn(select);
/** Another script of the page has made a select of many groups: what finds in it is here already. */
document.addEventListener("find", (event) => findIn((event as CustomEvent<HTMLSelectElement>).detail));

const YEAR = 31_536_000;
function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in WeCom's browser
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}
remember("vw", innerWidth < 720 ? "s" : "l");

document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLSelectElement && target.dataset["submit"] !== undefined)
    target.form?.requestSubmit();
});

document.querySelector("[data-theme-switch]")?.addEventListener("click", () => {
  const dark = root.dataset["theme"]
    ? root.dataset["theme"] === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset["theme"] = dark ? "light" : "dark";
  remember("theme", root.dataset["theme"]);
});

const tip = document.querySelector<HTMLElement>(".tip");
function showTip(event: Event): void {
  if (!tip || !(event.target instanceof Element)) return;
  const mark = event.target.closest(".chart [aria-label]:not(svg)");
  const text = mark?.getAttribute("aria-label");
  tip.hidden = !text;
  if (!text || !(event instanceof MouseEvent)) return;
  tip.textContent = text;
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(event.clientX + 12, innerWidth - width - 8))}px`;
  tip.style.top = `${Math.max(8, event.clientY - height - 12)}px`;
}
document.addEventListener("mousemove", showTip, { passive: true });

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
  const link = event.target.closest<HTMLAnchorElement>("a[data-frag]");
  if (!link) return;
  event.preventDefault();
  void swap(link.href, true);
});
document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>("[data-copy]") : null;
  if (!button) return;
  void navigator.clipboard.writeText(button.dataset["copy"] ?? "").then(() => {
    button.textContent = button.dataset["copied"] ?? "";
  });
});
// A menu that is open closes where the reader goes on: by a click elsewhere, or by Escape.
const openMenus = () => [...document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")];
document.addEventListener("click", ({ target }) => {
  for (const menu of openMenus()) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
addEventListener("popstate", () => {
  if (document.querySelector("#why")) void swap(location.href, false);
});

/** Replaces the section in place; on any trouble the link is followed as usual. */
async function swap(href: string, push: boolean): Promise<void> {
  const section = document.querySelector<HTMLElement>("#why");
  if (!section) return location.assign(href);
  section.classList.add("loading");
  const url = new URL(href);
  const slot = section.querySelector(".chart")?.clientWidth ?? 0;
  const query = new URLSearchParams(url.search);
  const { group } = section.dataset;
  if (group !== undefined) {
    query.set("group", group);
    query.set("on", "group");
  }
  if (slot > 0) query.set("w", String(slot));
  const answer = await fetch(`/frag/why?${query}`).catch(() => undefined);
  if (!answer?.ok) return location.assign(href);
  const fresh = parsed(await answer.text(), "text/html").querySelector("#why");
  if (!fresh) return location.assign(href);
  const hadFocus = section.contains(document.activeElement);
  section.replaceWith(fresh);
  // Whoever chose a tab by the keyboard is still at it.
  if (hadFocus) fresh.querySelector<HTMLElement>(".segs [aria-current]")?.focus();
  if (push) history.pushState(null, "", href);
  watch();
}

/** Another script of the page says that a section is out of date; it is taken from the page as it is now. */
let asked = 0;
document.addEventListener("renew", (event) => {
  const id = String((event as CustomEvent<unknown>).detail);
  const mine = ++asked;
  void fetch(location.href)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((page) => {
      // A page that was asked for earlier and comes later is the older one.
      if (mine !== asked) return;
      const fresh = parsed(page, "text/html").getElementById(id);
      if (fresh) document.getElementById(id)?.replaceWith(fresh);
      document.dispatchEvent(new CustomEvent("renewed", { detail: id }));
    });
});

/** A drawing made for another width is fetched again at the width the slot really has. */
function refit(chart: HTMLElement): void {
  const svg = chart.querySelector("svg");
  const drawn = svg?.viewBox.baseVal.width ?? 0;
  const slot = chart.clientWidth;
  if (!svg || drawn === 0 || slot === 0 || (slot > drawn - 4 && slot < drawn + 28)) return;
  void fetch(`${chart.dataset["src"]}&w=${slot}`)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => {
      // A page of an XML parser's complaints would break the policy on styles.
      if (text === "") return;
      const next = parsed(text, "image/svg+xml").documentElement;
      if (next instanceof SVGSVGElement) svg.replaceWith(document.importNode(next, true));
    });
}

// The site's own menu is no list of sections: its mark stays where it is, and on a phone it is brought into view.
const tabs = [...document.querySelectorAll<HTMLAnchorElement>('.tabs a[href^="#"]')];
function show(tab: HTMLElement | null): void {
  const row = tab?.closest(".scroll");
  if (!tab || !row) return;
  const { left, width } = tab.getBoundingClientRect();
  row.scrollLeft += left + width / 2 - row.getBoundingClientRect().left - row.clientWidth / 2;
}
show(document.querySelector(".tabs [aria-current]"));
const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      for (const tab of tabs) {
        if (tab.hash === `#${target.id}`) {
          tab.setAttribute("aria-current", "true");
          show(tab);
        } else tab.removeAttribute("aria-current");
      }
    }
  },
  { rootMargin: "-30% 0px -60%" },
);
const sized = new ResizeObserver((entries) => {
  for (const { target } of entries) if (target instanceof HTMLElement) refit(target);
});

function watch(): void {
  for (const section of document.querySelectorAll("main > section[id]")) seen.observe(section);
  for (const chart of document.querySelectorAll<HTMLElement>(".chart[data-src]")) sized.observe(chart);
}
watch();
