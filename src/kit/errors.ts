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
 * A SQL file is wrong: printed with its path and line, exit code 1. DuckDB's own message is printed without the values
 * that it quotes.
 */
export class QueryError extends Error {
  readonly path: string;
  readonly sql: string;

  /** @param line of the file in which `sql` begins, from 1; the cause's own "LINE n" counts from there. */
  constructor(path: string, sql: string, cause: unknown, line?: number) {
    const why = messageOf(cause);
    const inside = /\bLINE (\d+):/.exec(why)?.[1];
    const place = line !== undefined && inside ? `${path}:${line + Number(inside) - 1}` : path;
    super(`${place}: ${withoutValues(why.split("\n\n")[0] ?? why)}`, { cause });
    this.name = "QueryError";
    this.path = path;
    this.sql = sql;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Kinds of DuckDB's errors that quote names of tables, columns and files; all others quote values of rows. */
const QUOTES_NAMES = /^(?:Binder|Catalog|Parser|Syntax|IO|Permission|Dependency|Not implemented) Error:/;
const QUOTES_VALUES = /^(?:[A-Z][A-Za-z ]* Error:|Unexpected )/;

/** A message of DuckDB or of JSON.parse without what it quotes of the data: it is pasted into mails and reports of bugs. */
export function withoutValues(message: string): string {
  if (QUOTES_NAMES.test(message) || !QUOTES_VALUES.test(message)) return message;
  return message.split("\n").map(masked).join("\n");
}

/** From the first quote to the last: a value may hold quotes itself. */
function masked(line: string): string {
  if (line.startsWith("LINE ") || /^ *\^ *$/.test(line)) return line;
  const from = line.search(/['"]/);
  const to = Math.max(line.lastIndexOf("'"), line.lastIndexOf('"'));
  const rest = from < 0 ? line : `${line.slice(0, from)}'…'${line.slice(to + 1)}`;
  return rest
    .replace(/\d{5,}|[^\s@]{1,64}@[^\s@]{1,255}/g, "…")
    .replace(/^(Original Line|Value): .*/, "$1: …");
}

/** What is printed of a bug: its message without values, and where it happened. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return withoutValues(messageOf(error));
  return [`${error.name}: ${withoutValues(error.message)}`, ...framesOf(error)].join("\n");
}

/** Where an error happened. A message of several lines stands before that, and may quote data. */
export function framesOf(error: Error): string[] {
  return (error.stack ?? "").split("\n").filter((line) => /^\s+at \S/.test(line));
}
