import { t } from "../i18n.ts";
import { cohorts } from "./cohorts.ts";
import { waterfall } from "./contributions.ts";
import { flowDomain, flowRows } from "./flows.ts";
import { hours } from "./hours.ts";
import { reasons } from "./reasons.ts";
import type { Shape } from "./scene.ts";
import { trend } from "./trend.ts";

/** Data that needs more than a query's rows, by the name that a spec gives its data; any other name is a query. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  kpi_trend: trend,
  contributions: waterfall,
  activity_hours: hours,
  cohorts,
  churn_reasons: reasons,
  segment_flows: ({ review, lang }, width) => {
    const rows = flowRows(review, lang, width);
    return { rows, label: t(lang, "segments_sub"), params: { domain: flowDomain(rows, width) } };
  },
};
