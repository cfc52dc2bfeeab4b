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

/**
 * A SQL file is wrong: printed with its path and line, exit code 1. DuckDB's own message may quote data, so it is
 * only ever printed for statements that are in files.
 */
export class QueryError extends Error {
  readonly path: string;
  readonly sql: string;

  /** @param line of the file in which `sql` begins, from 1; the cause's own "LINE n" counts from there. */
  constructor(path: string, sql: string, cause: unknown, line?: number) {
    const why = messageOf(cause);
    const inside = /\bLINE (\d+):/.exec(why)?.[1];
    const place = line !== undefined && inside ? `${path}:${line + Number(inside) - 1}` : path;
    super(`${place}: ${why.split("\n\n")[0] ?? why}`, { cause });
    this.name = "QueryError";
    this.path = path;
    this.sql = sql;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
