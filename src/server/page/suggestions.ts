import type { Lang } from "../../kit/say.ts";
import type { SuggestionLine } from "../../review/suggestions.ts";
import type { Review } from "../../review/types.ts";
import type { Suggestion } from "../../rules/suggestion.ts";
import { shownSpan } from "../../rules/text.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";
import { nextActions } from "./actions.ts";
import { groupName } from "./group-name.ts";
import { mayFollow, section } from "./layout.ts";

export const EFFECT_TONES: Readonly<Record<string, string>> = { improved: "better", worse: "worse" };
/** What a meeting decides on, with its evidence; then what it may still get through, a line each. */
const FIRST = 3;
const NEXT = 3;
/** Other groups that a card lists with what is said of them; a community of hundreds has more, which their own views list. */
const OTHERS = 12;

/** One rule in the groups that it speaks of: the first is the best, as the list has it. */
interface Theme {
  first: SuggestionLine;
  others: SuggestionLine[];
}

/** The same finding in five groups is one thing to talk about. @param lines best first. */
export function themesOf(lines: readonly SuggestionLine[]): Theme[] {
  const themes = new Map<string, Theme>();
  for (const line of lines) {
    const known = themes.get(line.rule);
    if (known) known.others.push(line);
    else themes.set(line.rule, { first: line, others: [] });
  }
  return [...themes.values()];
}

/** What to change next week, best first: cards with their evidence, then the list of what was chosen. */
export function suggestionSection(page: PageContext): Html {
  const { lang, decisions } = page;
  const { suggestions } = decisions;
  const themes = themesOf(suggestions);
  const next = themes.slice(FIRST, FIRST + NEXT);
  const folded = themes.slice(FIRST + NEXT);
  const cards =
    suggestions.length === 0
      ? html`<div class="card"><p class="sub">${t(lang, page.review.members === 0 ? "sop_nobody" : "sop_none")}</p></div>`
      : html`<div class="cards">${themes.slice(0, FIRST).map((one) => card(one, page))}</div>${next.length > 0 ? html`<div class="card next">${lines(next, page)}</div>` : null}${
          folded.length > 0
            ? html`<details class="data"><summary>${t(lang, "more_suggestions", { n: folded.length })}</summary>${lines(folded, page)}</details>`
            : null
        }`;
  return section("sop", t(lang, "nav_sop"), t(lang, "sop_sub"), html`${cards}${nextActions(page)}`);
}

function card({ first: one, others }: Theme, page: PageContext): Html {
  const { lang, review } = page;
  const tried = record(one, lang);
  return html`<article class="card sop${one.greyed ? " greyed" : ""}"><div><p class="where">${where(one, others, review, lang)}</p><h3>${one.title[lang]}</h3></div>
<p>${one.text[lang]}</p>${tried}${bars(one, lang)}
<dl>${fact(t(lang, "expected"), expectation(one, review, lang))}${fact(t(lang, "rests_on"), `${t(lang, `strength_${one.strength}` as Key)} · ${t(lang, "sample_of", { n: one.sample })}`)}${fact(t(lang, "cost"), t(lang, `cost_${one.cost}` as Key))}${fact(t(lang, "follow_up"), one.followUp.text[lang])}</dl>${alsoIn(others, page)}
${doubt(one, lang)}
${page.isPaper ? null : html`<footer><a class="onward" href="/sop/suggestions/${one.id}">${t(lang, "details")}</a>${decision(one, page)}</footer>`}</article>`;
}

/** Themes as lines: what, where and what to do; the evidence is one click away. */
function lines(themes: readonly Theme[], page: PageContext): Html {
  const { lang, review } = page;
  const line = ({ first: one, others }: Theme) =>
    html`<li${one.greyed ? html` class="greyed"` : null}><div><p><a href="/sop/suggestions/${one.id}">${one.title[lang]}</a> <span class="sub">${where(one, others, review, lang)} · ${t(lang, `strength_${one.strength}` as Key)} · ${t(lang, "sample_of", { n: one.sample })}</span></p><p>${one.text[lang]}</p>${record(one, lang)}${alsoIn(others, page)}${doubt(one, lang)}</div>${decision(one, page)}</li>`;
  return html`<ul class="lines">${themes.map(line)}</ul>`;
}

function where(one: SuggestionLine, others: readonly SuggestionLine[], review: Review, lang: Lang): string {
  const name = groupName(one.groupId, review, lang);
  // 等 stands apart from a name that ends in Latin letters or digits.
  const apart = lang === "zh" && /[\da-z]$/i.test(name) ? `${name} ` : name;
  return others.length === 0 ? name : t(lang, "sop_and_others", { name: apart, n: others.length + 1 });
}

/** What to look at before it is acted on. */
function doubt({ greyed, tick }: SuggestionLine, lang: Lang): Html | null {
  if (greyed) return html`<p class="tag warn">${t(lang, "greyed_note")}</p>`;
  return tick ? html`<p class="tag warn">${t(lang, "tick_note")}</p>` : null;
}

/** What the same rule says of other groups, each to be decided on by itself. */
function alsoIn(others: readonly SuggestionLine[], page: PageContext): Html | null {
  const { lang, review } = page;
  if (others.length === 0) return null;
  const row = (one: SuggestionLine) =>
    html`<li><p><a href="/sop/suggestions/${one.id}">${groupName(one.groupId, review, lang)}</a> ${one.text[lang]}</p>${record(one, lang)}${doubt(one, lang)}${decision(one, page)}</li>`;
  const rest = others.length - OTHERS;
  return html`<details class="data also"><summary>${t(lang, "sop_also_in", { n: others.length })}</summary><ul>${others.slice(0, OTHERS).map(row)}</ul>${rest > 0 ? html`<p class="sub">${t(lang, "rest_suggestions", { n: rest })}</p>` : null}</details>`;
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
  const accept = `/api/v1/suggestions/${id}/accept`;
  if (!mayFollow(accept, "POST")) return html``;
  return html`<form method="post" action="${accept}"><input type="hidden" name="back" value="${here}#sop"><input type="hidden" name="owner" value="${owner}"><button class="control" type="submit">${t(lang, "accept")}</button></form>`;
}

/** Nothing where there is nothing to say: a rule about the data expects no KPI to move. */
export function fact(name: string, value: string): Html | null {
  if (value === "") return null;
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

export function expectation(one: Suggestion, review: Review, lang: Lang): string {
  return one.expect
    .map(({ id, direction, name }) => {
      // One that nothing is known of stands among the missing.
      const titled = review.kpis.find((kpi) => kpi.id === id) ?? review.missing.find(({ kpi }) => kpi === id);
      const title = name?.[lang] ?? titled?.title[lang] ?? id;
      return t(lang, `expect_${direction}` as Key, { name: title });
    })
    .join(lang === "zh" ? "、" : ", ");
}

/** People, and how many there are otherwise, are one scale; any other unit is its own. */
const scaleOf = (unit: string) => (unit === "number" ? "people" : unit);

/** Evidence as bars where two figures are on one scale, the longer one full; other figures stand as they are. */
export function bars({ evidence }: Suggestion, lang: Lang): Html {
  const size = (value: unknown) => (typeof value === "number" ? Math.abs(value) : 0);
  const shown = evidence.slice(0, 5);
  const drawn = (value: unknown, unit: string) => {
    const alike = shown.filter((one) => scaleOf(one.unit) === scaleOf(unit)).map((one) => size(one.value));
    if (alike.length < 2 || size(value) === 0) return html`<i></i>`;
    const width = (100 * size(value)) / Math.max(...alike);
    return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${width.toFixed(1)}" height="10" rx="1.5" fill="var(--accent-soft)"/></svg>`;
  };
  return html`<ul class="ev">${shown.map(({ name, value, unit, shown: text }) => html`<li><span>${name[lang]}</span>${drawn(value, unit)}<b>${shownSpan(value, unit, lang) ?? text}</b></li>`)}</ul>`;
}
