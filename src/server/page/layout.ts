import type { Lang } from "../../kit/say.ts";
import { currentUser, mayAsk } from "../auth/access.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";
import { lookForm } from "./look.ts";

/** URLs of the style sheet and the enhancer. */
export interface PageAssets {
  css: string;
  script: string | null;
}

export interface Shell {
  lang: Lang;
  title: string;
  theme: "light" | "dark" | null;
  delta: "cn" | "intl" | null;
  assets: PageAssets;
  /** URL of the page, to come back to. */
  here: string;
  /** URL of the same page in the other language. */
  otherLanguage: string;
  /** Scripts beside the enhancer. */
  scripts?: readonly string[];
}

export const SECTIONS: readonly { id: string; key: Key }[] = [
  { id: "kpi", key: "nav_kpi" },
  { id: "acts", key: "nav_actions" },
  { id: "why", key: "nav_why" },
  { id: "rhythm", key: "nav_rhythm" },
  { id: "segments", key: "nav_segments" },
  { id: "dormant", key: "nav_dormant" },
  { id: "sop", key: "nav_sop" },
  { id: "definitions", key: "nav_definitions" },
];

/** The frame of every page. `bar` holds the controls, `tabs` the section links. */
export function document(shell: Shell, bar: Html | null, tabs: Html | null, main: Html): Html {
  const { lang, theme, delta } = shell;
  return html`<!doctype html>
<html lang="${lang === "zh" ? "zh-CN" : "en"}"${theme ? html` data-theme="${theme}"` : null}${delta ? html` data-delta="${delta}"` : null}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${shell.title}</title>
<link rel="stylesheet" href="${shell.assets.css}">
<link rel="icon" href="data:,">
${shell.assets.script ? html`<script src="${shell.assets.script}" defer></script>` : null}
${(shell.scripts ?? []).map((path) => html`<script src="${path}" defer></script>`)}
</head>
<body>
<a class="skip" href="#main">${t(lang, "skip")}</a>
<header class="top"><div class="wrap bar">
<a class="brand" href="/">${LOGO}<span>${t(lang, "brand")}</span></a>
${bar}
<span class="push"></span>
${bar ? siteMenu(lang) : null}<details class="menu look-menu"><summary class="control">${t(lang, currentUser() === null ? "look" : "look_and_out")}</summary><div class="drop">${lookForm({ lang, theme, delta }, shell.here)}${signOut(lang)}</div></details><a class="control lang" href="${shell.otherLanguage}" hreflang="${lang === "zh" ? "en" : "zh-CN"}">${t(lang, "language_other")}</a>
<button class="control icon js" type="button" data-theme-switch aria-label="${t(lang, "theme_switch")}">${THEME}</button>
</div>${tabs}</header>
<main id="main" class="wrap">${main}</main>
<div class="tip" role="status" hidden></div>
</body>
</html>`;
}

/** Nameless: people who may see the same share the page. */
function signOut(lang: Lang): Html | null {
  if (currentUser() === null) return null;
  return html`<form class="sign-out" method="post" action="/logout"><a class="control" href="/account">${t(lang, "account")}</a> <button class="control" type="submit">${t(lang, "sign_out")}</button></form>`;
}

export function sectionTabs(lang: Lang): Html {
  return html`<nav class="tabs" aria-label="${t(lang, "week")}"><div class="wrap scroll">${SECTIONS.map(({ id, key }) => html`<a href="#${id}">${t(lang, key)}</a>`)}</div></nav>`;
}

/** The pages of the site, in the order of the week's work. */
const PAGES: readonly { path: string; key: Key }[] = [
  { path: "/", key: "page_weekly" },
  { path: "/sop", key: "page_sop" },
  { path: "/segments", key: "page_segments" },
  { path: "/people", key: "page_people" },
  { path: "/campaigns", key: "page_campaigns" },
  { path: "/explore", key: "page_explore" },
  { path: "/imports", key: "page_imports" },
  { path: "/definitions", key: "page_definitions" },
  { path: "/settings", key: "page_settings" },
];

export function pageName(lang: Lang, path: string): string {
  return t(lang, PAGES.find((one) => one.path === path)?.key ?? "page_weekly");
}

/** Whether whoever asks may: what would be refused is not offered. */
export function mayFollow(href: string, method: "GET" | "POST" = "GET"): boolean {
  const user = currentUser();
  return user === null || mayAsk(user, method, href.replace(/[?#].*$/, ""));
}

export function siteTabs(lang: Lang, path: string): Html {
  const here = path.replace(/[?#].*$/, "");
  // What lies under a page is marked as a part of it, which is not the page itself.
  const current = (to: string) => {
    if (to === "/") return null;
    if (to === here) return html` aria-current="page"`;
    return here.startsWith(`${to}/`) ? html` aria-current="true"` : null;
  };
  return html`<nav class="tabs" aria-label="${t(lang, "pages")}"><div class="wrap scroll">${PAGES.filter(({ path: to }) => mayFollow(to)).map((one) => html`<a href="${one.path}"${current(one.path)}>${t(lang, one.key)}</a>`)}</div></nav>`;
}

/** The same as a menu, for pages whose second row is their own. */
function siteMenu(lang: Lang): Html {
  return html`<details class="menu pages"><summary class="control">${t(lang, "pages")}</summary><ul>${PAGES.filter(({ path }) => mayFollow(path)).map((one) => html`<li><a href="${one.path}">${t(lang, one.key)}</a></li>`)}</ul></details>`;
}

/** A section of the page: anchor, heading, one line under it. */
export function section(
  id: string,
  title: string,
  sub: string | Html,
  body: Html,
  aside: Html | null = null,
): Html {
  return html`<section id="${id}"><div class="head"><div><h2>${title}</h2><p class="sub">${sub}</p></div>${aside}</div>${body}</section>`;
}

/**
 * A card of which a meeting reads the title, which says what it found, and opens it where it wants to know more.
 * On paper nothing opens: it stands open.
 */
export function foldedCard(
  title: string,
  body: Html,
  { isPaper, id = null }: { isPaper: boolean; id?: string | null },
): Html {
  const named = id === null ? null : html` id="${id}"`;
  return isPaper
    ? html`<div class="card"${named}><h3>${title}</h3>${body}</div>`
    : html`<details class="card fold"${named}><summary><h3>${title}</h3></summary>${body}</details>`;
}

/** The rows behind a chart, for people who do not see it and for those who doubt it. */
export function dataTable(lang: Lang, heads: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<details class="data"><summary>${t(lang, "data_table")}</summary><div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "data_table")}"><table class="tbl"><thead><tr>${heads.map((head, at) => html`<th scope="col"${at > 0 ? html` class="num"` : null}>${head}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td${at > 0 ? html` class="num"` : null}>${cell}</td>`)}</tr>`)}</tbody></table></div></details>`;
}

const LOGO = html`<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true"><rect width="26" height="26" rx="7" fill="var(--accent)"/><path d="M7 16.5a6.2 6.2 0 1 1 3.2 2.6M7 16.5v-4m0 4h4" fill="none" stroke="var(--surface)" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
const THEME = html`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/></svg>`;
