import type { Lang } from "../../kit/say.ts";
import type { KpiLine } from "../../review/types.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { section } from "./layout.ts";

/** What every number means, from the headers of the SQL files that compute it. */
export function definitionSection({ lang, review, layout, isPaper }: PageContext): Html {
  // A meeting asks what the large figures mean; on paper nothing unfolds.
  const first = new Set(isPaper ? [...layout.headline, ...layout.more] : layout.headline);
  const [shown, others] = [true, false].map((is) => review.kpis.filter(({ id }) => first.has(id) === is));
  return section(
    "definitions",
    t(lang, "nav_definitions"),
    t(lang, "definitions_sub"),
    // How groups are ranked is asked by whoever unfolds the ranking.
    html`<dl class="defs">${units(lang)}${verdict(lang)}${isPaper ? ranking(lang) : null}${(shown ?? []).map((kpi) => entry(kpi, lang, false))}</dl>${
      others && others.length > 0
        ? html`<details class="data"><summary>${t(lang, "all_definitions", { n: others.length })}</summary><dl class="defs">${isPaper ? null : ranking(lang)}${others.map((kpi) => entry(kpi, lang, false))}</dl></details>`
        : null
    }`,
  );
}

/** The rules of judging and of ranking, then each KPI; its id is of use to whoever writes a query, not in a meeting. */
export function definitionList(kpis: readonly KpiLine[], lang: Lang): Html {
  return html`<dl class="defs">${units(lang)}${verdict(lang)}${ranking(lang)}${kpis.map((kpi) => entry(kpi, lang, true))}</dl>`;
}

const said = (name: string, text: string) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`;
const units = (lang: Lang) => said(t(lang, "unit_pp"), t(lang, "unit_pp_is"));
const verdict = (lang: Lang) => said(t(lang, "verdict"), t(lang, "rule_verdict"));
const ranking = (lang: Lang) => said(t(lang, "ranking_name"), t(lang, "rule_ranking"));

function entry(kpi: KpiLine, lang: Lang, withId: boolean): Html {
  return html`<div><dt>${kpi.title[lang]}${withId ? html` <code>${kpi.id}</code>` : null}</dt><dd>${kpi.description[lang]}${kpi.minDenominator ? html` <span class="sub">${t(lang, "min_denominator", { n: [kpi.minDenominator, kpi.of?.[lang] ?? ""].join(" ") })}</span>` : null}</dd></div>`;
}
