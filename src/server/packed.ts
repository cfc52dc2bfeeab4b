import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Request, Response } from "express";

/** Below this, packing costs more than it saves. */
const PACK_FROM = 1024;
const gzipped = promisify(gzip);

/** A body as it travels: plain, and gzipped where that is worth it. */
export interface Packed {
  /** The whole content type. */
  type: string;
  plain: Buffer;
  packed: Buffer | null;
}

/** Packs once what is given often. @param type the whole content type. */
export async function pack(type: string, body: string | Buffer): Promise<Packed> {
  const plain = Buffer.from(body);
  const isWorthIt = plain.length > PACK_FROM && /html|text|json|svg|xml|javascript/.test(type);
  return { type, plain, packed: isWorthIt ? await gzipped(plain) : null };
}

/** Ends the answer; the caller has set its other headers. Express's own `send` would ask again for type, length and ETag. */
export function sendPacked(request: Request, response: Response, { type, plain, packed }: Packed): void {
  const isPacked =
    packed !== null &&
    /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(request.headers["accept-encoding"]));
  const body = isPacked ? packed : plain;
  // For the audit, which keeps the hash of a file as its reader has it.
  response.locals["plain"] = plain;
  response.setHeader("Content-Type", type);
  response.setHeader("Content-Length", body.length);
  if (isPacked) response.setHeader("Content-Encoding", "gzip");
  response.end(request.method === "HEAD" ? undefined : body);
}
