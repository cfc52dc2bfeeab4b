import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import { maskName } from "../../review/mask.ts";
import type { DormantRow } from "../../review/types.ts";
import { sceneName, whyName } from "../../review/words.ts";
import { type Html, html } from "../html.ts";
import { joined, t } from "../i18n.ts";

/** Above it a person has been written to often enough for this month. */
const TIRED_FROM = 2;

/** Longer without a purchase than nine in ten of this buyer's own gaps. */
function isLate({ daysSinceOrder, overdueAfter }: DormantRow): boolean {
  return daysSinceOrder !== null && overdueAfter !== null && daysSinceOrder > overdueAfter;
}

/** What a list may be ordered by: the value of earlier orders, silence, the last order, the chance to buy again. */
export const LIST_SORTS = ["value", "silent", "order", "alive"] as const;
export type ListSort = (typeof LIST_SORTS)[number];

const KEYS: Readonly<Record<ListSort, (row: DormantRow) => number | string | null>> = {
  value: () => null,
  silent: ({ daysSilent }) => daysSilent ?? Number.POSITIVE_INFINITY,
  order: ({ lastOrder }) => lastOrder,
  alive: ({ alive }) => alive,
};

/** Largest first, those without a value last; rows that are equal keep their order, most valuable first. */
export function sorted(rows: readonly DormantRow[], sort: ListSort): DormantRow[] {
  const of = KEYS[sort];
  return [...rows].sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    if (x === y) return 0;
    if (x === null || y === null) return x === null ? 1 : -1;
    return x > y ? -1 : 1;
  });
}

/** Links on the heads that a list can be ordered by; without it they are plain. */
export interface Sorting {
  sort: ListSort;
  href: (sort: ListSort) => string;
}

/** People of a list with what decides how to write to them. Names are masked; on a phone a row is a block without the columns of class wide. */
export function peopleTable(
  rows: readonly DormantRow[],
  lang: Lang,
  label: string,
  sorting: Sorting | null = null,
): Html {
  // Whom no log tells of has not never spoken.
  const ago = ({ daysSilent, why }: DormantRow) =>
    daysSilent === null
      ? why === "not_heard"
        ? "—"
        : t(lang, "never_active")
      : t(lang, "days_ago", { n: daysSilent });
  const day = (at: string | null) => (at === null ? t(lang, "never_bought") : at.slice(0, 10));
  const head = (key: ListSort, wide: boolean, text: Html | string) => {
    const current = sorting?.sort === key;
    return html`<th scope="col" class="num${wide ? " wide" : ""}"${current ? html` aria-sort="descending"` : null}>${
      sorting === null ? text : html`<a href="${sorting.href(key)}">${text}${current ? " ▾" : ""}</a>`
    }</th>`;
  };
  const alive = html`<abbr title="${t(lang, "alive_title")}">${t(lang, "alive")}</abbr>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="tbl people stack"><thead><tr><th scope="col">${t(lang, "member")}</th><th scope="col">${t(lang, "group")}</th><th scope="col">${t(lang, "reason")}</th>${head("silent", false, t(lang, "last_active"))}${head("order", true, t(lang, "last_order"))}${head("value", false, t(lang, "value"))}${head("alive", true, alive)}<th scope="col" class="num wide thin"><abbr title="${t(lang, "rfm_title")}">${t(lang, "rfm")}</abbr></th><th scope="col">${t(lang, "scene")}</th><th scope="col" class="wide">${t(lang, "owner_of")}</th><th scope="col" class="num wide"><abbr title="${t(lang, "fatigue_title")}">${t(lang, "fatigue")}</abbr></th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${row.name === "" ? t(lang, "people_nameless") : maskName(row.name)}</th><td class="long full">${joined(row.groups, lang)}</td><td class="whole">${whyName(row.why, lang)}</td><td class="num" data-label="${t(lang, "last_active")}">${ago(row)}</td><td class="num wide">${row.orders === null ? "—" : day(row.lastOrder)}</td><td class="num lead">${shownValue(row.value, "money")}${row.orders ? html` <small>${t(lang, "orders_of", { n: row.orders })}</small>` : null}</td><td class="num wide">${row.alive === null ? "—" : shownValue(row.alive, "ratio")}${isLate(row) ? html` <span class="tag">${t(lang, "late")}</span>` : null}</td><td class="num wide thin">${row.rfm ?? "—"}</td><td class="scene full" data-label="${t(lang, "scene")}">${sceneName(row.scene, lang)}</td><td class="wide whole">${row.owner === "" ? "—" : maskName(row.owner)}</td><td class="num wide">${row.addressed >= TIRED_FROM ? html`<span class="tag warn">${t(lang, "fatigue_times", { n: row.addressed })}</span>` : t(lang, "fatigue_times", { n: row.addressed })}</td></tr>`,
  )}</tbody></table></div>`;
}
