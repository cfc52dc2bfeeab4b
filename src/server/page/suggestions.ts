import type { Lang } from "../../kit/say.ts";
import type { SuggestionLine } from "../../review/suggestions.ts";
import type { Review } from "../../review/types.ts";
import type { Suggestion } from "../../rules/suggestion.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";
import { nextActions } from "./actions.ts";
import { section } from "./layout.ts";

export const EFFECT_TONES: Readonly<Record<string, string>> = { improved: "better", worse: "worse" };
/** A meeting does not get through more. */
const FIRST = 6;
/** Cards behind the fold; a community of hundreds of groups has hundreds, which each group's own view lists. */
const FOLDED = 24;

/** What to change next week, best first: cards with their evidence, then the list of what was chosen. */
export function suggestionSection(page: PageContext): Html {
  const { lang, decisions } = page;
  const { suggestions } = decisions;
  const folded = suggestions.slice(FIRST, FIRST + FOLDED);
  const rest = suggestions.length - FIRST - folded.length;
  const cards =
    suggestions.length === 0
      ? html`<div class="card"><p class="sub">${t(lang, "sop_none")}</p></div>`
      : html`<div class="cards">${suggestions.slice(0, FIRST).map((one) => card(one, page))}</div>${
          folded.length > 0
            ? html`<details class="data"><summary>${t(lang, "more_suggestions", { n: folded.length })}</summary><div class="cards">${folded.map((one) => card(one, page))}</div>${rest > 0 ? html`<p class="sub">${t(lang, "rest_suggestions", { n: rest })}</p>` : null}</details>`
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
export function record({ followUps, improved, lowered }: Suggestion, lang: Lang): Html | null {
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

export function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

export function expectation(one: Suggestion, review: Review, lang: Lang): string {
  return one.expect
    .map(({ id, direction, name }) => {
      const title = name?.[lang] ?? review.kpis.find((kpi) => kpi.id === id)?.title[lang] ?? id;
      return t(lang, `expect_${direction}` as Key, { name: title });
    })
    .join(lang === "zh" ? "、" : ", ");
}

/** Evidence in one unit as bars to compare, longest full; other figures stand as they are. */
export function bars({ evidence }: Suggestion, lang: Lang): Html {
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
