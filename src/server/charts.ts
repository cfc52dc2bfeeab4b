import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { type ChartRow, renderChart, type Spec } from "../charts/render.ts";
import type { Lang } from "../kit/say.ts";
import { shownValue } from "../review/format.ts";
import type { KpiLine, Review } from "../review/types.ts";
import type { PageLayout } from "./context.ts";
import { flowRows } from "./flow-rows.ts";
import { t } from "./i18n.ts";
import { Lru } from "./lru.ts";

const layoutSchema = z.strictObject({
  headline: z.array(z.string()),
  more: z.array(z.string()),
  tabs: z.array(z.string()),
});

/** The folder of a dashboard: its page.yaml and its Vega-Lite specs, by file name without ending. */
export interface Dashboard {
  layout: PageLayout;
  specs: ReadonlyMap<string, Spec>;
  theme: Record<string, unknown>;
}

export function readDashboard(folder: string, name: string): Dashboard {
  const here = join(folder, name);
  const specs = readdirSync(here)
    .filter((file) => file.endsWith(".vl.json"))
    .sort()
    .map(
      (file) =>
        [file.replace(".vl.json", ""), JSON.parse(readFileSync(join(here, file), "utf8")) as Spec] as const,
    );
  const layout = existsSync(join(here, "page.yaml"))
    ? parse(readFileSync(join(here, "page.yaml"), "utf8"))
    : {};
  return {
    layout: layoutSchema.parse(layout),
    specs: new Map(specs),
    theme: JSON.parse(readFileSync(join(folder, "theme.json"), "utf8")) as Record<string, unknown>,
  };
}

/** Widths come from URLs: a grid of 20 px between a phone and a wide screen bounds what can be asked. */
export function chartWidth(asked: number | undefined, fallback: number): number {
  const width = asked === undefined || !Number.isFinite(asked) ? fallback : asked;
  return Math.min(1240, Math.max(280, Math.round(width / 20) * 20));
}

export class Charts {
  readonly #dashboard: Dashboard;
  readonly #cache = new Lru<string>(400);

  constructor(dashboard: Dashboard) {
    this.#dashboard = dashboard;
  }

  has(id: string): boolean {
    return this.#dashboard.specs.has(id);
  }

  /** The SVG of one chart of a review. The rows are the review's own, so a chart never shows another number. */
  async svg(
    id: string,
    review: Review,
    kpi: KpiLine | undefined,
    lang: Lang,
    width: number,
  ): Promise<string> {
    const spec = this.#dashboard.specs.get(id);
    if (!spec) return "";
    const key = [review.generation, review.week, review.group, id, kpi?.id, lang, width].join("|");
    return this.#cache.get(key, () => {
      const { rows, label } = rowsFor(spec, review, kpi, lang, width);
      return rows.length === 0
        ? Promise.resolve("")
        : renderChart(spec, rows, {
            width,
            theme: this.#dashboard.theme,
            label,
            params: { unit: kpi?.unit === "ratio" ? "%" : "" },
          });
    });
  }

  /** The spec with its rows, to open in a Vega editor. */
  spec(id: string, review: Review, kpi: KpiLine | undefined, lang: Lang): object | undefined {
    const spec = this.#dashboard.specs.get(id);
    if (!spec) return undefined;
    const { rows } = rowsFor(spec, review, kpi, lang, 640);
    return { ...spec, config: this.#dashboard.theme, data: { name: spec.data.name, values: rows } };
  }
}

function rowsFor(
  spec: Spec,
  review: Review,
  kpi: KpiLine | undefined,
  lang: Lang,
  width: number,
): { rows: ChartRow[]; label: string } {
  switch (spec.data.name) {
    case "kpi_trend":
      return kpi
        ? { rows: trendRows(kpi), label: `${kpi.title[lang]}: ${shownValue(kpi.value, kpi.unit)}` }
        : { rows: [], label: "" };
    case "segment_flows":
      return { rows: flowRows(review, lang, width), label: t(lang, "segments_sub") };
    default:
      return { rows: [], label: "" };
  }
}

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
