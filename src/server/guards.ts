import type { Request, RequestHandler } from "express";
import helmet from "helmet";
import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";

export const NOT_KEPT = "private, no-store";
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
/** What a proxy says of whom it asks for. */
const FORWARDED = [
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "forwarded",
  "via",
];

/** A name that is not ours in the Host header is another site's page trying to read this machine. */
export function onlyKnownHosts(more: readonly string[]): RequestHandler {
  const names = [...LOOPBACK, ...more];
  return (request, response, next) => {
    if (names.includes(nameOf(request))) return next();
    response.set("Cache-Control", NOT_KEPT);
    // In both languages and without the site's frame: whoever comes by a foreign name sees nothing of it.
    if (request.path.startsWith("/api/")) return void response.status(421).json(UNKNOWN_HOST);
    return void response.status(421).type("text").send(inBoth(UNKNOWN_HOST));
  };
}

const UNKNOWN_HOST = {
  error: { zh: "不能用这个主机名打开", en: "This host name is not one that may be used" },
  hint: {
    zh: "请用 fupan serve 打印的网址；要用别的名字或 IP，启动时加上 --allow-host 名字。",
    en: "Open the address that fupan serve printed; for another name or IP, start it with --allow-host NAME.",
  },
};

function inBoth({ error, hint }: typeof UNKNOWN_HOST): string {
  return `${error.zh}\n${hint.zh}\n\n${error.en}\n${hint.en}\n`;
}

/** Told without the site's pages: whoever asks is not known, or is led here by another site. */
export class BareError extends UserError {
  readonly status: 401 | 403;

  constructor(status: 401 | 403, text: Text, hint: Text) {
    super(text, { hint });
    this.status = status;
  }
}

function nameOf({ headers }: Pick<Request, "headers">): string {
  return (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
}

/** Whether somebody at this machine asks: not another one, and not through a proxy here, which others reach by its name. */
export function isHere({ socket, headers }: Pick<Request, "socket" | "headers">): boolean {
  return (
    /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? "") &&
    LOOPBACK.includes(nameOf({ headers })) &&
    !FORWARDED.some((name) => name in headers)
  );
}

/** Nothing is changed for another site's page. Programs send neither header and are let through. */
export function onlySameOrigin(): RequestHandler {
  return (request, response, next) => {
    if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return next();
    const site = request.headers["sec-fetch-site"];
    const { origin, host } = request.headers;
    const isOurs = site === undefined ? true : site === "same-origin" || site === "none";
    const isFromHere = origin === undefined || hostOf(origin) === host;
    if (isOurs && isFromHere) return next();
    response.set("Cache-Control", NOT_KEPT);
    return next(
      new BareError(
        403,
        {
          zh: "这一步是从别的网站发来的，没有做",
          en: "This came from another site's page, and nothing was done",
        },
        {
          zh: "请在复盘自己的页面上再做一次。一直这样的话，是中间的代理改了 Host，让它原样传过来。",
          en: "Do it again on Fupan's own page. If this stays, a proxy between changes Host: let it pass the name on.",
        },
      ),
    );
  };
}

/** Unless a route says otherwise, no proxy and no browser keeps an answer: it is of whoever asked. */
export function keptByNobody(): RequestHandler {
  return (_request, response, next) => {
    response.set({ "Cache-Control": NOT_KEPT, Vary: "Cookie, Accept-Encoding" });
    next();
  };
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/** Headers of every answer: own scripts and styles only, no frames, nothing from elsewhere. */
export function policy(): RequestHandler {
  return helmet({
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
        // Text becomes markup only through the one policy of the page's own script.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["fupan"],
      },
    },
    referrerPolicy: { policy: "same-origin" },
  });
}
