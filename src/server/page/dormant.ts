import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { Review } from "../../review/types.ts";
import { whyName } from "../../review/words.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { mayFollow, section } from "./layout.ts";
import { peopleTable } from "./people-table.ts";
import { unknownSegments } from "./unknown.ts";

/** Rows that an offline page shows before it unfolds. */
const FIRST = 8;

/** The first of the wake-up list on the weekly page; the rest one click away. */
export function dormantSection({ lang, review, listed, isOffline, isPaper }: PageContext): Html {
  const { total, why, rows } = review.dormant;
  if (listed === 0) return html``;
  // Two hundred rows in an offline page are there to be searched, not to be scrolled past.
  const first = isOffline && !isPaper ? FIRST : listed;
  const folded = rows.slice(first, listed);
  const isInFull = !isOffline && mayFollow("/lists/dormant.csv");
  const unknown = total === null ? t(lang, "segments_title_few") : unknownSegments(review, lang);
  if (total === null || unknown)
    return section(
      "dormant",
      t(lang, "nav_dormant"),
      "",
      html`<div class="card"><p class="sub">${unknown}</p></div>`,
    );
  const body =
    total === 0
      ? html`<div class="card"><p class="sub">${t(lang, "nobody_dormant")}</p></div>`
      : html`<div class="chips">${chip(t(lang, "why_all"), total, listHref(review, null))}${Object.entries(why).map(([reason, n]) => chip(whyName(reason, lang), n, listHref(review, reason)))}</div><div class="card"><h3>${title(review, total, lang)}</h3>${peopleTable(rows.slice(0, first), lang, t(lang, "nav_dormant"))}${folded.length > 0 ? html`<details class="data"><summary>${t(lang, "more_people", { n: folded.length })}</summary>${peopleTable(folded, lang, t(lang, "more_people", { n: folded.length }))}</details>` : null}<p class="foot"><a class="onward" href="${listHref(review, null)}">${t(lang, "see_all")} (${total.toLocaleString("en-US")})</a></p></div>`;
  return section(
    "dormant",
    t(lang, "nav_dormant"),
    `${t(lang, "dormant_sub", { n: total.toLocaleString("en-US") })}${isInFull ? t(lang, "list_in_full") : ""}`,
    body,
    !isInFull || total === 0
      ? null
      : html`<a class="control" href="/lists/dormant.csv?${new URLSearchParams({ week: review.week, group: review.group }).toString()}">${t(lang, "download_csv", { n: total })}</a>`,
  );
}

/** What the list says: its largest part, and what the most valuable of it have spent. */
function title({ dormant: { why, rows } }: Review, total: number, lang: Lang): string {
  const [most] = Object.entries(why).sort(([, a], [, b]) => b - a);
  // Each reason has too few people to be shown.
  if (!most) return t(lang, "dormant_title_few", { total });
  const named = { total, why: whyName(most[0], lang), n: most[1] };
  // What nobody knows the orders of is not that nobody has bought.
  if (rows.every(({ value }) => value === null)) return t(lang, "dormant_title_why", named);
  const buyers = rows.flatMap(({ value }) => (value ? [value] : [])).slice(0, 10);
  if (buyers.length === 0) return t(lang, "dormant_title_none", named);
  const value = buyers.reduce((sum, one) => sum + one, 0);
  return t(lang, "dormant_title", { ...named, k: buyers.length, value: shownValue(value, "money") });
}

function chip(label: string, n: number, href: string): Html {
  return html`<a class="chip" href="${href}">${label} <b>${n.toLocaleString("en-US")}</b></a>`;
}

function listHref(review: Review, why: string | null): string {
  const query = { week: review.week, group: review.group, ...(why ? { why } : {}) };
  return `/segments?${new URLSearchParams(query).toString()}`;
}
