import { randomUUID } from "node:crypto";
import type { ErrorRequestHandler, Request, RequestHandler } from "express";
import { z } from "zod";
import { framesOf, UserError } from "../kit/errors.ts";
import { UnusableError } from "../state/damage.ts";
import { LockedError } from "../warehouse/instances.ts";
import { OutdatedError } from "../warehouse/outdated.ts";
import { BareError } from "./guards.ts";
import { type Key, t } from "./i18n.ts";
import { messagePage } from "./page/plain.ts";
import { lookOf, pageQuery } from "./request.ts";
import type { Site } from "./site.ts";
import { troubleOf } from "./trouble.ts";

const appearance = pageQuery.pick({ lang: true, theme: true, delta: true });
const isApi = (request: Request) => request.path.startsWith("/api/");

function message(
  site: Site,
  request: Request,
  status: number,
  of: (lang: Site["lang"]) => [string, string],
  isBare = false,
) {
  // Whatever else is wrong with the address, whoever asked for a language gets it.
  const { lang, theme, delta } = request.query;
  const asked = appearance.catch({}).parse({ lang, theme, delta });
  const look = lookOf(request, { ...pageQuery.parse({}), ...asked }, site.lang);
  const [title, hint] = of(look.lang);
  const again = status >= 500 && request.method === "GET";
  return site.framed(look, { title, path: "/", status, isBare }, messagePage(look.lang, title, hint, again));
}

export function notFound(site: Site): RequestHandler {
  return (request, response) => {
    if (isApi(request)) return void response.status(404).json({ error: "not found" });
    const { body } = message(site, request, 404, (lang) => [t(lang, "not_found"), t(lang, "not_found_hint")]);
    return void response.status(404).type("html").send(body);
  };
}

/**
 * 400 that names what is wrong, 404 for the user's errors (or the status that they carry), 503 where something is busy or the
 * folder or its disk fails, 500 with an id only: what went wrong may quote data.
 */
export function failures(
  site: Site,
  log: (line: Record<string, unknown>) => void = () => undefined,
): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    if (response.headersSent) return next(thrown);
    const trouble = troubleOf(site, thrown);
    // Whoever mends it looks here.
    if (trouble) log({ ...lineOf(thrown, request), cause: trouble.kind });
    const error = trouble ?? thrown;
    if (error instanceof z.ZodError) {
      if (isApi(request)) return void response.status(400).json({ error: z.prettifyError(error) });
      const { body } = message(site, request, 400, (lang) => refusalOf(error, request, lang));
      return void response.status(400).type("html").send(body);
    }
    if (error instanceof UserError) {
      const status = error instanceof LockedError ? 503 : "status" in error ? Number(error.status) : 404;
      if (status === 503) response.set("Retry-After", "10");
      if (isApi(request))
        return void response.status(status).json({ error: error.text, hint: error.hint ?? null });
      const isPassing =
        (error instanceof OutdatedError || error instanceof UnusableError) && site.isRenewing();
      if (isPassing) response.set("Refresh", "5");
      const say = (lang: Site["lang"]): [string, string] => [
        error.text[lang],
        isPassing ? t(lang, "renewing") : (error.hint?.[lang] ?? ""),
      ];
      const { body } = message(site, request, status, say, error instanceof BareError);
      return void response.status(status).type("html").send(body);
    }
    const status = statusOf(error);
    if (status !== undefined) {
      const fault = faultOf(error, status);
      if (isApi(request)) return void response.status(status).json({ error: fault });
      const [zh = "", en = zh] = fault.split(" · ");
      const { body } = message(site, request, status, (lang) => [
        lang === "zh" ? zh : en,
        status === 413 ? t(lang, "refused_large") : "",
      ]);
      return void response.status(status).type("html").send(body);
    }
    const line = lineOf(error, request);
    log(line);
    const { id } = line;
    if (isApi(request)) return void response.status(500).json({ error: id });
    const { body } = message(site, request, 500, (lang) => [t(lang, "failed", { id }), ""]);
    return void response.status(500).type("html").send(body);
  };
}

/** Which part of an address or a form was not understood, in words for whoever typed or followed it. */
function refusalOf(error: z.ZodError, { method }: Request, lang: Site["lang"]): [string, string] {
  const parts = error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys : [String(issue.path[0] ?? "")],
  );
  const names = [...new Set(parts)].filter(Boolean).map((one) => one.slice(0, 40));
  const isForm = method !== "GET" && method !== "HEAD";
  const named = names.map((name) => (isForm ? (fieldName(name, lang) ?? name) : name));
  const hints = [
    ...(named.length > 0
      ? [t(lang, "refused_parts", { names: named.join(lang === "zh" ? "、" : ", ") })]
      : []),
    ...(names.includes("week") ? [t(lang, "refused_week")] : []),
    ...(isForm ? [t(lang, "refused_back")] : []),
  ];
  return [t(lang, isForm ? "refused_form" : "refused_address"), hints.join(lang === "zh" ? "" : " ")];
}

/** What a form calls the field. */
function fieldName(name: string, lang: Site["lang"]): string | null {
  const key = FIELDS[name];
  return key ? t(lang, key) : null;
}

const FIELDS: Readonly<Record<string, Key>> = {
  week: "week",
  group: "group",
  segment: "segment",
  title: "campaign_name",
  from: "campaign_from",
  days: "campaign_days",
  message: "campaign_message",
};

function lineOf(error: unknown, request: Request) {
  return {
    level: "error",
    id: randomUUID(),
    // The route, not the address: somebody may have typed a name or a number there.
    route: String((request.route as { path?: unknown } | undefined)?.path ?? ""),
    error: error instanceof Error ? error.name : "unknown",
    cause: causeOf(error),
    at: error instanceof Error ? framesOf(error).slice(0, 3) : [],
  };
}

/** The code of the system, or the kind that the engine names first: neither quotes data. */
function causeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ("code" in error && /^[A-Z][A-Z\d_]{2,40}$/.test(String(error.code))) return String(error.code);
  return error.message.match(/^([A-Z][A-Za-z ]{2,40}(?:Error|Exception)):/)?.[1] ?? null;
}

/** What the parsers of bodies find, by the name that they give it. */
const FAULTS: Readonly<Record<string, string>> = {
  "entity.parse.failed": "请求内容不是合格的 JSON · The body is no valid JSON",
  "entity.too.large": "请求内容太大 · The body is too large",
  "charset.unsupported": "请求内容的编码不支持，请用 UTF-8 · The body's encoding is not supported: use UTF-8",
  "encoding.unsupported":
    "请求内容的编码不支持，请不要压缩 · The body's encoding is not supported: do not compress it",
  Z_DATA_ERROR: "请求内容的压缩坏了 · The body's compression is damaged",
  Z_BUF_ERROR: "请求内容的压缩不完整 · The body's compression is cut off",
  "parameters.too.many": "参数太多 · Too many parameters",
};

function faultOf(error: unknown, status: number): string {
  const { type, code } = error as { type?: unknown; code?: unknown };
  return FAULTS[String(type)] ?? FAULTS[String(code)] ?? `请求不对 · The request is wrong (${status})`;
}

/** The client's own fault, as express and its parsers say it: a broken URL, a body that is too large. */
function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && "status" in error ? Number(error.status) : Number.NaN;
  return status >= 400 && status < 500 ? status : undefined;
}
