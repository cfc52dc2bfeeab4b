import { createReadStream } from "node:fs";

/** A record of a delimited file. `fields` is null where its quotes don't close or text follows a closing quote. */
export interface CsvRecord {
  /** Line of its first character, from 1. */
  line: number;
  fields: string[] | null;
  /** The text as read, for what could not be parsed. */
  raw: string;
  /** Longer than any record: `raw` is its beginning, the rest was passed over. */
  isLong?: true;
}

/** A record longer than this is taken for one whose quote was never closed. */
const MAX_RECORD = 2 << 20;
/** Of a record that is too long. */
const SHOWN = 10_000;

/**
 * Splits a delimited UTF-8 file as RFC 4180 says, with any mix of CRLF, LF and CR, and finds its way back after
 * a broken quote: the line with the quote is given up, the next line starts afresh. No library we know does the
 * latter; DuckDB and papaparse give up everything up to the next quote.
 * @param headerRow of so many rows in front blank ones count too, as those who look for a header count them; elsewhere
 * a blank line is no record.
 */
export async function* csvRecords(path: string, delimiter: string, headerRow = 0): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder();
  let text = "";
  let line = 1;
  let above = Math.max(headerRow, 0);
  let isSkipping = false;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    text += decoder.decode(chunk as Buffer, { stream: true });
    if (isSkipping) {
      const end = lineEnd(text, 0);
      // A CR at the end may be half of a CRLF.
      text = end === undefined ? text.slice(text.endsWith("\r") ? -1 : text.length) : text.slice(end);
      if (end === undefined) continue;
      line++;
    }
    const { records, rest, lines, isLong } = split(text, delimiter, line, above, false);
    above = Math.max(above - records.length, 0);
    yield* records;
    isSkipping = isLong;
    text = rest;
    line = lines;
  }
  if (isSkipping) return;
  text += decoder.decode();
  yield* split(text, delimiter, line, above, true).records;
}

function split(text: string, delimiter: string, firstLine: number, above: number, final: boolean) {
  const records: CsvRecord[] = [];
  let at = 0;
  let line = firstLine;
  while (at < text.length) {
    const found = recordAt(text, at, delimiter, final);
    if (found === "more" && !final && text.length - at < MAX_RECORD) break;
    if (found === "more" || found === "broken") {
      const end = lineEnd(text, at);
      if (end === undefined && !final) {
        if (text.length - at < MAX_RECORD) break;
        records.push({ line, fields: null, raw: text.slice(at, at + SHOWN), isLong: true });
        return { records, rest: "", lines: line, isLong: true };
      }
      const stop = end ?? text.length;
      records.push({ line, fields: null, raw: text.slice(at, stop).replace(/(?<![\r\n])[\r\n]+$/, "") });
      at = stop;
      line++;
      continue;
    }
    const raw = text.slice(at, found.end);
    const body = raw.replace(/(?:\r\n|\n|\r)$/, "");
    if (body !== "" || records.length < above) records.push({ line, fields: found.fields, raw: body });
    line += lineBreaks(raw);
    at = found.end;
  }
  return { records, rest: text.slice(at), lines: line, isLong: false };
}

function recordAt(text: string, from: number, delimiter: string, final: boolean) {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    let end: number;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === undefined) return final ? "broken" : "more";
      if (close + 1 >= text.length && !final) return "more";
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      end = close + 1;
      const next = text[end];
      if (next !== undefined && next !== delimiter && next !== "\n" && next !== "\r") return "broken";
    } else {
      end = fieldEnd(text, at, delimiter);
      if (end >= text.length && !final) return "more";
      fields.push(text.slice(at, end));
    }
    if (text[end] === delimiter) {
      at = end + 1;
      continue;
    }
    if (text[end] === "\r") {
      if (end + 1 >= text.length && !final) return "more";
      return { fields, end: text[end + 1] === "\n" ? end + 2 : end + 1 };
    }
    return { fields, end: Math.min(end + 1, text.length) };
  }
}

function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}

function fieldEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

function lineEnd(text: string, from: number): number | undefined {
  const at = text.slice(from).search(/\r\n|\n|\r(?=[^\n])/);
  if (at < 0) return undefined;
  return from + at + (text.startsWith("\r\n", from + at) ? 2 : 1);
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
