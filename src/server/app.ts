import { statSync } from "node:fs";
import compression from "compression";
import express, { type Express } from "express";
import type { Lang } from "../kit/say.ts";
import type { ReviewSource } from "../review/source.ts";
import { State } from "../state/state.ts";
import { answerer } from "./answer.ts";
import { readRoutes } from "./api/read.ts";
import { Api } from "./api/registry.ts";
import { suggestionRoutes } from "./api/suggestions.ts";
import { loadAssets, serveAssets } from "./assets.ts";
import { Charts, readDashboard } from "./charts.ts";
import { failures, notFound } from "./failures.ts";
import { framed } from "./framed.ts";
import { onlyKnownHosts, onlySameOrigin, policy } from "./guards.ts";
import { t } from "./i18n.ts";
import { emptyPage } from "./page/plain.ts";
import { importRoutes } from "./routes/imports.ts";
import { listRoutes } from "./routes/lists.ts";
import { weeklyRoutes } from "./routes/weekly.ts";
import type { Site } from "./site.ts";

export interface AppOptions {
  source: ReviewSource;
  /** The dashboards folder. */
  dashboards: string;
  lang: Lang;
  /** state.duckdb: what people decide on the pages lies there, so its time is part of every answer's revision. */
  stateFile?: string;
  /** Host names that may stand in a request beside this machine's own. */
  hosts?: readonly string[];
  log?: (line: Record<string, unknown>) => void;
}

/** The server without a port: tests call it in process. */
export async function createApp(options: AppOptions): Promise<Express> {
  const { lang, source, stateFile } = options;
  const assets = await loadAssets();
  const dashboard = readDashboard(options.dashboards, "weekly");
  const revision = () => `${source.currentId() ?? "none"} ${stateFile ? changedAt(stateFile) : 0}`;
  const page = framed({ css: assets.css.path, script: assets.script?.path ?? null });
  const site: Site = {
    source,
    lang,
    assets: { css: assets.css.path, script: assets.script?.path ?? null },
    dashboard,
    charts: new Charts(dashboard),
    revision,
    page: answerer(revision, lang),
    framed: page,
    empty: (look) => page(look, { title: t(look.lang, "empty_title"), path: "/" }, emptyPage(look.lang)),
  };
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.use(onlyKnownHosts(options.hosts ?? []), policy(), onlySameOrigin());
  app.use(compression());
  serveAssets(app, assets);
  app.get(
    "/healthz",
    (_request, response) => void response.json({ ok: true, generation: source.currentId() }),
  );
  weeklyRoutes(app, site);
  listRoutes(app, site);
  importRoutes(app, site);
  const api = new Api(app);
  readRoutes(api, site);
  if (stateFile) suggestionRoutes(api, site, new State(stateFile));
  app.use(notFound(site));
  app.use(failures(site, options.log));
  return app;
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
