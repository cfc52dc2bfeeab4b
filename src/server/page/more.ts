import type { Drawing } from "../charts.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { chartSlot } from "./chart-slot.ts";
import { section } from "./layout.ts";

/** Charts that an analyst added beside the sections of the page, each under the question that it answers. */
export function moreSection(page: PageContext, charts: readonly Drawing[]): Html {
  const { lang } = page;
  const drawn = charts.filter(({ svg }) => svg !== "");
  if (drawn.length === 0) return html``;
  return section(
    "more",
    t(lang, "nav_more"),
    t(lang, "more_sub"),
    html`${drawn.map((one) => html`<div class="card"><h3>${one.question[lang]}</h3>${chartSlot(page, one)}</div>`)}`,
  );
}
