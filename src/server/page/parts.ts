import {
  bestText,
  type Contribution,
  type Contributions,
  contributions,
  firstAndRest,
  peopleText,
} from "../../review/contributions.ts";
import { shownContribution, shownValue } from "../../review/format.ts";
import type { KpiLine } from "../../review/types.ts";
import { verdictWord } from "../../review/words.ts";
import type { Drawing } from "../charts.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { chartSlot } from "./chart-slot.ts";
import { dataTable } from "./layout.ts";

/** Groups that a table of the page lists one by one; a community of thousands has the rest as a file. */
export const LISTED = 50;

/** The change as a waterfall of groups, and how much is their own doing and how much a shift between them. */
export function partsCard(kpi: KpiLine, page: PageContext, charts: readonly Drawing[]): Html {
  const { lang, explanation } = page;
  const made = contributions(explanation, "group");
  const drawn = charts.filter(({ svg }) => svg !== "");
  if (!made || !explanation || drawn.length === 0) return html``;
  // As printed: bars without length and a table of zeros would say less than the sentence.
  if (made.rows.every(({ shown: { total, rate, mix } }) => total === 0 && rate === 0 && mix === 0))
    return html`<div class="card short"><h3>${title(kpi, page, made)}</h3><p class="sub">${t(lang, "waterfall_still")}</p></div>`;
  const shown = (value: number) => shownContribution(value, kpi.unit);
  const { first, rest, overlap } = firstAndRest(made.rows, LISTED);
  const cells = (label: string, own: Contribution["shown"]) => [
    label,
    shown(own.total),
    shown(own.rate),
    shown(own.mix),
  ];
  const facts = [peopleText(explanation), bestText(explanation)].flatMap((text) => text ?? []);
  return html`<div class="card"><h3>${title(kpi, page, made)}</h3><p class="sub">${t(lang, "waterfall_sub")}</p>
${facts.length > 0 ? html`<ul class="said">${facts.map((text) => html`<li>${text[lang]}</li>`)}</ul>` : null}
${drawn.map((one) => chartSlot(page, one, kpi.id))}
<dl class="split"><div><dt>${t(lang, "total_change")}</dt><dd>${shown(made.total)}</dd><dd class="sub">${verdictWord(kpi, lang)}</dd></div>${
    kpi.unit === "ratio"
      ? html`<div><dt>${t(lang, "within")}</dt><dd>${shown(made.rate)}</dd><dd class="sub">${t(lang, "within_sub", { kpi: kpi.title[lang] })}</dd></div><div><dt>${t(lang, "mix")}</dt><dd>${shown(made.mix)}</dd><dd class="sub">${t(lang, "mix_sub")}</dd></div>`
      : null
  }</dl>
${dataTable(
  lang,
  [t(lang, "group"), t(lang, "contribution"), t(lang, "within"), t(lang, "mix")],
  [
    ...first.map(({ label, shown: own }) => cells(label[lang], own)),
    ...(rest ? [cells(t(lang, "other_groups", { n: rest.count }), rest.shown)] : []),
    ...(overlap ? [cells(overlap.label[lang], overlap.shown)] : []),
    [t(lang, "total_change"), shown(made.total), shown(made.rate), shown(made.mix)],
  ],
)}</div>`;
}

function title(kpi: KpiLine, { lang, explanation }: PageContext, made: Contributions): string {
  const values = {
    kpi: kpi.title[lang],
    from: shownValue(explanation?.before.value ?? null, kpi.unit),
    to: shownValue(explanation?.after.value ?? null, kpi.unit),
  };
  if (kpi.verdict === "insufficient") return t(lang, "waterfall_judge", values);
  if (kpi.verdict === "noise") return t(lang, "waterfall_noise", values);
  const sign = Math.sign(made.total);
  const ranked = [...made.rows].sort((a, b) => sign * (b.shown.total - a.shown.total));
  const [most] = ranked;
  const least = ranked.at(-1);
  if (!most) return t(lang, "waterfall_judge", values);
  const named = {
    ...values,
    group: most.label[lang],
    part: shownContribution(most.shown.total, kpi.unit),
  };
  // A group that takes back less than a tenth of the change is no counterweight worth a headline.
  if (!least || sign * least.shown.total > -0.1 * Math.abs(made.total))
    return t(lang, "waterfall_one", named);
  return t(lang, "waterfall_against", {
    ...named,
    other: least.label[lang],
    against: shownContribution(least.shown.total, kpi.unit),
  });
}
