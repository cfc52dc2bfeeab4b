import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { DormantRow, Review } from "../../review/types.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";
import { maskName } from "../mask.ts";
import { section } from "./layout.ts";

const REASONS: readonly DormantRow["why"][] = ["lapsed_buyer", "went_silent", "never_spoke"];

export interface DormantFilter {
  why: string | null;
  /** Part of a group's name. */
  q: string;
}

export function filtered(rows: readonly DormantRow[], { why, q }: DormantFilter): DormantRow[] {
  return rows.filter((row) => (why === null || row.why === why) && (q === "" || row.groups.includes(q)));
}

/** The first of the list on the weekly page; the rest one click away. */
export function dormantSection({ lang, review, listed }: PageContext): Html {
  const all = review.dormant.rows;
  if (listed === 0) return html``;
  const body =
    all.length === 0
      ? html`<div class="card"><p class="sub">${t(lang, "nobody_dormant")}</p></div>`
      : html`${chips(review, lang, null, "")}<div class="card">${listTable(all.slice(0, listed), lang)}<p class="foot"><a href="${listHref(review, null, "")}">${t(lang, "see_all")} (${all.length})</a></p></div>`;
  return section(
    "dormant",
    t(lang, "nav_dormant"),
    t(lang, "dormant_sub", { n: all.length }),
    body,
    csvLink(review, lang, { why: null, q: "" }),
  );
}

/** The whole list as a page of its own. */
export function dormantPage(review: Review, lang: Lang, filter: DormantFilter): Html {
  const rows = filtered(review.dormant.rows, filter);
  const search = html`<form class="search" action="/segments" method="get"><input type="hidden" name="week" value="${review.week}"><input type="hidden" name="group" value="${review.group}">${filter.why ? html`<input type="hidden" name="why" value="${filter.why}">` : null}<label class="sr" for="q">${t(lang, "search")}</label><input class="control" id="q" name="q" value="${filter.q}" placeholder="${t(lang, "search")}"><button class="control" type="submit">${t(lang, "search_go")}</button></form>`;
  return html`<div class="title"><h1>${t(lang, "nav_dormant")}</h1><p class="sub">${t(lang, "dormant_sub", { n: review.dormant.total })} · <a href="/?week=${review.week}&amp;group=${encodeURIComponent(review.group)}#dormant">${t(lang, "back")}</a></p></div>
<div class="head">${chips(review, lang, filter.why, filter.q)}${csvLink(review, lang, filter)}</div>${search}
<div class="card">${rows.length === 0 ? html`<p class="sub">${t(lang, "no_match")}</p>` : listTable(rows, lang)}</div>`;
}

function chips(review: Review, lang: Lang, why: string | null, q: string): Html {
  const count = (reason: DormantRow["why"] | null) =>
    filtered(review.dormant.rows, { why: reason, q }).length;
  const chip = (reason: DormantRow["why"] | null, label: string) =>
    html`<a class="chip" href="${listHref(review, reason, q)}"${reason === why ? html` aria-current="true"` : null}>${label} <b>${count(reason)}</b></a>`;
  return html`<div class="chips">${chip(null, t(lang, "why_all"))}${REASONS.map((reason) => chip(reason, t(lang, `why_${reason}` as Key)))}</div>`;
}

function csvLink(review: Review, lang: Lang, filter: DormantFilter): Html {
  const n = filtered(review.dormant.rows, filter).length;
  return html`<a class="control" href="/lists/dormant.csv?${query(review, filter.why, filter.q)}">${t(lang, "download_csv", { n })}</a>`;
}

function listHref(review: Review, why: string | null, q: string): string {
  return `/segments?${query(review, why, q)}`;
}

function query(review: Review, why: string | null, q: string): string {
  return new URLSearchParams({
    week: review.week,
    group: review.group,
    ...(why ? { why } : {}),
    ...(q ? { q } : {}),
  }).toString();
}

function listTable(rows: readonly DormantRow[], lang: Lang): Html {
  const days = (row: DormantRow) => (row.daysSilent === null ? "—" : String(row.daysSilent));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "nav_dormant")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "member")}</th><th scope="col">${t(lang, "group")}</th><th scope="col">${t(lang, "reason")}</th><th scope="col" class="num">${t(lang, "days_silent")}</th><th scope="col" class="num">${t(lang, "last_order")}</th><th scope="col" class="num wide">${t(lang, "orders")}</th><th scope="col" class="num">${t(lang, "value")}</th></tr></thead><tbody>${rows.map((row) => html`<tr><th scope="row">${maskName(row.name)}</th><td>${row.groups}</td><td>${t(lang, `why_${row.why}` as Key)}</td><td class="num">${days(row)}</td><td class="num">${row.lastOrder ?? t(lang, "never_bought")}</td><td class="num wide">${row.orders}</td><td class="num">${shownValue(row.value, "money")}</td></tr>`)}</tbody></table></div>`;
}
