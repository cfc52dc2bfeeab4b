import type { ChartRow } from "../../charts/compile.ts";
import type { Lang } from "../../kit/say.ts";
import { shownPart, shownValue } from "../../review/format.ts";
import type { KpiLine, Review, Text } from "../../review/types.ts";
import type { Row } from "../../warehouse/rows.ts";
import { Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { findable } from "./bar.ts";

export interface ExplorePage {
  lang: Lang;
  review: Review;
  kpi: KpiLine;
  dimensions: readonly { id: string; title: Text }[];
  asked: { kpi: string; by: string; from: string; to: string; group: string };
  rows: readonly Row[];
  drawn: readonly ChartRow[];
  svg: string;
  /** Why there are no rows, where the question has no answer. */
  problem: string | null;
}

/** A form and what it asks for, drawn by the server; the browser's Vega then takes the chart over. */
export function explorePage(page: ExplorePage): Html {
  const { lang, review, kpi, dimensions, asked, rows, drawn, svg, problem } = page;
  const option = (value: string, label: string, current: string) =>
    html`<option value="${value}"${value === current ? html` selected` : null}>${label}</option>`;
  const select = (name: string, label: string, options: Html, find: Html | null = null) =>
    html`<label>${label} <select class="control" id="explore-${name}" name="${name}"${find}>${options}</select></label>`;
  const weeks = [...review.weeks].reverse();
  const query = new URLSearchParams(asked).toString();
  // The page's own language: the browser would else draw in the one of its cookie.
  const drawing = new URLSearchParams({ ...asked, lang }).toString();
  return html`<div class="title"><h1>${t(lang, "explore_title")}</h1><p class="sub">${t(lang, "explore_sub")}</p></div>
<form class="fields" action="/explore" method="get">${select("kpi", t(lang, "kpi"), html`${review.kpis.map(({ id, title }) => option(id, title[lang], asked.kpi))}`)}${select("by", t(lang, "explore_by"), html`${dimensions.map(({ id, title }) => option(id, title[lang], asked.by))}`)}${select("from", t(lang, "explore_from"), html`${weeks.map(({ week, from }) => option(from, week, asked.from))}`)}${select("to", t(lang, "explore_to"), html`${weeks.map(({ week, from }) => option(from, week, asked.to))}`)}${select("group", t(lang, "scope"), html`${option("*", t(lang, "all_groups", { n: review.groupChoices.length }), asked.group)}${review.groupChoices.map(({ groupId, name }) => option(groupId, name, asked.group))}`, findable(lang, review.groupChoices.length))}<button class="control dark" type="submit">${t(lang, "explore_show")}</button></form>
<div class="card">${
    svg === ""
      ? html`<p>${problem ?? t(lang, "explore_none")}</p>`
      : html`<h2 class="h3">${finding(page)}</h2><p class="sub">${kpi.description[lang]}</p>${legend(drawn)}<div class="chart" id="explore" data-spec="/explore/spec.vg.json?${drawing}" data-rows="/explore/data.arrow?${drawing}">${new Html(svg)}</div>
<p class="sub">${partsOf(rows) > partsOf(drawn) ? `${t(lang, "explore_few", { n: partsOf(drawn) })} · ` : ""}${t(lang, "explore_hint")}</p>
<p class="foot downloads"><span>${t(lang, "explore_data")}</span> <a href="/explore/data.csv?${query}">CSV</a> <a href="/explore/data.json?${query}">JSON</a> <a href="/explore/data.arrow?${query}">Arrow</a> <a href="/explore/spec.vl.json?${query}">${t(lang, "explore_spec")}</a></p>`
  }</div>${rows.length > 0 ? table(page) : null}`;
}

function partsOf(rows: readonly Row[] | readonly ChartRow[]): number {
  return new Set(rows.map((row) => row["part"] ?? row["title"])).size;
}

/** The title says what the rows show. */
function finding({ lang, kpi, rows, review, asked }: ExplorePage): string {
  const labelOf = (week: unknown) => review.weeks.find(({ from }) => from === week)?.week ?? "";
  const title = (row: Row) => String(row[lang === "zh" ? "title_zh" : "title_en"]);
  const shown = (row: Row | undefined) =>
    shownValue(row === undefined || row["value"] === null ? null : Number(row["value"]), kpi.unit);
  const known = rows.filter((row) => row["value"] !== null);
  const last = known.at(-1);
  if (!last) return kpi.title[lang];
  const byValue = (list: readonly Row[]) => [...list].sort((a, b) => Number(b["value"]) - Number(a["value"]));
  const now = byValue(known.filter((row) => row["week"] === last["week"]));
  if (now.length > 1) {
    return t(lang, "explore_split", {
      kpi: kpi.title[lang],
      week: labelOf(last["week"]),
      top: title(now[0] as Row),
      value: shown(now[0]),
      low: title(now.at(-1) as Row),
      least: shown(now.at(-1)),
    });
  }
  const [most] = byValue(known);
  // The whole has no name of its own: the scope stands in the form above.
  return t(lang, asked.by === "none" ? "explore_finding" : "explore_part", {
    kpi: kpi.title[lang],
    week: labelOf(last["week"]),
    part: title(last),
    value: shown(last),
    weeks: known.length,
    max: shown(most),
    at: labelOf(most?.["week"]),
  });
}

function legend(drawn: readonly ChartRow[]): Html | null {
  const colors = new Map(drawn.map((row) => [String(row["title"]), String(row["color"])]));
  if (colors.size < 2) return null;
  return html`<ul class="legend">${[...colors].map(([title, color]) => html`<li><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="2" fill="${color}"/></svg> ${title}</li>`)}</ul>`;
}

function table({ lang, kpi, rows, review }: ExplorePage): Html {
  const labels = new Map(review.weeks.map(({ from, week }) => [from, week]));
  const cell = (value: Row[string] | undefined, unit?: KpiLine["unit"]) =>
    shownPart(value === null || value === undefined ? null : Number(value), unit);
  return html`<details class="card data"><summary>${t(lang, "data_table")}</summary><div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "data_table")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "week")}</th><th scope="col">${t(lang, "part")}</th><th scope="col" class="num">${kpi.title[lang]}</th><th scope="col" class="num">${t(lang, "numerator")}</th><th scope="col" class="num">${t(lang, "denominator")}</th></tr></thead><tbody>${rows.slice(-600).map((row) => html`<tr><td>${labels.get(String(row["week"])) ?? String(row["week"])}</td><td>${String(row[lang === "zh" ? "title_zh" : "title_en"])}</td><td class="num">${shownValue(row["value"] === null ? null : Number(row["value"]), kpi.unit)}</td><td class="num">${cell(row["numerator"], kpi.unit)}</td><td class="num">${cell(row["denominator"])}</td></tr>`)}</tbody></table></div></details>`;
}
