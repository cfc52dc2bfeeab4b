import { type Contribution, contributions } from "../../review/contributions.ts";
import { shownContribution, shownDelta, shownParts, shownValue } from "../../review/format.ts";
import type { GroupLine, KpiLine, Review } from "../../review/types.ts";
import { verdictWord } from "../../review/words.ts";
import type { Drawing } from "../charts.ts";
import { groupPath, type PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { eventNotes, eventsByWeek } from "../shapes/trend.ts";
import { causesCard } from "./causes.ts";
import { chartSlot } from "./chart-slot.ts";
import { partsName } from "./kpi-cards.ts";
import { dataTable } from "./layout.ts";
import { LISTED, partsCard } from "./parts.ts";
import { rankingCard } from "./ranking.ts";
import { deltaClass, deltaColor, shownMove } from "./tone.ts";

/** Groups that are read at a glance. */
const FIRST = 15;

export interface WhyCharts {
  parts: readonly Drawing[];
  trend: readonly Drawing[];
}

/** Trend of one KPI and the groups behind it; tabs are links, so the section also stands alone as a fragment. */
export function whySection(page: PageContext, charts: WhyCharts): Html {
  const { lang, review, layout, link } = page;
  const kpi = review.kpis.find(({ id }) => id === page.kpi) ?? review.kpis[0];
  if (!kpi) return html``;
  const tabs = [...new Set([...layout.tabs, kpi.id])].flatMap(
    (id) => review.kpis.find((one) => one.id === id) ?? [],
  );
  // On a group's own page the group stands in the path: the fragment is asked for with it.
  const own = page.path === "/" ? null : html` data-group="${review.group}"`;
  return html`<section id="why"${own}><div class="head"><div><h2>${t(lang, "nav_why")}</h2><p class="sub">${t(lang, "why_sub")}</p></div>
<nav class="segs" aria-label="${t(lang, "nav_why")}">${tabs.map((one) => html`<a href="${link({ kpi: one.id })}#why" data-frag${one.id === kpi.id ? html` aria-current="true"` : null}>${one.title[lang]}</a>`)}</nav></div>
<div class="pair why">${partsCard(kpi, page, charts.parts)}<div class="card"><h3>${trendTitle(kpi, page)}</h3><p class="sub">${kpi.history.length === 0 ? (review.missing.find((one) => one.kpi === kpi.id)?.text[lang] ?? "") : t(lang, kpi.baseline ? "trend_sub" : "trend_weeks", { n: kpi.history.length, weeks: kpi.baseline?.weeks ?? 0 })}</p>
${kpi.history.length < 2 ? null : charts.trend.map((one) => chartSlot(page, one, kpi.id))}${eventList(kpi, page)}
${
  kpi.history.length === 0
    ? null
    : dataTable(
        lang,
        [t(lang, "week"), kpi.title[lang], partsName(kpi, page)],
        kpi.history.map((one) => [
          one.week,
          shownValue(one.value, kpi.unit),
          one.denominator === null ? "" : shownParts(one, kpi.unit),
        ]),
      )
}</div></div>
${causesCard(page)}${tells(review, kpi) ? groupTable(kpi, page) : null}${review.group === "*" ? rankingCard(kpi, page) : null}</section>`;
}

/** What the numbers above the trend stand for. */
function eventList(kpi: KpiLine, { lang, extras }: PageContext): Html | null {
  const notes = eventNotes(kpi, eventsByWeek(extras.events, lang));
  if (notes.length === 0) return null;
  return html`<ul class="legend" id="trend-events">${notes.map(({ n, week, title }) => html`<li><b>${n}</b> ${week} ${title}</li>`)}</ul>`;
}

function trendTitle(kpi: KpiLine, { lang }: PageContext): string {
  const values = { kpi: kpi.title[lang], weeks: kpi.baseline?.weeks ?? 0 };
  if (kpi.history.length === 0) return t(lang, "trend_none", values);
  if (!kpi.baseline || kpi.value === null) return t(lang, "trend_short", values);
  // Last week and the usual range are two comparisons: where they differ, the title says both, or it would gainsay the card.
  const isNoise = kpi.verdict === "noise";
  if (kpi.value > kpi.baseline.hi) return t(lang, isNoise ? "trend_above_still" : "trend_above", values);
  if (kpi.value < kpi.baseline.lo) return t(lang, isNoise ? "trend_below_still" : "trend_below", values);
  if (kpi.verdict !== "better" && kpi.verdict !== "worse") return t(lang, "trend_inside", values);
  return t(lang, (kpi.delta ?? 0) > 0 ? "trend_inside_up" : "trend_inside_down", values);
}

/** A table of one group, in the view of that group, says what its card says. */
function tells({ group, groups }: Review, { id }: KpiLine): boolean {
  const known = groups.filter(({ kpis }) => kpis[id]).length;
  return group === "*" ? known > 0 : known > 1;
}

function groupTable(kpi: KpiLine, page: PageContext): Html {
  const { lang, review } = page;
  const rows = review.groups.flatMap((group) => {
    const line = group.kpis[kpi.id];
    return line ? [{ group, line }] : [];
  });
  rows.sort((a, b) => Math.abs(b.line.delta ?? 0) - Math.abs(a.line.delta ?? 0));
  const parts = new Map(
    (contributions(page.explanation, "group")?.rows ?? []).map(({ value, shown }) => [value, shown]),
  );
  const size = ({ group, line }: (typeof rows)[number]) =>
    Math.abs(parts.size > 0 ? (parts.get(group.groupId)?.total ?? 0) : (line.delta ?? 0));
  const scale = Math.max(...rows.map(size), 1e-12);
  if (parts.size > 0) rows.sort((a, b) => size(b) - size(a));
  const shown = rows.length > LISTED + 1 ? LISTED : rows.length;
  // The largest changes are read, the others looked up; paper unfolds nothing.
  const first = shown > FIRST + 1 && !page.isPaper ? FIRST : shown;
  const most = rows.find(({ line }) => line.verdict === "better" || line.verdict === "worse");
  const title = most
    ? t(lang, "groups_title_clear", {
        kpi: kpi.title[lang],
        group: most.group.name,
        delta: shownDelta(most.line.delta, kpi.unit),
      })
    : t(
        lang,
        rows.some(({ line }) => line.verdict === "noise") ? "groups_title_none" : "groups_title_unjudged",
        {
          kpi: kpi.title[lang],
        },
      );
  const head = html`<thead><tr>
<th scope="col">${t(lang, "group")}</th><th scope="col" class="num wide">${t(lang, "members")}</th><th scope="col" class="num wide">${t(lang, "last_week")}</th><th scope="col" class="num">${t(lang, "this_week")}</th><th scope="col" class="num">${t(lang, "change")}</th>${parts.size > 0 ? html`<th scope="col" class="num">${t(lang, "contribution")}</th>` : null}<th scope="col" class="wide"><span class="sr">${t(lang, parts.size > 0 ? "contribution" : "change")}</span></th>${parts.size > 0 && kpi.unit === "ratio" ? html`<th scope="col" class="num wide">${t(lang, "within")}</th><th scope="col" class="num wide">${t(lang, "mix")}</th>` : null}<th scope="col">${t(lang, "verdict")}</th>
</tr></thead>`;
  const table = (from: number, to: number, label: string) =>
    html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="tbl groups stack">${head}<tbody>${rows.slice(from, to).map(({ group, line }) => groupRow({ group, line, kpi, scale, lang, part: parts.get(group.groupId) ?? null, hasParts: parts.size > 0, href: `${groupPath(group.groupId)}?week=${review.week}&kpi=${kpi.id}` }))}</tbody></table></div>`;
  const next = t(lang, "groups_next", { n: shown - first });
  return html`<div class="card"><h3>${title}</h3>${table(0, first, title)}${
    first < shown
      ? html`<details class="data"><summary>${next}</summary>${table(first, shown, next)}</details>`
      : null
  }${
    shown < rows.length
      ? html`<p class="sub">${t(lang, "groups_more", { n: rows.length - shown })} <a href="/lists/kpis.csv?kpi=${kpi.id}&amp;week=${review.from}">${t(lang, "groups_all")}</a></p>`
      : null
  }</div>`;
}

interface GroupRow {
  group: GroupLine;
  line: GroupLine["kpis"][string];
  kpi: KpiLine;
  /** Size of the longest bar. */
  scale: number;
  lang: PageContext["lang"];
  part: Contribution["shown"] | null;
  hasParts: boolean;
  href: string;
}

function groupRow({ group, line, kpi, scale, lang, part, hasParts, href }: GroupRow): Html {
  const of = (
    figure: { numerator: number | null; denominator: number | null; value: number | null } | null,
  ) =>
    figure === null || figure.denominator === null
      ? html`${shownValue(figure?.value ?? null, kpi.unit)}`
      : html`${shownValue(figure.value, kpi.unit)} <small>${shownParts(figure, kpi.unit, "/")}</small>`;
  const size = hasParts ? (part?.total ?? 0) : (line.delta ?? 0);
  const width = (60 * Math.abs(size)) / scale;
  const bar = html`<svg width="124" height="10" viewBox="-62 0 124 10" aria-hidden="true"><path d="M0 0v10" stroke="var(--line-strong)"/><rect x="${(size < 0 ? -width : 0).toFixed(1)}" width="${width.toFixed(1)}" height="10" fill="${deltaColor(line)}"/></svg>`;
  const cell = (value: number | undefined, name: string, label: string) =>
    html`<td class="num${name}" data-label="${label}">${value === undefined ? "—" : shownContribution(value, kpi.unit)}</td>`;
  const extra = hasParts && kpi.unit === "ratio";
  return html`<tr><th scope="row" class="full"><a href="${href}">${group.name}</a></th><td class="num wide">${group.members.toLocaleString("en-US")}</td><td class="num wide">${of(line.previous)}</td><td class="num">${of(line)}</td><td class="num"><b class="${deltaClass(line)}">${line.delta === null ? "—" : shownMove(line.delta, kpi.unit)}</b></td>${hasParts ? cell(part?.total, "", t(lang, "contribution")) : null}<td class="wide">${bar}</td>${extra ? html`${cell(part?.rate, " wide", t(lang, "within"))}${cell(part?.mix, " wide", t(lang, "mix"))}` : null}<td><span class="sig ${line.strength ? "yes" : "no"}"><i></i><span>${verdictWord(line, lang)}</span></span></td></tr>`;
}
