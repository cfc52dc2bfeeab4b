import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Express, Request } from "express";
import { z } from "zod";
import { drawChart } from "../../charts/draw.ts";
import { UserError } from "../../kit/errors.ts";
import { nothingBuilt } from "../../review/nothing-built.ts";
import { SERIES_COLUMNS } from "../../review/series.ts";
import type { Generation } from "../../review/source.ts";
import type { Review } from "../../review/types.ts";
import { download } from "../answer.ts";
import { readDashboard } from "../charts.ts";
import { toCsv } from "../csv.ts";
import { t } from "../i18n.ts";
import { explorePage } from "../page/explore.ts";
import { kpiId, type Look } from "../request.ts";
import { seriesRows } from "../shapes/series.ts";
import type { Site } from "../site.ts";

const question = z.object({
  kpi: kpiId.optional(),
  by: kpiId.default("none"),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  group: z.string().max(200).default("*"),
});
const WEEKS = 12;

/** Any KPI by any dimension over any weeks: a page, its data in three forms, and its chart in two. */
export function exploreRoutes(app: Express, site: Site, dashboards: string): void {
  if (!existsSync(join(dashboards, "explore"))) return;
  const dashboard = readDashboard(dashboards, "explore");
  const spec = [...dashboard.specs.values()][0];
  if (!spec) return;
  const [first] = site.dashboard.layout.headline;
  const answering = (request: Request, look: Look) =>
    site.source.read(async (generation) => answer(generation, request, look, first));
  const drawing = ({ kpi, drawn }: Answered, look: Look) => ({
    width: look.narrow ? 320 : 1160,
    theme: dashboard.theme,
    label: kpi.title[look.lang],
    params: { suffix: kpi.unit === "ratio" ? "%" : "" },
    rows: drawn,
  });
  app.get(
    "/explore",
    site.page(async (_query, look, request) => {
      const made = await answering(request, look);
      if (!made) return site.empty(look, "/explore");
      const { rows, ...options } = drawing(made, look);
      const svg = rows.length > 0 ? await drawChart(spec, rows, options) : "";
      const script = await site.script("explore");
      return site.framed(
        look,
        { title: t(look.lang, "explore_title"), path: "/explore", scripts: script ? [script] : [] },
        explorePage({ lang: look.lang, ...made, svg }),
      );
    }),
  );
  app.get(
    "/explore/data.:form",
    site.page(async (_query, look, request) => {
      const made = await answering(request, look);
      if (!made) throw nothingBuilt();
      const { rows, asked, drawn } = made;
      switch (request.params["form"]) {
        case "csv":
          return download(
            `${asked.kpi}-${asked.by}.csv`,
            "text/csv; charset=utf-8",
            toCsv(SERIES_COLUMNS, rows),
          );
        case "json":
          return download(`${asked.kpi}-${asked.by}.json`, "json", JSON.stringify(rows));
        case "arrow":
          return {
            status: 200,
            type: "application/vnd.apache.arrow.stream",
            body: (await import("../arrow.ts")).toArrow(Object.keys(drawn[0] ?? {}), drawn as never),
          };
        default:
          throw new UserError({ zh: "只有 csv、json 和 arrow", en: "There are csv, json and arrow" });
      }
    }),
  );
  app.get(
    "/explore/spec.:form.json",
    site.page(async (query, look, request) => {
      const made = await answering(request, look);
      if (!made) throw nothingBuilt();
      const { rows, ...options } = drawing(made, look);
      // The compiled form is for the page, which brings its own rows; the other opens in a Vega editor as it is.
      const body =
        request.params["form"] === "vg"
          ? (await import("../../charts/compile.ts")).compileChart(spec, [], {
              ...options,
              width: query.w ?? options.width,
            })
          : { ...spec, config: dashboard.theme, data: { name: spec.data.name, values: rows } };
      return { status: 200, type: "json", body: JSON.stringify(body) };
    }),
  );
}

type Answered = Awaited<ReturnType<typeof answer>>;

/** @param first the KPI where the URL names none. */
async function answer(generation: Generation, request: Request, { lang }: Look, first: string | undefined) {
  const query = question.parse(request.query);
  const review: Review = await generation.review({ group: query.group, focus: null });
  const kpi = review.kpis.find(({ id }) => id === (query.kpi ?? first)) ?? review.kpis[0];
  if (!kpi) throw new Error("no KPI in the catalogue");
  const complete = review.weeks.filter((week) => week.complete);
  const asked = {
    kpi: kpi.id,
    by: query.by,
    from: query.from ?? complete.at(WEEKS - 1)?.from ?? review.weeks.at(-1)?.from ?? review.from,
    to: query.to ?? complete[0]?.from ?? review.from,
    group: review.group,
  };
  const dimensions = generation.dimensions();
  try {
    const rows = await generation.series(asked);
    return { review, kpi, dimensions, asked, rows, drawn: seriesRows(rows, kpi.unit, lang), problem: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { review, kpi, dimensions, asked, rows: [], drawn: [], problem: error.text[lang] };
  }
}
