import type { Drawing } from "../charts.ts";
import type { PageContext } from "../context.ts";
import { Html, html } from "../html.ts";

/**
 * A chart in its place. `data-src` says where a browser gets the same drawing for another width: week, group and
 * language stand in it, since the page's own address may hold the group in its path or no week at all.
 * @param kpi that the chart is of; none for charts that show no single KPI.
 */
export function chartSlot(
  { review, lang, isPaper }: PageContext,
  { id, svg }: Drawing,
  kpi: string | null = null,
): Html {
  const query = new URLSearchParams({ week: review.week, group: review.group, lang });
  if (kpi !== null) query.set("kpi", kpi);
  const source = isPaper ? null : html` data-src="/chart/${id}.svg?${query.toString()}"`;
  return html`<div class="chart" data-chart="${id}"${kpi === null ? null : html` data-kpi="${kpi}"`}${source}>${new Html(svg)}</div>`;
}
