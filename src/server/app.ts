import { randomUUID } from "node:crypto";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express } from "express";
import helmet from "helmet";
import { z } from "zod";
import { UserError } from "../kit/errors.ts";
import type { Lang } from "../kit/say.ts";
import type { ReviewSource } from "../review/source.ts";
import { apiRoutes } from "./api.ts";
import { loadAssets } from "./assets.ts";
import { t } from "./i18n.ts";
import { document } from "./page/layout.ts";
import { messagePage } from "./page/plain.ts";
import { pageRoutes } from "./pages.ts";
import { lookOf, pageQuery } from "./request.ts";

export interface AppOptions {
  source: ReviewSource;
  /** The dashboards folder. */
  dashboards: string;
  lang: Lang;
  /** Host names that may stand in a request beside this machine's own. */
  hosts?: readonly string[];
  log?: (line: Record<string, unknown>) => void;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** The server without a port: tests call it in process. */
export async function createApp(options: AppOptions): Promise<Express> {
  const { lang, log = () => undefined } = options;
  const assets = await loadAssets();
  const shell = { css: assets.css.path, script: assets.script?.path ?? null };
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.use(onlyKnownHosts([...LOOPBACK, ...(options.hosts ?? [])]));
  app.use(
    helmet({
      // On a plain http address both would break the page.
      strictTransportSecurity: false,
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", "data:"],
          connectSrc: ["'self'"],
          fontSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      referrerPolicy: { policy: "same-origin" },
    }),
  );
  app.use(compression());
  for (const asset of [assets.css, assets.script]) {
    if (asset)
      app.get(
        asset.path,
        (_request, response) =>
          void response
            .type(asset.type)
            .set("Cache-Control", "public, max-age=31536000, immutable")
            .send(asset.body),
      );
  }
  app.get(
    "/healthz",
    (_request, response) => void response.json({ ok: true, generation: options.source.currentId() }),
  );
  pageRoutes(app, options, shell);
  apiRoutes(app, options.source);
  app.use((request, response) => {
    const look = lookOf(request, pageQuery.catch(pageQuery.parse({})).parse(request.query), lang);
    response.status(404).send(plain(look.lang, t(look.lang, "not_found"), "", shell));
  });
  const fail: ErrorRequestHandler = (error: unknown, request, response, _next) => {
    const wantsJson = request.path.startsWith("/api/");
    if (error instanceof z.ZodError)
      return void response
        .status(400)
        .type(wantsJson ? "json" : "text")
        .send(wantsJson ? { error: z.prettifyError(error) } : z.prettifyError(error));
    if (error instanceof UserError) {
      if (wantsJson) return void response.status(404).json({ error: error.text });
      return void response.status(404).send(plain(lang, error.text[lang], error.hint?.[lang] ?? "", shell));
    }
    // What went wrong may quote data: the reader gets a number, the log the kind of error.
    const id = randomUUID();
    log({
      level: "error",
      id,
      path: request.path,
      error: error instanceof Error ? error.name : "unknown",
      at: error instanceof Error ? error.stack?.split("\n").slice(1, 4) : [],
    });
    if (wantsJson) return void response.status(500).json({ error: id });
    return void response.status(500).send(plain(lang, t(lang, "failed", { id }), "", shell));
  };
  app.use(fail);
  return app;
}

function plain(
  lang: Lang,
  title: string,
  hint: string,
  assets: { css: string; script: string | null },
): string {
  const frame = {
    lang,
    title,
    theme: null,
    delta: null,
    assets,
    otherLanguage: `/?lang=${lang === "zh" ? "en" : "zh"}`,
  };
  return document(frame, null, null, messagePage(lang, title, hint)).text;
}

/** A name that is not ours in the Host header is another site's page trying to read this machine. */
function onlyKnownHosts(names: readonly string[]): express.RequestHandler {
  return (request, response, next) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    if (names.includes(host)) next();
    else response.status(421).type("text").send("unknown host");
  };
}
