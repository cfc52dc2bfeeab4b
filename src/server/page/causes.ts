import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";

/**
 * What else changed where the KPI moved, in the same week: the likelier candidates, those of one week alone where there is nothing
 * better, or that nothing was found. Ordinary variation gets none.
 */
export function causesCard({ lang, explanation }: Pick<PageContext, "lang" | "explanation">): Html | null {
  const { causes = [], nothingFound = null } = explanation ?? {};
  const likely = causes.filter(({ confidence }) => confidence !== "low");
  const said = (likely.length > 0 ? likely : causes).map(({ text }) => text);
  if (said.length === 0 && nothingFound) said.push(nothingFound);
  if (said.length === 0) return null;
  return html`<div class="card" id="causes"><h3>${t(lang, "causes_title")}</h3><p class="sub">${t(lang, "causes_sub")}</p><ul class="said">${said.map((text) => html`<li>${text[lang]}</li>`)}</ul></div>`;
}
