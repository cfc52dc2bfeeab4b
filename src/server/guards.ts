import type { Request, RequestHandler } from "express";
import helmet from "helmet";

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
    if (names.includes(nameOf(request))) next();
    else response.status(421).type("text").send("unknown host");
  };
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
    return void response.status(403).type("text").send("another site's page may not change anything here");
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
