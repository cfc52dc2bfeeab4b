import type { Lang } from "../../kit/say.ts";
import type { SuggestionLine } from "../../review/suggestions.ts";
import type { Review } from "../../review/types.ts";
import type { Action, Suggestion } from "../../rules/suggestion.ts";
import { localTime, type PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";
import { nextActions } from "./actions.ts";
import { section } from "./layout.ts";

const EFFECT_TONES: Readonly<Record<string, string>> = { improved: "better", worse: "worse" };
/** A meeting does not get through more. */
const FIRST = 6;

/** What to change next week, best first: cards with their evidence, then the list of what was chosen. */
export function suggestionSection(page: PageContext): Html {
  const { lang, decisions } = page;
  const { suggestions } = decisions;
  const cards =
    suggestions.length === 0
      ? html`<div class="card"><p class="sub">${t(lang, "sop_none")}</p></div>`
      : html`<div class="cards">${suggestions.slice(0, FIRST).map((one) => card(one, page))}</div>${
          suggestions.length > FIRST
            ? html`<details class="data"><summary>${t(lang, "more_suggestions", { n: suggestions.length - FIRST })}</summary><div class="cards">${suggestions.slice(FIRST).map((one) => card(one, page))}</div></details>`
            : null
        }`;
  return section("sop", t(lang, "nav_sop"), t(lang, "sop_sub"), html`${cards}${nextActions(page)}`);
}

function card(one: SuggestionLine, page: PageContext): Html {
  const { lang, review } = page;
  const tried = record(one, lang);
  return html`<article class="card sop${one.greyed ? " greyed" : ""}"><div><p class="where">${groupName(one.groupId, review, lang)} · ${one.rule}</p><h3>${one.title[lang]}</h3></div>
<p>${one.text[lang]}</p>${tried}${bars(one, lang)}
<dl>${fact(t(lang, "expected"), expectation(one, review, lang))}${fact(t(lang, "rests_on"), `${t(lang, `strength_${one.strength}` as Key)} · ${t(lang, "sample_of", { n: one.sample })}`)}${fact(t(lang, "cost"), t(lang, `cost_${one.cost}` as Key))}${fact(t(lang, "follow_up"), one.followUp.text[lang])}</dl>
${one.greyed ? html`<p class="tag warn">${t(lang, "greyed_note")}</p>` : one.tick ? html`<p class="tag warn">${t(lang, "tick_note")}</p>` : null}
<footer><a href="/sop/suggestions/${one.id}">${t(lang, "details")}</a>${decision(one, page)}</footer></article>`;
}

/** What came of the same suggestion before. */
function record({ followUps, improved, lowered }: Suggestion, lang: Lang): Html | null {
  if (followUps === 0) return null;
  const before = t(lang, "tried_before", { n: followUps, improved });
  return lowered === null
    ? html`<p class="sub">${before}</p>`
    : html`<p class="tag warn">${before} ${t(lang, lowered === "group" ? "lowered_group" : "lowered_rule")}</p>`;
}

function decision({ id, status, owner }: SuggestionLine, { lang, here }: PageContext): Html {
  if (status === "accepted" || status === "done")
    return html`<span class="tag better">${t(lang, "accepted_mark")}</span>`;
  if (status === "rejected") return html`<span class="tag flat">${t(lang, "rejected_mark")}</span>`;
  return html`<form method="post" action="/api/v1/suggestions/${id}/accept"><input type="hidden" name="back" value="${here}#sop"><input type="hidden" name="owner" value="${owner}"><button class="control" type="submit">${t(lang, "accept")}</button></form>`;
}

function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function expectation(one: Suggestion, review: Review, lang: Lang): string {
  return one.expect
    .map(({ id, direction, name }) => {
      const title = name?.[lang] ?? review.kpis.find((kpi) => kpi.id === id)?.title[lang] ?? id;
      return t(lang, `expect_${direction}` as Key, { name: title });
    })
    .join(lang === "zh" ? "、" : ", ");
}

/** Evidence in one unit as bars to compare, longest full; other figures stand as they are. */
function bars({ evidence }: Suggestion, lang: Lang): Html {
  const size = (value: unknown) => (typeof value === "number" ? Math.abs(value) : 0);
  const units = new Map<string, number>();
  for (const { unit } of evidence) units.set(unit, (units.get(unit) ?? 0) + 1);
  const comparable = (unit: string) => (units.get(unit) ?? 0) > 1 || unit === "people" || unit === "number";
  const most = Math.max(...evidence.map(({ value, unit }) => (comparable(unit) ? size(value) : 0)), 1e-9);
  return html`<ul class="ev">${evidence.slice(0, 5).map(({ name, value, unit, shown }) => html`<li><span>${name[lang]}</span>${comparable(unit) && size(value) > 0 ? html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${((100 * size(value)) / most).toFixed(1)}" height="10" rx="1.5" fill="var(--accent-soft)"/></svg>` : html`<i></i>`}<b>${shown}</b></li>`)}</ul>`;
}

export function groupName(id: string, review: Review, lang: Lang): string {
  if (id === "*") return t(lang, "group_all");
  return review.groupChoices.find(({ groupId }) => groupId === id)?.name ?? id;
}

export interface SuggestionPage {
  lang: Lang;
  review: Review;
  suggestion: Suggestion;
  action: Action | null;
}

/** One suggestion from its evidence to its effect, with the forms that decide on it. */
export function suggestionPage({ lang, review, suggestion: one, action }: SuggestionPage): Html {
  const status = action?.status ?? "open";
  const back = html`<input type="hidden" name="back" value="/sop/suggestions/${one.id}">`;
  const post = (step: string, fields: Html, label: string) =>
    html`<form class="row" method="post" action="/api/v1/suggestions/${one.id}/${step}">${back}${fields}<button class="control" type="submit">${label}</button></form>`;
  const owner = html`<label>${t(lang, "owner")} <input class="control" name="owner" maxlength="60" value="${action?.owner ?? one.owner}"></label><label>${t(lang, "due")} <input class="control" type="date" name="due" value="${action?.due ?? ""}"></label>`;
  const forms =
    status === "open" || status === "rejected"
      ? html`${post("accept", owner, t(lang, "accept"))}${status === "open" ? post("reject", html`<label>${t(lang, "reject_reason")} <input class="control" name="reason" maxlength="500" required></label>`, t(lang, "reject")) : null}`
      : status === "accepted"
        ? html`${post("edit", html`<label>${t(lang, "wording")} <input class="control wide" name="text" maxlength="1000" value="${action?.text[lang] ?? ""}"></label>${owner}`, t(lang, "save"))}${post("done", html``, t(lang, "mark_done"))}`
        : null;
  return html`<div class="title"><h1>${one.title[lang]}</h1><p class="sub">${groupName(one.groupId, review, lang)} · ${one.rule} · ${one.week} · <a href="/#sop">${t(lang, "back")}</a></p></div>
<div class="card"><p>${(action?.text ?? one.text)[lang]}</p><p class="sub">${one.description[lang]}</p>${record(one, lang)}
<p><span class="tag ${status === "done" ? "better" : "flat"}">${t(lang, `status_${status}` as Key)}</span></p>${forms}</div>
<div class="pair"><div class="card"><h2 class="h3">${t(lang, "evidence")}</h2>${bars(one, lang)}<dl class="facts-list">${fact(t(lang, "expected"), expectation(one, review, lang))}${fact(t(lang, "rests_on"), `${t(lang, `strength_${one.strength}` as Key)} · ${t(lang, "sample_of", { n: one.sample })}`)}${fact(t(lang, "cost"), t(lang, `cost_${one.cost}` as Key))}${fact(t(lang, "follow_up"), one.followUp.text[lang])}</dl></div>
<div class="card"><h2 class="h3">${t(lang, "thresholds")}</h2><dl class="facts-list">${one.params.map(({ name, value }) => fact(name[lang], String(value)))}</dl><h2 class="h3">${t(lang, "false_positives")}</h2><p class="sub">${one.falsePositives[lang]}</p><p class="sub">${t(lang, "source_rows")}：${one.sources.join("、")}</p></div></div>
<div class="card"><h2 class="h3">${t(lang, "history")}</h2>${action && action.steps.length > 0 ? html`<ol class="steps-done">${action.steps.map((step) => html`<li>${localTime(step.at, review.timezone)} ${step.by} ${t(lang, `step_${step.step}` as Key)}${step.detail && step.step === "rejected" ? `：${step.detail}` : ""}</li>`)}</ol>` : html`<p class="sub">${t(lang, "no_history")}</p>`}${action?.effect ? html`<p class="effect"><span class="tag ${EFFECT_TONES[action.effect.verdict] ?? "flat"}">${action.effect.level}</span> ${action.effect.text[lang]}</p>` : null}</div>`;
}
