import { localDay } from "../../kit/time.ts";
import { offered } from "../../report/offered.ts";
import { localTime, type PageContext, shortDay, VERSUS, weekNumber } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { mayFollow } from "./layout.ts";
import { onward } from "./unknown.ts";

/** Choices that a select shows without tiring anybody. */
const SCROLLED = 30;

/** Scope, week and export: native controls in a form, so that the page is whole without JavaScript. */
export function controlBar({ lang, review, link, kpi, versus, path }: PageContext): Html {
  const at = review.weeks.findIndex(({ week }) => week === review.week);
  const step = (to: number, label: string, none: string, path: Html) => {
    const target = review.weeks[to];
    return target
      ? html`<a class="control icon" href="${link({ week: target.week })}" aria-label="${label}">${path}</a>`
      : html`<span class="control icon off" role="img" aria-label="${none}" title="${none}">${path}</span>`;
  };
  const groups = review.groupChoices.map(
    ({ groupId, name }) =>
      html`<option value="${groupId}"${groupId === review.group ? html` selected` : null}>${name}</option>`,
  );
  const weeks = review.weeks.map(
    ({ week, from, to }) =>
      html`<option value="${week}"${week === review.week ? html` selected` : null}>${week} · ${shortDay(lang, from)} – ${shortDay(lang, to)}</option>`,
  );
  return html`<form class="controls" action="${path}" method="get">
<label class="sr" for="scope">${t(lang, "scope")}</label><select id="scope" name="group" class="control" data-submit${findable(lang, review.groupChoices.length)}><option value="*">${t(lang, "all_groups", { n: review.groupChoices.length })}</option>${groups}</select>
<span class="weeks">${step(at + 1, t(lang, "previous_week"), t(lang, "no_earlier_week"), LEFT)}<label class="sr" for="week">${t(lang, "week")}</label><select id="week" name="week" class="control" data-submit>${weeks}</select>${step(at - 1, t(lang, "next_week"), t(lang, "no_later_week"), RIGHT)}</span>
<label class="sr" for="vs">${t(lang, "versus")}</label><select id="vs" name="vs" class="control" data-submit>${offeredBases(review).map((one) => html`<option value="${one}"${one === versus ? html` selected` : null}>${t(lang, `versus_${one}`)}</option>`)}</select>
<input type="hidden" name="kpi" value="${kpi}">
<button class="control nojs" type="submit">${t(lang, "go")}</button>
</form>
${exportMenu(review, lang, kpi)}`;
}

/** Of more groups than anybody scrolls through one is found by its name. */
export function findable(lang: PageContext["lang"], groups: number): Html | null {
  return groups > SCROLLED
    ? html` data-find="${t(lang, "find_group")}" data-none="${t(lang, "find_group_none")}"`
    : null;
}

/** The week as files, of those that whoever asks may have. */
function exportMenu(review: PageContext["review"], lang: PageContext["lang"], kpi: string): Html | null {
  const { week, group } = review;
  const of = (path: string, query: Record<string, string>, label: Html) =>
    mayFollow(path)
      ? [html`<li><a href="${path}?${new URLSearchParams(query).toString()}">${label}</a></li>`]
      : [];
  const files = [
    ...offered().flatMap((format) =>
      of(
        `/report.${format}`,
        { week, group, kpi },
        html`${t(lang, `report_${format}`)}<small>${t(lang, `report_${format}_sub`)}</small>`,
      ),
    ),
    ...of("/api/v1/review", { week, group }, html`${t(lang, "export_json")}`),
    ...of("/lists/kpis.csv", { group }, html`${t(lang, "export_csv")}`),
    ...of("/lists/dormant.csv", { week, group }, html`${t(lang, "export_list")}`),
  ];
  if (files.length === 0) return null;
  return html`<details class="menu"><summary class="control dark">${DOWN}${t(lang, "export")}</summary><ul>
${files}
</ul></details>`;
}

/** A camp's own clock is offered where there is an earlier camp to hold it against, the moon's where a festival moved. */
function offeredBases({ kpis }: PageContext["review"]): (typeof VERSUS)[number][] {
  const has = {
    camp: kpis.some(({ against }) => against.campDay),
    festival: kpis.some(({ against }) => against.festival),
  };
  return VERSUS.filter((one) => (one !== "camp" && one !== "festival") || has[one]);
}

/** Week, range, size and freshness, then what is doubtful in the data. */
export function heading(page: PageContext): Html {
  const { lang, review, heading: own } = page;
  const [first, last] = [review.from, review.to].map((day) => day.slice(0, 4)) as [string, string];
  const range = t(lang, "range", {
    year: first,
    from:
      lang === "zh" || first === last
        ? shortDay(lang, review.from)
        : `${shortDay(lang, review.from)} ${first}`,
    to: shortDay(lang, review.to),
    last,
  });
  const against = review.previous
    ? t(lang, "against", { n: weekNumber(review.previous) })
    : t(lang, "no_previous");
  const size =
    review.groupName === null
      ? t(lang, "scope_size", {
          groups: review.groups.length,
          members: review.members.toLocaleString("en-US"),
        })
      : t(lang, "scope_size_one", {
          name: review.groupName,
          members: review.members.toLocaleString("en-US"),
        });
  const notices = [
    ...(review.complete
      ? []
      : [
          html`<li>${t(lang, review.previous ? "partial_week" : "partial_first", { at: localTime(lang, review.asOf, review.timezone) })}</li>`,
        ]),
    ...nearlyWhole(page),
    ...review.quality.map(
      ({ severity, text, href }) => html`<li class="${severity}">${text[lang]}${onward(lang, href)}</li>`,
    ),
  ];
  return html`<div class="title"><h1>${own ?? t(lang, "title_week", { n: weekNumber(review.week) })}</h1>
<p class="sub">${range}${lang === "zh" ? "，" : ", "}${against}<span class="gapped">${size}</span><span class="gapped">${t(lang, "fresh", { at: localTime(lang, review.asOf, review.timezone) })}</span></p></div>
${notices.length > 0 ? html`<ul class="notice">${notices}</ul>` : null}`;
}

/**
 * Where the data end on the last day of a week, that week is not whole and the one before is shown: whoever exported on
 * Monday looks for the week that is over.
 */
function nearlyWhole({ lang, review, link, isOffline }: PageContext): Html[] {
  const { weeks, week, complete, asOf, timezone } = review;
  const next = weeks[weeks.findIndex((one) => one.week === week) - 1];
  if (!complete || isOffline || !next || next.complete || localDay(asOf, timezone) !== next.to) return [];
  const n = weekNumber(next.week);
  const said = t(lang, "nearly_week", { n, at: localTime(lang, asOf, timezone) });
  return [
    html`<li>${said}${lang === "zh" ? "" : " "}<a href="${link({ week: next.week })}">${t(lang, "nearly_week_go", { n })}</a></li>`,
  ];
}

/** At most three sentences, each with its proof: of an offline page, which shows one KPI in parts, its card or its row. */
export function conclusionList({ lang, review, isOffline }: PageContext): Html | null {
  if (review.conclusions.length === 0) return null;
  return html`<section class="card conclusions" aria-label="${t(lang, "conclusions")}"><ul>${review.conclusions.map(
    (one) => {
      const kpi = review.kpis.find(({ id }) => id === one.kpi);
      const up = kpi?.delta ?? (one.tone === "better" ? 1 : -1);
      const sign = one.tone === "flat" ? "■" : up > 0 ? "▲" : "▼";
      return html`<li><span class="tag ${one.tone}">${sign} ${one.tag[lang]}</span><span class="what">${one.text[lang]}</span><a class="onward" href="${isOffline && one.kpi !== null ? `#kpi-${one.kpi}` : one.href}">${t(lang, "proof")}<span class="sr">${t(lang, "colon")}${one.tag[lang]}</span></a></li>`;
    },
  )}</ul></section>`;
}

const LEFT = html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="M9 3 5 7l4 4" fill="none" stroke="currentColor" stroke-width="1.8"/></svg>`;
const RIGHT = html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="m5 3 4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.8"/></svg>`;
const DOWN = html`<svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2v8m0 0 3-3m-3 3L5 7M2.5 13.5h11" fill="none" stroke="currentColor" stroke-width="1.6"/></svg>`;
