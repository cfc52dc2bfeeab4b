import { shownPart as count, shownValue } from "../../../review/format.ts";
import { maskName } from "../../../review/mask.ts";
import { localTime, shortDay } from "../../context.ts";
import { type Html, html } from "../../html.ts";
import { type Key, t } from "../../i18n.ts";
import { section } from "../layout.ts";
import type { SopData } from "./data.ts";

/** Numbers that the plan asks of its messages. */
export function toleranceSection({ lang, review }: SopData): Html {
  const { tolerances } = review.sop;
  if (tolerances.length === 0) return html``;
  return section(
    "tolerances",
    t(lang, "sop_tolerances"),
    "",
    html`<div class="card scroll" tabindex="0" role="region" aria-label="${t(lang, "sop_step")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "sop_step")}</th><th scope="col">${t(lang, "sop_measure")}</th><th scope="col">${t(lang, "sop_range")}</th><th scope="col" class="num">${t(lang, "sop_inside")}</th><th scope="col" class="num">${t(lang, "sop_outside")}</th><th scope="col" class="num">${t(lang, "sop_not_said")}</th></tr></thead><tbody>${tolerances.map((one) => html`<tr><th scope="row">${one.stepId}</th><td>${one.measure}</td><td>${one.low ?? ""}–${one.high ?? ""}</td><td class="num">${one.inside}</td><td class="num">${one.outside}</td><td class="num">${one.notSaid}</td></tr>`)}</tbody></table></div>`,
  );
}

/** Open cases that the page lists; the rest are counted. */
const OPEN_ROWS = 30;

/** No more are asked for (`service_cases`): their number is no count of the cases then. */
const MOST_ROWS = 1000;

/** How many of the open cases are the week's own, how many older, and how many stand below. */
function openTitle({ lang, review }: SopData, open: SopData["cases"]): { title: string; sub: string } {
  const own = review.sop.service.reduce((sum, one) => sum + one.open, 0);
  const first = t(lang, "sop_open_first", { n: OPEN_ROWS });
  if (open.length >= MOST_ROWS)
    return { title: t(lang, "sop_open_week", { n: own }), sub: `${t(lang, "sop_open_uncounted")}${first}` };
  const older = open.filter((row) => String(row["week"]).slice(0, 10) !== review.from).length;
  const counts = t(lang, "sop_open_split", { own, older });
  return {
    title: t(lang, "sop_open_cases", { n: own + older }),
    sub: open.length > OPEN_ROWS ? `${counts}${first}` : counts,
  };
}

/** How soon members were served, and what is still open. */
export function serviceSection(data: SopData): Html {
  const { lang, review, cases } = data;
  const { service } = review.sop;
  if (service.length === 0) return html``;
  const kind = (id: string) => t(lang, `sop_kind_${id}` as Key);
  const open = cases.filter((row) => row["is_open"] === true);
  const summary = html`<div class="card scroll" tabindex="0" role="region" aria-label="${t(lang, "sop_case")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "sop_case")}</th><th scope="col" class="num">${t(lang, "sop_cases")}</th><th scope="col" class="num">${t(lang, "sop_in_time")}</th><th scope="col" class="num">${t(lang, "sop_median")}</th><th scope="col" class="num">${t(lang, "sop_open")}</th></tr></thead><tbody>${service.map((one) => html`<tr><th scope="row">${kind(one.kind)}</th><td class="num">${count(one.cases)}</td><td class="num">${count(one.inTime)} / ${count(one.judged)}</td><td class="num">${one.medianReplyMinutes === null ? (one.judged > 0 ? t(lang, "sop_median_none") : "—") : count(Math.round(one.medianReplyMinutes))}</td><td class="num">${count(one.open)}</td></tr>`)}</tbody></table></div>`;
  const at = (value: unknown) => localTime(lang, `${String(value).replace(" ", "T")}Z`, review.timezone);
  const stages = (value: unknown) =>
    String(value ?? "")
      .split(",")
      .map((stage) => (stage === "" ? "—" : t(lang, `sop_stage_${stage}` as Key)))
      .join(lang === "zh" ? "、" : ", ");
  const { title, sub } = openTitle(data, open);
  const list =
    open.length === 0
      ? null
      : html`<div class="card"><h3>${title}</h3><p class="sub">${sub}</p><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="tbl stack"><thead><tr><th scope="col">${t(lang, "sop_case")}</th><th scope="col">${t(lang, "member")}</th><th scope="col">${t(lang, "group")}</th><th scope="col">${t(lang, "sop_opened")}</th><th scope="col">${t(lang, "sop_missing")}</th></tr></thead><tbody>${open.slice(0, OPEN_ROWS).map((row) => html`<tr><th scope="row">${kind(String(row["kind"]))}</th><td>${maskName(String(row["name"] ?? ""))}</td><td class="full">${String(row["group_name"])}</td><td class="lead">${at(row["opened_at"])}</td><td class="full" data-label="${t(lang, "sop_missing")}">${stages(row["missing_stages"])}</td></tr>`)}</tbody></table></div></div>`;
  return section("service", t(lang, "sop_service"), t(lang, "sop_service_sub"), html`${summary}${list}`);
}

/** Adherence beside activity, week by week. */
export function trendSection({ lang, review, trend }: SopData): Html {
  const weeks = trend.filter((row) => row["group_id"] === review.group).slice(-12);
  if (weeks.length < 2) return html``;
  const value = (row: (typeof weeks)[number], name: string) =>
    shownValue(row[name] === null ? null : Number(row[name]), "ratio");
  return section(
    "trend",
    t(lang, "sop_trend"),
    t(lang, "sop_trend_sub"),
    html`<div class="card scroll" tabindex="0" role="region" aria-label="${t(lang, "sop_trend")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "week")}</th><th scope="col" class="num">${t(lang, "sop_sent_share")} / ${t(lang, "sop_due")}</th><th scope="col" class="num">${t(lang, "sop_kept")}</th><th scope="col" class="num">${review.kpis.find(({ id }) => id === String(weeks[0]?.["kpi"]))?.title[lang] ?? ""}</th></tr></thead><tbody>${weeks.map((row) => html`<tr><th scope="row">${shortDay(lang, String(row["week"]))}</th><td class="num">${Number(row["sent"])} / ${Number(row["due"])}</td><td class="num">${value(row, "adherence")}</td><td class="num">${value(row, "value")}</td></tr>`)}</tbody></table></div>`,
  );
}

/** What was tried and did not work. */
export function withoutEffectSection({ lang, withoutEffect }: SopData): Html {
  if (withoutEffect.length === 0) return html``;
  return section(
    "no-help",
    t(lang, "sop_no_help"),
    t(lang, "sop_no_help_sub"),
    html`<div class="card"><ul class="plain">${withoutEffect.map((one) => html`<li><a href="/sop/suggestions/${one.id}">${one.text[lang]}</a><p class="sub">${one.effect?.text[lang] ?? ""}</p></li>`)}</ul></div>`,
  );
}
