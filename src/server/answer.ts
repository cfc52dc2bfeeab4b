import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Request, RequestHandler, Response } from "express";
import type { Lang } from "../kit/say.ts";
import { FreshAnswers } from "./fresh.ts";
import { type Look, lookOf, type PageQuery, pageQuery } from "./request.ts";

/** What a page route makes; the rest (cache, ETag, compression) is the same for all. */
export interface Answer {
  status: number;
  /** Express's short name or a full content type. */
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

interface Kept extends Answer {
  etag: string;
  packed: Buffer | null;
}

export type Make = (query: PageQuery, look: Look, request: Request) => Promise<Answer>;

/** Below this, packing costs more than it saves. */
const PACK_FROM = 1024;
const pack = promisify(gzip);

/**
 * Answers kept per URL and look, packed once: a repeated visit costs a look-up.
 * @param revision changes whenever any page could. @param firm the part of it that no page may lag behind.
 */
export function answerer(
  { revision, firm }: { revision: () => string; firm: () => string },
  fallback: Lang,
  size = 300,
): (make: Make) => RequestHandler {
  const cache = new FreshAnswers<Kept>(size);
  return (make) => async (request, response) => {
    const query = pageQuery.parse(request.query);
    const look = lookOf(request, query, fallback);
    const now = revision();
    const key = JSON.stringify([firm(), request.originalUrl, look]);
    const { value, revision: of } = await cache.get(key, now, async () =>
      keep(now, await make(query, look, request)),
    );
    send(request, response, value, of);
  };
}

async function keep(revision: string, made: Answer): Promise<Kept> {
  const body = Buffer.from(made.body);
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 16);
  return {
    ...made,
    body,
    etag: `"${revision.split(" ")[0]}-${hash}"`,
    packed: body.length > PACK_FROM && isText(made.type) ? await pack(body) : null,
  };
}

function isText(type: string): boolean {
  return /html|text|json|svg|xml|javascript/.test(type);
}

function send(request: Request, response: Response, kept: Kept, revision: string): void {
  response.set({
    ETag: kept.etag,
    "Cache-Control": "private, no-cache",
    Vary: "Cookie, Accept-Encoding",
    "X-Fupan-Generation": revision.split(" ")[0] ?? "",
    ...kept.headers,
  });
  if (request.headers["if-none-match"] === kept.etag) return void response.status(304).end();
  response.status(kept.status).type(kept.type);
  if (kept.packed && request.acceptsEncodings("gzip"))
    return void response.set("Content-Encoding", "gzip").send(kept.packed);
  return void response.send(kept.body);
}

/** A file for the visitor's disk. @param name ASCII or not; both forms of the header are sent. */
export function download(name: string, type: string, body: string | Buffer): Answer {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  return {
    status: 200,
    type,
    body,
    headers: {
      "Content-Disposition": `attachment; filename="${plain}"${plain === name ? "" : `; filename*=UTF-8''${encodeURIComponent(name)}`}`,
    },
  };
}
