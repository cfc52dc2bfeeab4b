import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { ChartRow, Spec } from "../charts/compile.ts";
import { drawChart } from "../charts/draw.ts";
import { Lru } from "../kit/lru.ts";
import type { Text } from "../kit/say.ts";
import { scopeKey } from "./auth/access.ts";
import type { PageLayout } from "./context.ts";
import { SHAPES } from "./shapes/index.ts";
import type { Scene, Shaped } from "./shapes/scene.ts";

const layoutSchema = z.strictObject({
  headline: z.array(z.string()).default([]),
  more: z.array(z.string()).default([]),
  tabs: z.array(z.string()).default([]),
  parts: z.record(z.string(), z.strictObject({ zh: z.string(), en: z.string() })).default({}),
  short: z.record(z.string(), z.strictObject({ zh: z.string(), en: z.string() })).default({}),
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

  /** The charts of one section of the page, in the order of their files. */
  async drawn(section: string, scene: Scene, narrow: boolean): Promise<Drawing[]> {
    const specs = [...this.#dashboard.specs].filter(([, spec]) => metaOf(spec).section === section);
    return Promise.all(
      specs.map(async ([id, spec]) => ({
        id,
        shape: spec.data.name,
        question: metaOf(spec).question,
        svg: await this.svg(id, scene, this.width(id, narrow)),
      })),
    );
  }

  /** @returns pixels that the page gives the chart before a browser has measured its place. */
  width(id: string, narrow: boolean): number {
    const spec = this.#dashboard.specs.get(id);
    return narrow || !spec ? 320 : metaOf(spec).width;
  }

  /** The SVG of one chart; empty where there is nothing to draw. */
  async svg(id: string, scene: Scene, width: number): Promise<string> {
    const spec = this.#dashboard.specs.get(id);
    if (!spec) return "";
    const { review, kpi, lang } = scene;
    const { generation, week, group } = review;
    const key = JSON.stringify([scopeKey(), generation, week, group, id, kpi?.id, lang, width]);
    return this.#cache.get(key, async () => {
      const { rows, label, params: own } = await rowsFor(spec, scene, width);
      if (rows.length === 0) return "";
      const params = { unit: kpi?.unit === "ratio" ? "%" : "", ...own };
      return drawChart(spec, rows, { width, theme: this.#dashboard.theme, label, params });
    });
  }

  /** The spec with its rows, to open in a Vega editor. */
  async spec(id: string, scene: Scene): Promise<object | undefined> {
    const spec = this.#dashboard.specs.get(id);
    if (!spec) return undefined;
    const { rows, params = {} } = await rowsFor(spec, scene, 640);
    const declared = (spec["params"] ?? []) as { name: string }[];
    const settled = declared.map((one) => (one.name in params ? { ...one, value: params[one.name] } : one));
    return {
      ...spec,
      ...(settled.length > 0 ? { params: settled } : {}),
      config: this.#dashboard.theme,
      data: { name: spec.data.name, values: rows },
    };
  }
}

export interface Drawing {
  id: string;
  /** What its rows are: a shape of ours or the name of a query. */
  shape: string;
  question: Text;
  svg: string;
}

const metaSchema = z.looseObject({
  question: z.strictObject({ zh: z.string(), en: z.string() }),
  section: z.string(),
  width: z.number().default(640),
});

function metaOf(spec: Spec): z.infer<typeof metaSchema> {
  return metaSchema.parse(spec["usermeta"]);
}

async function rowsFor(spec: Spec, scene: Scene, width: number): Promise<Shaped> {
  const shaped = SHAPES[spec.data.name];
  if (shaped) return shaped(scene, width);
  const { review, kpi, lang } = scene;
  const rows = await scene.query(spec.data.name, {
    week: review.from,
    group_id: review.group,
    kpi: kpi?.id ?? null,
  });
  return { rows: rows as ChartRow[], label: metaOf(spec).question[lang] };
}
