import type { Lang, Text } from "./say.ts";

/**
 * The user's or the data's problem: printed without a stack, exit code 1.
 * The message names file, line and column where there are any; the hint says what to do.
 */
export class UserError extends Error {
  readonly text: Text;
  readonly hint: Text | undefined;

  constructor(text: Text, { hint, cause }: { hint?: Text; cause?: unknown } = {}) {
    super(text.en, { cause });
    this.name = "UserError";
    this.text = text;
    this.hint = hint;
  }

  in(lang: Lang): string {
    return this.hint ? `${this.text[lang]}\n  ${this.hint[lang]}` : this.text[lang];
  }
}

/** A statement failed. DuckDB's own message may quote data, so it is only ever printed for our own SQL files. */
export class QueryError extends Error {
  readonly path: string;
  readonly sql: string;

  constructor(path: string, sql: string, cause: unknown) {
    super(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = "QueryError";
    this.path = path;
    this.sql = sql;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
