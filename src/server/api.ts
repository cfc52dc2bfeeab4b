import type { Express, Request, Response } from "express";
import { z } from "zod";
import type { Generation, ReviewSource } from "../review/source.ts";
import type { Row } from "../warehouse/rows.ts";
import { toCsv } from "./csv.ts";
import { kpisQuery } from "./request.ts";

const reviewQuery = z.strictObject({
  week: z.string().max(20).optional(),
  group: z.string().max(200).optional(),
});
const listQuery = z.strictObject({
  week: z.string().max(20).optional(),
  group: z.string().max(200).optional(),
});
const queryName = z.string().regex(/^[a-z_]{1,60}$/, "the name of a query");

/** Routes of the JSON interface, as OpenAPI needs them and as express gets them. */
const ROUTES = {
  "/api/v1/review": {
    query: reviewQuery,
    summary: "The weekly review: KPIs with verdicts, groups, segments, dormant list.",
  },
  "/api/v1/kpis": {
    query: kpisQuery,
    summary: "Rows of report.kpi_weekly. JSON, or CSV with Accept: text/csv.",
  },
  "/api/v1/segments/{segment}": {
    query: listQuery,
    summary: "Members of a list as {cols, rows}. JSON or CSV.",
  },
  "/api/v1/queries/{name}": {
    query: z.record(z.string(), z.string()),
    summary: "A prepared query by name; only its declared parameters.",
  },
  "/api/v1/imports": {
    query: z.strictObject({}),
    summary: "Imported files with read = accepted + duplicate + rejected.",
  },
} as const;

/** JSON by default, CSV with a BOM when asked for. No SQL comes from a client: names and typed values only. */
export function apiRoutes(app: Express, source: ReviewSource): void {
  const rows =
    (read: (request: Request, generation: Generation) => Promise<Row[]>) =>
    async (request: Request, response: Response) => {
      const made = await source.read(async (generation) => ({
        id: generation.id,
        rows: await read(request, generation),
      }));
      if (!made) return void response.status(404).json({ error: "nothing built yet" });
      response.set({ "X-Fupan-Generation": made.id, "Cache-Control": "private, no-cache" });
      const cols = Object.keys(made.rows[0] ?? {});
      if (request.accepts(["json", "text/csv"]) === "text/csv")
        return void response.type("text/csv; charset=utf-8").send(toCsv(cols, made.rows));
      return void response.json({
        generation: made.id,
        cols,
        rows: made.rows.map((row) => cols.map((col) => row[col])),
      });
    };

  app.get("/api/v1/review", async (request, response) => {
    const query = reviewQuery.parse(request.query);
    const made = await source.read((generation) => generation.review(query));
    if (!made) return void response.status(404).json({ error: "nothing built yet" });
    return void response
      .set({ "X-Fupan-Generation": made.generation, "Cache-Control": "private, no-cache" })
      .json(made);
  });
  app.get(
    "/api/v1/kpis",
    rows((request, generation) => generation.kpis(kpisQuery.parse(request.query))),
  );
  app.get(
    "/api/v1/imports",
    rows((_request, generation) => generation.imports()),
  );
  app.get(
    "/api/v1/segments/:segment",
    rows(async (request, generation) => {
      const segment = z.literal("dormant").parse(request.params["segment"]);
      const review = await generation.review(listQuery.parse(request.query));
      return segment === "dormant" ? review.dormant.rows.map((row) => ({ ...row })) : [];
    }),
  );
  app.get(
    "/api/v1/queries/:name",
    rows((request, generation) =>
      generation.query(
        queryName.parse(request.params["name"]),
        z.record(z.string(), z.string().max(200)).parse(request.query),
      ),
    ),
  );
  app.get("/api/v1/openapi.json", (_request, response) => void response.json(openApi()));
}

function openApi(): object {
  const paths = Object.entries(ROUTES).map(([path, { query, summary }]) => {
    const schema = z.toJSONSchema(query) as { properties?: Record<string, object> };
    const inQuery = Object.entries(schema.properties ?? {}).map(([name, one]) => ({
      name,
      in: "query",
      required: false,
      schema: one,
    }));
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
    }));
    return [
      path,
      {
        get: {
          summary,
          parameters: [...inPath, ...inQuery],
          responses: {
            200: { description: "OK" },
            400: { description: "bad parameter" },
            404: { description: "no data" },
          },
        },
      },
    ];
  });
  return { openapi: "3.1.0", info: { title: "Fupan", version: "1" }, paths: Object.fromEntries(paths) };
}
