import { askWord, clockWord, WORD } from "./clock-words.ts";

/* What stands before a person in a line of the log: its date, its time, and what says where they end. */

const MARK = "[\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]";
const DATE = `(\\d{1,4}${MARK}?[-/.]\\s?\\d{1,2}${MARK}?[-/.]\\s?\\d{1,4}|\\d{4}[年년]\\s?\\d{1,2}[月월]\\s?\\d{1,2}[日일])\\.?${MARK}?[,،]?\\s(?:[^\\p{L}\\d\\s\\[]{1,3}\\s)?`;
const TIME = "(\\d{1,2})[.:](\\d{2})(?:[.:](\\d{2}))?";
const BEFORE = `(${WORD})\\s?${MARK}?`;
const AFTER = `\\s?(${WORD})`;

/** Characters in which a line's date and time stand. */
const HEAD = 60;
/** Most lines of a text are told apart by their first letter. */
export const START = /^[\d[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const OWN_DIGITS = /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F]/gu;

interface Layout {
  begin: string;
  end: string;
}

/** [date, time] name: text; date, time - name: text; and, where dates are 2026년 11월 3일, date time, name: text. */
const LAYOUTS: readonly Layout[] = [
  { begin: `^${MARK}*\\[${MARK}*`, end: `${MARK}?\\]\\s?` },
  { begin: `^${MARK}*`, end: `${MARK}?\\s-\\s` },
  // KakaoTalk writes the same with a blank before the colon.
  { begin: `^${MARK}*(?=\\d{4}년)`, end: ",\\s(?![^:]{1,60} : )" },
];
const ANY = LAYOUTS.map((layout) => [layout, pattern(layout, `(?:${BEFORE})?`, `(?:${AFTER})?`)] as const);

/** Groups: date, word before, hour, minute, second, word behind. */
function pattern({ begin, end }: Layout, before: string, after: string): RegExp {
  return new RegExp(begin + DATE + before + TIME + after + end, "iu");
}

/** Whether a line looks like the first of a log; with a word beside the clock that nobody knows, only with a person behind. */
export function isHead(line: string): boolean {
  const found = headIn(line)?.found;
  if (!found) return false;
  const isKnown = [found[2], found[6]].every((word = "") => clockWord(word) !== undefined);
  return isKnown || /^[^:]{1,60}: /u.test(line.slice(found[0].length));
}

function headIn(line: string): { layout: Layout; found: RegExpExecArray } | undefined {
  for (const [layout, test] of ANY) {
    const found = test.exec(line);
    if (found) return { layout, found };
  }
  return undefined;
}

/** How a log writes the head of each record. */
export interface Header {
  /** Groups: date, word before the clock, hour, minute, second, word behind. */
  pattern: RegExp;
  /** Its clock is of 12 hours. */
  isHalved: boolean;
  /** Lines that begin with the same head are records alike, whatever follows. */
  isWhole: boolean;
}

/**
 * The head of all records of a log by its first: a file keeps to one layout and one clock, and what looks otherwise was
 * typed. Undefined where the line is none.
 */
export function headerOf(line: string): Header | undefined {
  const head = headIn(line);
  if (!head) return undefined;
  const [, , before = "", , , , after = ""] = head.found;
  const isHalved = [before, after].some((word) => isHalf(word));
  // Beside a half of the day another word may be missing: "a la 1:05 p. m.", "1:05 p. m.".
  const place = (word: string, said: string) =>
    word === "" ? "()" : isHalved && !isHalf(word) ? `(?:${said})?` : said;
  const isWhole = !head.layout.end.includes("(?!");
  return { pattern: pattern(head.layout, place(before, BEFORE), place(after, AFTER)), isHalved, isWhole };
}

function isHalf(word: string): boolean {
  const known = clockWord(word);
  return known === undefined || known.half !== undefined;
}

/**
 * The head of a line, if it is a record's.
 * @param line with its digits as 0 to 9.
 */
export function headAt({ pattern, isHalved }: Header, line: string): RegExpExecArray | null {
  const found = pattern.exec(line);
  // On a clock of 24 hours a word that nobody knows was typed; on one of 12 it may be a half of the day.
  return found && (isHalved || (!isHalf(found[2] ?? "") && !isHalf(found[6] ?? ""))) ? found : null;
}

/** Reads halves of the day beside the clocks of a log. @throws UserError where a word is unknown. */
export function halvesIn(name: string): (found: RegExpExecArray, line: number) => string | undefined {
  const read = new Map<string, string | undefined>();
  const halfOf = (word: string, line: number): string | undefined => {
    if (!read.has(word)) read.set(word, (clockWord(word) ?? askWord(word.trim(), line, name)).half);
    return read.get(word);
  };
  return ([, , before = "", , , , after = ""], line) => halfOf(before, line) ?? halfOf(after, line);
}

/** The line with the digits of its head as 0 to 9, as long as before. */
export function latin(line: string): string {
  // Nearly every line begins with 0 to 9, or with a bracket and those.
  if (line.charCodeAt(line.startsWith("[") ? 1 : 0) < 0x80) return line;
  const head = line.slice(0, HEAD);
  return head.replace(OWN_DIGITS, digit) + line.slice(HEAD);
}

/** Each of the three rows of digits begins at a code that ends in 0 or, in Devanagari, in 6. */
function digit(one: string): string {
  const code = one.charCodeAt(0);
  return String(code < 0x0966 ? code & 0xf : code - 0x0966);
}

/** A date without the marks between its parts; 2026년 11월 3일 as 2026/11/3. */
export function bare(date: string): string {
  return date.replace(/[年년月월]\s?/gu, "/").replace(/[^\d\s/.-]/gu, "");
}
