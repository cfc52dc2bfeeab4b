import { t } from "../i18n.ts";
import { waterfall } from "./contributions.ts";
import { flowRows } from "./flows.ts";
import type { Shape } from "./scene.ts";
import { trend } from "./trend.ts";

/** Data that needs more than a query's rows, by the name that a spec gives its data; any other name is a query. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  kpi_trend: trend,
  contributions: waterfall,
  segment_flows: ({ review, lang }, width) => ({
    rows: flowRows(review, lang, width),
    label: t(lang, "segments_sub"),
  }),
};
