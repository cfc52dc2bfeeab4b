import type { Drawing } from "../charts.ts";
import type { PageContext } from "../context.ts";
import { Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { section } from "./layout.ts";

/** Charts that an analyst added beside the sections of the page, each under the question that it answers. */
export function moreSection({ lang }: PageContext, charts: readonly Drawing[]): Html {
  const drawn = charts.filter(({ svg }) => svg !== "");
  if (drawn.length === 0) return html``;
  return section(
    "more",
    t(lang, "nav_more"),
    t(lang, "more_sub"),
    html`${drawn.map(({ id, question, svg }) => html`<div class="card"><h3>${question[lang]}</h3><div class="chart" data-chart="${id}">${new Html(svg)}</div></div>`)}`,
  );
}
