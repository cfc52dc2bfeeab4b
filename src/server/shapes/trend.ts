import type { ChartRow } from "../../charts/render.ts";
import { shownValue } from "../../review/format.ts";
import type { KpiLine } from "../../review/types.ts";
import type { Shape } from "./scene.ts";

/** Twelve weeks of the KPI with its usual range. */
export const trend: Shape = ({ kpi, lang }) =>
  kpi
    ? { rows: trendRows(kpi), label: `${kpi.title[lang]}: ${shownValue(kpi.value, kpi.unit)}` }
    : { rows: [], label: "" };

export function trendRows(kpi: KpiLine): ChartRow[] {
  const last = kpi.history.length - 1;
  const scale = kpi.unit === "ratio" ? 100 : 1;
  const times = (value: number | null | undefined) =>
    value === null || value === undefined ? null : value * scale;
  return kpi.history.map(({ week, value, complete, numerator, denominator }, at) => ({
    week,
    short: week.slice(5),
    value: times(value),
    lo: times(kpi.baseline?.lo),
    hi: times(kpi.baseline?.hi),
    complete,
    tail: !complete || (at === last - 1 && kpi.history[last]?.complete === false),
    last: at === last && value !== null,
    color: at === last ? "var(--ink)" : "var(--accent)",
    text: shownValue(value, kpi.unit),
    tip: `${week} ${shownValue(value, kpi.unit)}${denominator === null ? "" : ` (${numerator}/${denominator})`}`,
  }));
}
