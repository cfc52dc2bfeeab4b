import { createHash } from "node:crypto";
import type { Express, Request, Response } from "express";
import type { Generation } from "../review/source.ts";
import type { Review } from "../review/types.ts";
import type { Row } from "../warehouse/rows.ts";
import type { AppOptions } from "./app.ts";
import { Charts, chartWidth, readDashboard, type Scene } from "./charts.ts";
import type { PageContext } from "./context.ts";
import { toCsv } from "./csv.ts";
import type { Html } from "./html.ts";
import { t } from "./i18n.ts";
import { Lru } from "./lru.ts";
import { dormantPage, filtered } from "./page/dormant.ts";
import { reviewPage } from "./page/index.ts";
import { document } from "./page/layout.ts";
import { emptyPage, importsPage } from "./page/plain.ts";
import { whySection } from "./page/why.ts";
import { type Look, lookOf, type PageQuery, pageQuery } from "./request.ts";

interface Cached {
  status: number;
  type: string;
  body: string;
  etag: string;
  headers?: Record<string, string>;
}

/** Every page for people. Answers are kept per generation, URL and look, so a repeated visit costs nothing. */
export function pageRoutes(
  app: Express,
  { source, dashboards, lang }: AppOptions,
  assets: { css: string; script: string | null },
): void {
  const dashboard = readDashboard(dashboards, "weekly");
  const charts = new Charts(dashboard);
  const cache = new Lru<Cached>(300);

  const answer =
    (make: (query: PageQuery, look: Look, request: Request) => Promise<Omit<Cached, "etag">>) =>
    async (request: Request, response: Response) => {
      const query = pageQuery.parse(request.query);
      const look = lookOf(request, query, lang);
      const generation = source.currentId() ?? "none";
      const key = JSON.stringify([generation, request.originalUrl, look]);
      const cached = await cache.get(key, async () => {
        const made = await make(query, look, request);
        return {
          ...made,
          etag: `"${generation}-${createHash("sha256").update(made.body).digest("hex").slice(0, 16)}"`,
        };
      });
      response.set({
        ETag: cached.etag,
        "Cache-Control": "private, no-cache",
        Vary: "Cookie",
        "X-Fupan-Generation": generation,
        ...cached.headers,
      });
      if (request.headers["if-none-match"] === cached.etag) response.status(304).end();
      else response.status(cached.status).type(cached.type).send(cached.body);
    };
  const shell = (look: Look, title: string, main: Html, other: string): Omit<Cached, "etag"> => ({
    status: 200,
    type: "html",
    body: document(
      {
        lang: look.lang,
        title: `${title} · ${t(look.lang, "brand")}`,
        theme: look.theme,
        delta: look.delta,
        assets,
        otherLanguage: other,
      },
      null,
      null,
      main,
    ).text,
  });
  const empty = (look: Look) =>
    shell(
      look,
      t(look.lang, "empty_title"),
      emptyPage(look.lang),
      `/?lang=${look.lang === "zh" ? "en" : "zh"}`,
    );
  const withReview = <T>(
    query: PageQuery,
    use: (review: Review, ask: Generation["query"]) => Promise<T> | T,
  ): Promise<T | null> =>
    source.read(async (generation) =>
      use(await generation.review({ week: query.week, group: query.group }), generation.query),
    );
  const withScene = <T>(query: PageQuery, look: Look, use: (scene: Scene, page: PageContext) => Promise<T>) =>
    withReview(query, (review, ask) => {
      const page = context(review, query, look);
      const kpi = review.kpis.find(({ id }) => id === page.kpi);
      return use({ review, kpi, lang: look.lang, query: ask }, page);
    });
  const context = (review: Review, query: PageQuery, look: Look): PageContext => {
    const wanted = query.kpi ?? dashboard.layout.headline[0] ?? "";
    const kpi = review.kpis.some(({ id }) => id === wanted) ? wanted : (review.kpis[0]?.id ?? "");
    const base = {
      week: query.week ?? null,
      group: query.group ?? null,
      kpi: query.kpi ?? null,
      lang: query.lang ?? null,
      theme: query.theme ?? null,
      delta: query.delta ?? null,
    };
    const link: PageContext["link"] = (change) => {
      const kept = Object.entries({ ...base, ...change }).filter(
        (pair): pair is [string, string] => pair[1] !== null,
      );
      return `/?${new URLSearchParams(kept).toString()}`;
    };
    return {
      lang: look.lang,
      review,
      layout: dashboard.layout,
      kpi,
      theme: look.theme,
      delta: look.delta,
      link,
      assets,
    };
  };

  const weekly = answer(async (query, look) => {
    const page = await withScene(query, look, async (scene, here) => {
      const [why, segments, more] = await Promise.all(
        ["why", "segments", "more"].map((section) => charts.drawn(section, scene, look.narrow)),
      );
      return {
        status: 200,
        type: "html",
        body: reviewPage(here, { why: why ?? [], segments: segments ?? [], more: more ?? [] }).text,
      };
    });
    return page ?? empty(look);
  });
  app.get("/", weekly);
  app.get("/groups/:id", (request, response) => {
    const rest = new URLSearchParams(request.url.split("?")[1] ?? "");
    rest.set("group", request.params.id);
    response.redirect(302, `/?${rest.toString()}`);
  });
  app.get(
    "/frag/why",
    answer(async (query, look) => {
      const made = await withScene(
        query,
        look,
        async (scene, here) => whySection(here, await charts.drawn("why", scene, look.narrow)).text,
      );
      return { status: made === null ? 404 : 200, type: "html", body: made ?? "" };
    }),
  );
  app.get(
    "/chart/:id.svg",
    answer(async (query, look, request) => {
      const id = String(request.params["id"]);
      const made = charts.has(id)
        ? await withScene(query, look, (scene) =>
            charts.svg(id, scene, chartWidth(query.w, charts.width(id, look.narrow))),
          )
        : null;
      return { status: made === null ? 404 : 200, type: "image/svg+xml", body: made ?? "" };
    }),
  );
  app.get(
    "/spec/:id.vl.json",
    answer(async (query, look, request) => {
      const id = String(request.params["id"]);
      const made = await withScene(query, look, (scene) => charts.spec(id, scene));
      return { status: made ? 200 : 404, type: "json", body: JSON.stringify(made ?? { error: "not found" }) };
    }),
  );
  app.get(
    "/segments",
    answer(async (query, look) => {
      const page = await withReview(query, async (review) =>
        shell(
          look,
          t(look.lang, "nav_dormant"),
          dormantPage(review, look.lang, { why: query.why ?? null, q: query.q }),
          `/segments?week=${review.week}&lang=${look.lang === "zh" ? "en" : "zh"}`,
        ),
      );
      return page ?? empty(look);
    }),
  );
  app.get(
    "/lists/dormant.csv",
    answer(async (query) => {
      const made = await withReview(query, async (review) => {
        const rows: Row[] = filtered(review.dormant.rows, { why: query.why ?? null, q: query.q }).map(
          (row) => ({ ...row }),
        );
        const names = [
          "personId",
          "name",
          "groups",
          "why",
          "daysSilent",
          "lastSpoke",
          "lastOrder",
          "orders",
          "value",
        ];
        return download(`dormant-${review.week}.csv`, toCsv(names, rows));
      });
      return made ?? { status: 404, type: "text", body: "" };
    }),
  );
  app.get(
    "/lists/kpis.csv",
    answer(async (query) => {
      const rows = await source.read((generation) => generation.kpis({ group: query.group, kpi: query.kpi }));
      return rows === null
        ? { status: 404, type: "text", body: "" }
        : download(
            "kpis.csv",
            toCsv(["kpi", "group_id", "week", "segment", "numerator", "denominator", "value"], rows),
          );
    }),
  );
  app.get(
    "/imports",
    answer(async (_query, look) => {
      const rows = await source.read((generation) => generation.imports());
      return rows === null
        ? empty(look)
        : shell(
            look,
            t(look.lang, "imports_title"),
            importsPage(look.lang, rows),
            `/imports?lang=${look.lang === "zh" ? "en" : "zh"}`,
          );
    }),
  );
  app.get("/favicon.ico", (_request, response) => void response.status(204).end());
}

function download(name: string, body: string): Omit<Cached, "etag"> {
  return {
    status: 200,
    type: "text/csv; charset=utf-8",
    body,
    headers: { "Content-Disposition": `attachment; filename="${name}"` },
  };
}
