import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import type { MissingColumns } from "../../review/query.ts";
import type { Row } from "../../warehouse/rows.ts";
import { toCsv } from "../csv.ts";

export const ARROW = "application/vnd.apache.arrow.stream";

/** Rows and the order of their columns; names are taken from the first row where none are given. */
export interface Rows {
  rows: readonly Row[];
  cols?: readonly string[];
  /** Columns that are null because their source was never imported; told in JSON where there are any. */
  missing?: readonly MissingColumns[];
}

/**
 * Says which revision the answer is of, and ends the request with 304 where the client has just that.
 * The same URL of the same revision always gives the same bytes, so nothing has to be computed to know.
 */
export function isKnown(request: Request, response: Response, revision: string): boolean {
  const generation = revision.split(" ")[0] ?? "";
  const hash = createHash("sha256")
    .update(`${revision}\n${request.originalUrl}\n${formOf(request)}`)
    .digest("hex")
    .slice(0, 16);
  const etag = `"${generation}-${hash}"`;
  response.set({
    ETag: etag,
    "X-Fupan-Generation": generation,
    "Cache-Control": "private, no-cache",
    Vary: "Accept, Cookie, Accept-Encoding",
  });
  if (request.headers["if-none-match"] !== etag) return false;
  response.status(304).end();
  return true;
}

/** What goes to the client. */
export interface Made {
  type: string;
  body: string | Buffer;
}

export function asJson(value: unknown): Made {
  return { type: "application/json; charset=utf-8", body: JSON.stringify(value) };
}

/** JSON {generation, cols, rows} by default, CSV with a BOM or an Arrow stream when asked for. */
export async function rowsAs(form: Form, generation: string, made: Rows): Promise<Made> {
  const cols = made.cols ?? Object.keys(made.rows[0] ?? {});
  switch (form) {
    case "csv":
      return { type: "text/csv; charset=utf-8", body: toCsv(cols, made.rows) };
    case "arrow":
      // A hundred modules that most servers never need, and the start would wait for.
      return { type: ARROW, body: (await import("../arrow.ts")).toArrow(cols, made.rows) };
    default:
      return asJson({
        generation,
        cols,
        rows: made.rows.map((row) => cols.map((col) => row[col] ?? null)),
        ...(made.missing?.length ? { missing: made.missing } : {}),
      });
  }
}

export type Form = "json" | "csv" | "arrow";

export function formOf(request: Request): Form {
  const best = request.accepts(["json", "text/csv", ARROW]);
  return best === "text/csv" ? "csv" : best === ARROW ? "arrow" : "json";
}
