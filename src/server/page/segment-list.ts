import type { Campaign } from "../../campaigns/campaign.ts";
import { contactable, detectable, splitList } from "../../campaigns/split.ts";
import type { Lang } from "../../kit/say.ts";
import { localDay } from "../../kit/time.ts";
import { filtered } from "../../review/lists.ts";
import type { DormantRow, Review } from "../../review/types.ts";
import { addDays } from "../../review/weeks.ts";
import { segmentName, whyName } from "../../review/words.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { campaignForm } from "./campaigns.ts";
import { mayFollow } from "./layout.ts";
import { hasHiddenMoves } from "./movement.ts";
import { type ListSort, peopleTable, sorted } from "./people-table.ts";

/** A page of a list is read, not scrolled through. */
const PAGE_ROWS = 100;

export interface ListFilter {
  segment: string;
  why: string | null;
  /** Part of a group's name. */
  q: string;
  sort: ListSort;
  page: number;
}

export interface ListPage {
  review: Review;
  lang: Lang;
  filter: ListFilter;
  /** Everyone of the segment, most valuable first. */
  rows: readonly DormantRow[];
  /** What was started before; null where no campaign can be. */
  campaigns: readonly Campaign[] | null;
}

/**
 * Everyone of a lifecycle segment: chips, order and search are links and a form, so that it works without scripts. With
 * them each element with `data-part` is replaced in place (client/list.ts), and what is typed stays where it is.
 */
export function segmentListPage({ review, lang, filter, rows, campaigns }: ListPage): Html {
  const found = sorted(filtered(rows, filter), filter.sort);
  const page = Math.min(filter.page, Math.max(1, Math.ceil(found.length / PAGE_ROWS)));
  const first = (page - 1) * PAGE_ROWS;
  const shown = found.slice(first, first + PAGE_ROWS);
  const href = (change: Partial<ListFilter>) =>
    `/segments?${queryOf(review, { ...filter, page: 1, ...change })}`;
  const title = t(lang, "list_title", { segment: segmentName(filter.segment, lang) });
  const chip = (to: Partial<ListFilter>, label: string, n: number | null, current: boolean) =>
    html`<a class="chip" href="${href(to)}"${current ? html` aria-current="true"` : null}>${label} <b>${n?.toLocaleString("en-US") ?? "—"}</b></a>`;
  const gone = review.segments.flows.reduce((sum, { to, persons }) => sum + (to === "left" ? persons : 0), 0);
  // What is summed without the moves of few people is no count of those who left; their own list is one.
  const left = !hasHiddenMoves(review.segments) ? gone : filter.segment === "left" ? rows.length : null;
  const stock = [...review.segments.stock, { segment: "left", persons: left }];
  const here = stock.find(({ segment }) => segment === filter.segment)?.persons ?? rows.length;
  const optedOut = filter.segment === "left" ? 0 : Math.max(0, here - rows.length);
  const isInFull = mayFollow(`/lists/${filter.segment}.csv`);
  const reasons = [...new Set(rows.map(({ why }) => why))];
  const turn = (to: number, label: string) =>
    to >= 1 && (to - 1) * PAGE_ROWS < found.length
      ? html`<a class="control" href="${href({ page: to })}">${label}</a>`
      : null;
  return html`<div class="title" data-part="title"><h1>${title}</h1><p class="sub">${t(lang, "list_sub", { week: review.week, n: rows.length.toLocaleString("en-US") })}${isInFull ? t(lang, "list_in_full") : ""}${optedOut > 0 ? t(lang, "list_opted_out", { n: optedOut }) : ""} · <a href="/?week=${review.week}&amp;group=${encodeURIComponent(review.group)}#dormant">${t(lang, "back")}</a></p></div>
<div data-list data-part="segments"><nav class="chips" aria-label="${t(lang, "segment")}">${stock.map(({ segment, persons }) => chip({ segment, why: null, q: filter.q }, segmentName(segment, lang), persons, segment === filter.segment))}</nav></div>
<div class="head"><div data-list data-part="reasons">${reasons.length > 1 ? html`<nav class="chips" aria-label="${t(lang, "reason")}">${chip({ why: null }, t(lang, "why_all"), filtered(rows, { ...filter, why: null }).length, filter.why === null)}${reasons.map((why) => chip({ why }, whyName(why, lang), filtered(rows, { ...filter, why }).length, why === filter.why))}</nav>` : null}</div>
<form class="search" action="/segments" method="get" role="search" data-list><span data-part="kept">${hidden(review, filter)}</span><label class="sr" for="q">${t(lang, "search")}</label><input class="control" id="q" name="q" type="search" maxlength="200" autocomplete="off" value="${filter.q}" placeholder="${t(lang, "search")}"><button class="control" type="submit">${t(lang, "search_go")}</button></form>
<div data-part="file">${!isInFull ? null : html`<a class="control" href="/lists/${filter.segment}.csv?${queryOf(review, { ...filter, page: 1 })}">${t(lang, "download_csv", { n: found.length })}</a>`}</div></div>
<p class="sr" role="status" data-part-text="found">${t(lang, "list_found", { n: found.length.toLocaleString("en-US") })}</p>
<div data-list data-part="rows"><div class="card">${found.length === 0 ? html`<p class="sub">${t(lang, "no_match")}</p>` : peopleTable(shown, lang, title, { sort: filter.sort, href: (sort) => href({ sort }) })}</div>
${found.length > PAGE_ROWS ? html`<p class="foot pager">${turn(page - 1, t(lang, "list_previous"))}<span class="sub">${t(lang, "list_shown", { from: first + 1, to: first + shown.length, n: found.length })}</span>${turn(page + 1, t(lang, "list_next"))}</p>` : null}</div><div data-part="start">${campaigns && found.length > 0 && mayFollow("/campaigns", "POST") ? start(review, lang, filter, { people: found, campaigns }) : null}</div>`;
}

function start(
  review: Review,
  lang: Lang,
  { segment, why, q }: ListFilter,
  { people, campaigns }: { people: readonly DormantRow[]; campaigns: readonly Campaign[] },
): Html {
  const day = dayToBegin(review);
  const ready = contactable(people, campaigns, day, review.timezone);
  const { treated, held } = splitList(ready, `fupan ${review.from}`);
  const base = returning(review, segment);
  const fields = { week: review.week, group: review.group, segment, ...(why ? { why } : {}), q };
  const shown = {
    n: ready.length,
    rested: people.length - ready.length,
    held: held.length,
    day,
    base,
    seen: detectable(treated.length, held.length, base),
  };
  return campaignForm(fields, shown, lang);
}

/** The day after the list's week; where more is known already, the day after that: who came back before was not written to yet. */
export function dayToBegin({ to, asOf, timezone }: Pick<Review, "to" | "asOf" | "timezone">): string {
  const next = addDays(to, 1);
  const known = localDay(asOf, timezone);
  return known > next ? addDays(known, 1) : next;
}

/** Share of a segment that leaves it for a better one within two weeks, as far as last week tells; 1 % at least. */
function returning({ segments }: Review, segment: string): number {
  const from = segments.flows.filter((flow) => flow.from === segment);
  const sum = (of: typeof from) => of.reduce((total, { persons }) => total + persons, 0);
  const stay = sum(from.filter(({ to }) => to === segment || to === "left")) / Math.max(1, sum(from));
  return Math.min(0.9, Math.max(0.01, 1 - stay ** 2));
}

function hidden(review: Review, { segment, why, sort }: ListFilter): Html {
  const fields = {
    week: review.week,
    group: review.group,
    segment,
    ...(why ? { why } : {}),
    ...(sort === "value" ? {} : { sort }),
  };
  return html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}

function queryOf(review: Review, { segment, why, q, sort, page }: ListFilter): string {
  return new URLSearchParams({
    week: review.week,
    group: review.group,
    segment,
    ...(why ? { why } : {}),
    ...(q ? { q } : {}),
    ...(sort === "value" ? {} : { sort }),
    ...(page > 1 ? { page: String(page) } : {}),
  }).toString();
}
