import { createHash } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import type { Lang } from "../kit/say.ts";
import { FreshAnswers } from "./fresh.ts";
import { fileName } from "./imports/uploads.ts";
import { type Packed, pack, sendPacked } from "./packed.ts";
import { type Look, lookOf, type PageQuery, pageQuery } from "./request.ts";

/** What a page route makes; the rest (cache, ETag, compression) is the same for all. */
export interface Answer {
  status: number;
  /** One of the short names html, json and text, or a full content type. */
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

interface Kept {
  status: number;
  headers: Record<string, string> | undefined;
  etag: string;
  body: Packed;
}

export type Make = (query: PageQuery, look: Look, request: Request) => Promise<Answer>;

/** What an answer is of: `all` changes whenever any page could, `firm` is the part that no page may lag behind. */
export interface Version {
  all: string;
  firm: string;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  json: "application/json; charset=utf-8",
  text: "text/plain; charset=utf-8",
};

/** Answers kept per URL and look, packed once: a repeated visit costs a look-up. */
export function answerer(version: () => Version, fallback: Lang, size = 300): (make: Make) => RequestHandler {
  const cache = new FreshAnswers<Kept>(size);
  return (make) => async (request, response) => {
    const query = pageQuery.parse(request.query);
    const look = lookOf(request, query, fallback);
    const { all, firm } = version();
    const key = JSON.stringify([firm, request.originalUrl, look]);
    const { value, revision } = await cache.get(key, all, async () =>
      keep(all, await make(query, look, request)),
    );
    send(request, response, value, revision);
  };
}

async function keep(revision: string, { status, headers, type, body }: Answer): Promise<Kept> {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 16);
  const etag = `"${revision.split(" ")[0]}-${hash}"`;
  return { status, headers, etag, body: await pack(TYPES[type] ?? type, body) };
}

function send(request: Request, response: Response, kept: Kept, revision: string): void {
  response.setHeader("ETag", kept.etag);
  response.setHeader("Cache-Control", "private, no-cache");
  response.setHeader("Vary", "Cookie, Accept-Encoding");
  response.setHeader("X-Fupan-Generation", revision.slice(0, revision.indexOf(" ")));
  for (const [name, value] of Object.entries(kept.headers ?? {})) response.setHeader(name, value);
  if (request.headers["if-none-match"] === kept.etag) return void response.status(304).end();
  response.statusCode = kept.status;
  sendPacked(request, response, kept.body);
}

/** A file for the visitor's disk. @param name ASCII or not; both forms of the header are sent. */
export function download(title: string, type: string, body: string | Buffer): Answer {
  // A title is no path: whoever saves it by a program must not be led out of the folder.
  const name = fileName(title.replace(/[/\\]/g, "_")).replace(/\p{Cs}/gu, "_");
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return {
    status: 200,
    type,
    body,
    headers: {
      "Content-Disposition": `attachment; filename="${plain}"${plain === name ? "" : `; filename*=UTF-8''${encoded}`}`,
    },
  };
}
