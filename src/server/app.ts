import compression from "compression";
import express, { type Express } from "express";
import { Campaigns } from "../campaigns/store.ts";
import type { Lang } from "../kit/say.ts";
import type { ReviewSource } from "../review/source.ts";
import { type State, writesOf } from "../state/state.ts";
import { configBeside } from "../workspace.ts";
import { answerer } from "./answer.ts";
import { identityRoutes } from "./api/identity.ts";
import { readRoutes } from "./api/read.ts";
import { Api } from "./api/registry.ts";
import { suggestionRoutes } from "./api/suggestions.ts";
import { loadAssets, serveAssets } from "./assets.ts";
import { scopeKey } from "./auth/access.ts";
import { scopedSource } from "./auth/scoped-source.ts";
import { SignIn } from "./auth/sign-in.ts";
import { Charts, readDashboard } from "./charts.ts";
import { changedAt } from "./decisions.ts";
import { failures, notFound } from "./failures.ts";
import { framed } from "./framed.ts";
import { keptByNobody, onlyKnownHosts, onlySameOrigin, policy } from "./guards.ts";
import { t } from "./i18n.ts";
import type { ImportDesk } from "./imports/desk.ts";
import { importApi } from "./imports/routes.ts";
import { emptyPage } from "./page/plain.ts";
import { aboutRoutes } from "./routes/about.ts";
import { campaignRoutes } from "./routes/campaigns.ts";
import { exploreRoutes } from "./routes/explore.ts";
import { groupRoutes } from "./routes/groups.ts";
import { importRoutes } from "./routes/imports.ts";
import { listRoutes } from "./routes/lists.ts";
import { peopleRoutes } from "./routes/people.ts";
import { reportRoutes } from "./routes/reports.ts";
import { sopRoutes } from "./routes/sop.ts";
import { suggestionPages } from "./routes/suggestions.ts";
import { weeklyRoutes } from "./routes/weekly.ts";
import type { Site } from "./site.ts";
import { isThere } from "./trouble.ts";

export interface AppOptions {
  source: ReviewSource;
  /** The dashboards folder. */
  dashboards: string;
  lang: Lang;
  /** What people decide on the pages lies there, so its time is part of every answer's revision. */
  state?: State;
  /** Folder of the reports that were frozen, each week in its own. */
  reports?: string;
  /** Folder of the blank SOP plans; without it none can be had from the pages. */
  templates?: string;
  /** Folder of lists drawn from the workspace; campaigns are kept there. */
  lists?: string;
  /** Imports through the browser; without it the imports page is a record only. */
  desk?: ImportDesk;
  /** Whether results that can't be used are being computed again by themselves. */
  isRenewing?: () => boolean;
  /** Host names that may stand in a request beside this machine's own. */
  hosts?: readonly string[];
  log?: (line: Record<string, unknown>) => void;
}

/** The server without a port: tests call it in process. */
export async function createApp(options: AppOptions): Promise<Express> {
  const { lang, state, desk } = options;
  const source = scopedSource(options.source);
  const assets = loadAssets();
  const main = await assets.script("main");
  const shell = { css: assets.css.path, script: main?.path ?? null };
  const dashboard = readDashboard(options.dashboards, "weekly");
  const campaigns = options.lists === undefined ? undefined : new Campaigns(options.lists);
  const version = () => {
    const generation = source.currentId() ?? "none";
    const fixed = `${campaigns?.count() ?? 0} ${scopeKey()}`;
    return {
      all: `${generation} ${state ? `${changedAt(state.path)} ${changedAt(configBeside(state.path))}` : 0} ${fixed}`,
      firm: `${generation} ${state ? writesOf(state.path) : 0} ${fixed}`,
    };
  };
  const page = framed(shell);
  const site: Site = {
    source,
    state,
    campaigns,
    isRenewing: options.isRenewing ?? (() => false),
    reports: options.reports,
    templates: options.templates,
    lang,
    assets: shell,
    script: async (name) => (await assets.script(name))?.path ?? null,
    dashboard,
    charts: new Charts(dashboard),
    version,
    page: answerer(version, lang),
    framed: page,
    empty: (look, path = "/") =>
      page(look, { title: t(look.lang, "empty_title"), path }, emptyPage(look.lang, path)),
  };
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  // A proxy at this machine says for whom it asks and whether they came by TLS: tries are counted and cookies kept by that.
  app.set("trust proxy", "loopback");
  app.use(policy(), onlyKnownHosts(options.hosts ?? []), onlySameOrigin());
  // What is kept was packed once; only what is made anew for each visitor is packed on its way.
  app.use("/api", compression());
  serveAssets(app, assets);
  app.use(keptByNobody());
  app.get("/healthz", (_request, response) => {
    if (!isThere(site)) return void response.status(503).json({ ok: false, generation: null });
    return void response.json({ ok: true, generation: source.currentId() });
  });
  if (state) {
    const signIn = new SignIn(state);
    app.use(signIn.gate());
    signIn.routes(app, site);
  }
  weeklyRoutes(app, site);
  listRoutes(app, site);
  sopRoutes(app, site);
  suggestionPages(app, site);
  reportRoutes(app, site);
  peopleRoutes(app, site, desk !== undefined);
  importRoutes(app, site, state, desk);
  groupRoutes(app, site);
  exploreRoutes(app, site, options.dashboards);
  aboutRoutes(app, site);
  if (site.campaigns) campaignRoutes(app, site, site.campaigns);
  const api = new Api(app);
  readRoutes(api, site);
  if (state) suggestionRoutes(api, site, state);
  if (state) identityRoutes(api, site, state, desk);
  if (desk) importApi(api, desk);
  app.use(notFound(site));
  app.use(failures(site, options.log));
  return app;
}
