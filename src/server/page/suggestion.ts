import type { Lang } from "../../kit/say.ts";
import type { Evidence } from "../../review/evidence.ts";
import { shownValue } from "../../review/format.ts";
import { maskName } from "../../review/mask.ts";
import type { Review } from "../../review/types.ts";
import { type Action, ownerIn, type Suggestion } from "../../rules/suggestion.ts";
import { localTime, shortDay } from "../context.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";
import { groupName } from "./group-name.ts";
import { mayFollow } from "./layout.ts";
import { bars, EFFECT_TONES, expectation, fact, record } from "./suggestions.ts";

export interface SuggestionPage {
  lang: Lang;
  review: Review;
  suggestion: Suggestion;
  action: Action | null;
  evidence: Evidence;
}

/** One suggestion from its evidence to its effect, with the forms that decide on it. */
export function suggestionPage({ lang, review, suggestion: one, action, evidence }: SuggestionPage): Html {
  const status = action?.status ?? "open";
  const back = html`<input type="hidden" name="back" value="/sop/suggestions/${one.id}">`;
  const post = (step: string, fields: Html, label: string) =>
    html`<form class="row" method="post" action="/api/v1/suggestions/${one.id}/${step}">${back}${fields}<button class="control" type="submit">${label}</button></form>`;
  const owner = html`<label>${t(lang, "owner")} <input class="control" name="owner" maxlength="60" value="${ownerIn(action?.owner ?? one.owner, one, lang)}"></label><label>${t(lang, "due")} <input class="control" type="date" name="due" value="${action?.due ?? ""}"></label>`;
  const refuse = (label: Key) =>
    post(
      "reject",
      html`<label>${t(lang, "reject_reason")} <input class="control" name="reason" maxlength="500" required></label>`,
      t(lang, label),
    );
  const forms = !mayFollow(`/api/v1/suggestions/${one.id}/accept`, "POST")
    ? null
    : status === "open" || status === "rejected"
      ? html`${post("accept", owner, t(lang, "accept"))}${status === "open" ? refuse("reject") : null}`
      : status === "accepted"
        ? html`${post("edit", html`<label>${t(lang, "wording")} <input class="control wide" name="text" maxlength="1000" value="${action?.text[lang] ?? ""}"></label>${owner}`, t(lang, "save"))}${post("done", html``, t(lang, "mark_done"))}${refuse("withdraw")}`
        : null;
  return html`<div class="title"><h1>${one.title[lang]}</h1><p class="sub">${groupName(one.groupId, review, lang)} · ${one.rule} · ${one.week} · <a href="/#sop">${t(lang, "back")}</a></p></div>
<div class="card"><p>${(action?.text ?? one.text)[lang]}</p><p class="sub">${one.description[lang]}</p>${record(one, lang)}
<p><span class="tag ${status === "done" ? "better" : "flat"}">${t(lang, `status_${status}` as Key)}</span></p>${forms}</div>
<div class="pair"><div class="card"><h2 class="h3">${t(lang, "evidence")}</h2>${bars(one, lang)}<dl class="facts-list">${fact(t(lang, "expected"), expectation(one, review, lang))}${fact(t(lang, "rests_on"), `${t(lang, `strength_${one.strength}` as Key)} · ${t(lang, "sample_of", { n: one.sample })}`)}${fact(t(lang, "cost"), t(lang, `cost_${one.cost}` as Key))}${fact(t(lang, "follow_up"), one.followUp.text[lang])}</dl></div>
<div class="card">${one.params.length === 0 ? null : html`<h2 class="h3">${t(lang, "thresholds")}</h2><dl class="facts-list">${one.params.map(({ name, value }) => fact(name[lang], String(value)))}</dl>`}<h2 class="h3">${t(lang, "false_positives")}</h2><p class="sub">${one.falsePositives[lang]}</p><p class="sub">${t(lang, "source_rows")}${t(lang, "colon")}${one.sources.join(lang === "zh" ? "、" : ", ")}</p></div></div>
${weeksCard(lang, evidence)}${casesCard(lang, evidence, review.timezone)}<div class="card"><h2 class="h3">${t(lang, "history")}</h2>${action && action.steps.length > 0 ? html`<ol class="steps-done">${action.steps.map((step) => html`<li>${localTime(lang, step.at, review.timezone)} ${step.by} ${t(lang, `step_${step.step}` as Key)}${step.detail && step.step === "rejected" ? `${t(lang, "colon")}${step.detail}` : ""}</li>`)}</ol>` : html`<p class="sub">${t(lang, "no_history")}</p>`}${action?.effect ? html`<p class="effect"><span class="tag ${EFFECT_TONES[action.effect.verdict] ?? "flat"}">${action.effect.level}</span> ${action.effect.text[lang]}</p>` : null}</div>`;
}

/** The measure that should move, week by week. */
function weeksCard(lang: Lang, { measure, unit, weeks }: Evidence): Html | null {
  if (measure === null || weeks.length === 0) return null;
  const hasParts = weeks.some((one) => one.denominator !== null);
  return html`<div class="card"><h2 class="h3">${t(lang, "evidence_weeks", { name: measure[lang] })}</h2><table class="tbl"><thead><tr><th scope="col">${t(lang, "week")}</th>${hasParts ? html`<th scope="col" class="num">${t(lang, "numerator_denominator")}</th>` : null}<th scope="col" class="num">${measure[lang]}</th></tr></thead><tbody>${weeks.map((one) => html`<tr><th scope="row">${shortDay(lang, one.week)}</th>${hasParts ? html`<td class="num">${one.denominator === null ? "—" : `${one.numerator ?? 0} / ${one.denominator}`}</td>` : null}<td class="num">${shownValue(one.value, unit)}</td></tr>`)}</tbody></table></div>`;
}

const FIRST = 50;

/** The single messages, members, cases or steps. */
function casesCard(lang: Lang, { cases }: Evidence, timezone: string): Html | null {
  if (cases.length === 0) return null;
  const title = t(lang, "evidence_rows", { n: cases.length });
  const at = (value: string | null) =>
    value === null ? "—" : localTime(lang, `${value.replace(" ", "T").replace(/Z?$/, "Z")}`, timezone);
  return html`<div class="card" id="rows"><h2 class="h3">${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "evidence_when")}</th><th scope="col">${t(lang, "evidence_who")}</th><th scope="col">${t(lang, "evidence_what")}</th><th scope="col">${t(lang, "evidence_detail")}</th></tr></thead><tbody>${cases.slice(0, FIRST).map((one) => html`<tr><td>${at(one.at)}</td><td>${one.name === "" ? "—" : maskName(one.name)}</td><td>${one.what[lang]}</td><td>${one.detail?.[lang] ?? "—"}</td></tr>`)}</tbody></table></div></div>`;
}
