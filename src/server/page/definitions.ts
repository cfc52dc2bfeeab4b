import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { section } from "./layout.ts";

/** What every number means, from the headers of the SQL files that compute it. */
export function definitionSection({ lang, review }: PageContext): Html {
  return section(
    "definitions",
    t(lang, "nav_definitions"),
    t(lang, "definitions_sub"),
    html`<dl class="defs">${review.kpis.map((kpi) => html`<div><dt>${kpi.title[lang]} <code>${kpi.id}</code></dt><dd>${kpi.description[lang]}${kpi.minDenominator ? html` <span class="sub">${t(lang, "min_denominator", { n: kpi.minDenominator })}</span>` : null}</dd></div>`)}<div><dt>${t(lang, "verdict")}</dt><dd>${t(lang, "rule_verdict")}</dd></div></dl>`,
  );
}
