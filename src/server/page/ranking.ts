import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { KpiLine, Text } from "../../review/types.ts";
import type { Row } from "../../warehouse/rows.ts";
import { groupPath, type PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { foldedCard } from "./layout.ts";

/** Of each kind of group; who comes after them is in the table above and in the API. */
const LISTED = 15;
const WIDTH = 160;
/** The mean weighs as much as it may: the groups differ by no more than chance. */
const BY_CHANCE = 9998;

interface Place {
  group: string;
  name: string;
  kind: string;
  /** Its name; empty = none. */
  kindName: Text;
  numerator: number;
  denominator: number;
  raw: number;
  shrunk: number;
  interval: readonly [number, number] | null;
  place: number;
  rawPlace: number;
  of: number;
  mean: number;
  /** How many members the mean counts for. */
  weight: number;
}

/** Rows of the query group_ranking. */
export function placesOf(rows: readonly Row[]): Place[] {
  return rows.map((row) => ({
    group: String(row["group_id"]),
    name: String(row["name"]),
    kind: String(row["kind"] ?? ""),
    kindName: { zh: String(row["kind_zh"] ?? ""), en: String(row["kind_en"] ?? "") },
    numerator: Number(row["numerator"]),
    denominator: Number(row["denominator"]),
    raw: Number(row["value"]),
    shrunk: Number(row["shrunk_rate"]),
    interval: row["low_rate"] === null ? null : [Number(row["low_rate"]), Number(row["high_rate"])],
    place: Number(row["place"]),
    rawPlace: Number(row["raw_place"]),
    of: Number(row["ranked_groups"]),
    mean: Number(row["mean_value"]),
    weight: Number(row["mean_weight"]),
  }));
}

/** Groups by a rate, small ones drawn to the mean of their kind; nothing where no kind has three groups. */
export function rankingCard(kpi: KpiLine, page: PageContext): Html | null {
  const { lang, extras, isPaper } = page;
  // A viewer is not told the figures of few people.
  const places = placesOf(extras.ranking.filter((row) => row["shrunk_rate"] !== null));
  if (kpi.unit !== "ratio" || places.length === 0) return null;
  const kinds = [...new Set(places.map(({ kind }) => kind))];
  const ends = places.flatMap(({ raw, interval, mean }) => [raw, mean, ...(interval ?? [])]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const name = t(lang, "ranking_table", { kpi: kpi.title[lang] });
  const scale = (value: number) => (high > low ? (WIDTH * (value - low)) / (high - low) : WIDTH / 2);
  const body = html`<p class="sub">${t(lang, "ranking_sub")}</p>${kinds.map((kind) => {
    const own = places.filter((one) => one.kind === kind);
    const [{ mean, of, weight, kindName }] = own as [Place];
    const named = kind === "" ? t(lang, "ranking_no_kind") : kindName[lang];
    const table = html`<div class="scroll" tabindex="0" role="region" aria-label="${named} · ${name}"><table class="tbl"><thead><tr><th scope="col" class="num">${t(lang, "group_place")}</th><th scope="col">${t(lang, "group")}</th><th scope="col" class="num">${t(lang, "ranking_raw")}</th><th scope="col" class="num">${t(lang, "ranking_shrunk")}</th><th scope="col" class="wide"><span class="sr">${t(lang, "ranking_interval")}</span></th></tr></thead><tbody>${own
      .slice(0, LISTED)
      .map((one) => line(one, page, kpi, scale))}</tbody></table></div>${
      own.length > LISTED ? html`<p class="sub">${t(lang, "ranking_more", { n: of - LISTED })}</p>` : null
    }`;
    // An order that says nothing is nothing to read in a meeting: it is there for whoever asks.
    const shown = weight > BY_CHANCE ? folded(lang, table) : table;
    return html`<h4>${t(lang, "ranking_kind", { kind: named, n: of, mean: shownValue(mean, "ratio") })}</h4>${shown}`;
  })}`;
  return foldedCard(rankingTitle(kpi, places, lang), body, { isPaper, id: "ranking" });
}

/** What the ranking says: who stands apart from whom, or that nobody does. */
function rankingTitle(kpi: KpiLine, places: readonly Place[], lang: Lang): string {
  const told = places.filter(({ weight }) => weight <= BY_CHANCE);
  if (told.length === 0) return t(lang, "ranking_title_chance", { kpi: kpi.title[lang] });
  const kinds = [...new Set(told.map(({ kind }) => kind))].flatMap((kind) => {
    const own = told.filter((one) => one.kind === kind);
    const [first, last] = [own[0], own.at(-1)];
    return first && last ? [{ first, last }] : [];
  });
  const gap = ({ first, last }: (typeof kinds)[number]) =>
    (first.interval?.[0] ?? first.shrunk) - (last.interval?.[1] ?? last.shrunk);
  const [most] = [...kinds].sort((a, b) => gap(b) - gap(a));
  if (!most) return t(lang, "ranking_title_chance", { kpi: kpi.title[lang] });
  const { first, last } = most;
  return t(lang, gap(most) > 0 ? "ranking_title_apart" : "ranking_title_near", {
    kpi: kpi.title[lang],
    kind: first.kind === "" ? t(lang, "ranking_no_kind") : first.kindName[lang],
    first: first.name,
    value: shownValue(first.shrunk, "ratio"),
    last: last.name,
    least: shownValue(last.shrunk, "ratio"),
  });
}

const folded = (lang: Lang, table: Html) =>
  html`<p class="sub">${t(lang, "ranking_chance")}</p><details class="data"><summary>${t(lang, "data_table")}</summary>${table}</details>`;

function line(
  one: Place,
  { lang, review }: PageContext,
  kpi: KpiLine,
  scale: (value: number) => number,
): Html {
  const { interval, shrunk, raw, mean } = one;
  const at = (value: number) => scale(value).toFixed(1);
  const plot = html`<svg width="${WIDTH + 12}" height="14" viewBox="-6 0 ${WIDTH + 12} 14" aria-hidden="true"><path d="M${at(mean)} 0v14" stroke="var(--line-strong)" stroke-dasharray="2 2"/>${
    interval
      ? html`<path d="M${at(interval[0])} 7H${at(interval[1])}" stroke="var(--ink-3)" stroke-width="2"/>`
      : null
  }<circle cx="${at(raw)}" cy="7" r="4" fill="var(--surface)" stroke="var(--ink-3)"/><circle cx="${at(shrunk)}" cy="7" r="4" fill="var(--accent)"/></svg>`;
  const moved =
    one.rawPlace === one.place ? null : html` <small>${t(lang, "ranking_was", { n: one.rawPlace })}</small>`;
  return html`<tr><td class="num">${one.place}</td><th scope="row"><a href="${groupPath(one.group)}?week=${review.week}&kpi=${kpi.id}">${one.name}</a></th><td class="num">${shownValue(raw, "ratio")}<br><small>${one.numerator}/${one.denominator}</small>${moved}</td><td class="num"><b>${shownValue(shrunk, "ratio")}</b>${interval ? html`<br><small>${shownValue(interval[0], "ratio").replace("%", "")}–${shownValue(interval[1], "ratio")}</small>` : null}</td><td class="wide">${plot}</td></tr>`;
}
