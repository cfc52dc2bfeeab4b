import { moment } from "../../../src/kit/time.ts";

/*
 * Lines by which programs say in a log of IRC which day it is: irssi (--- Log opened, --- Day changed), mIRC (Session
 * Start), HexChat (**** BEGIN LOGGING AT), WeeChat (-- Mon, 16 Nov 2026 --). They are no records.
 */
export const SAYS =
  /^(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s{1,9})?[-=*]{0,4}\s{0,9}(?:Log (?:opened|closed)|Day changed(?: to)?|Session (?:Start|Time|Close)|(?:BEGIN|END(?:ING)?) LOGGING AT)\b:?\s+(?<date>\S.*)$/iu;
const BARE = /^[-–—─=]{1,4}\s+(?<date>[A-Za-z]{3,9},?\s+\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4})\s+[-–—─=]{1,4}$/u;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** mIRC's line on the channel, which the file's name has. */
export const IDENT = /^Session Ident: \S/u;

/** A day as HexChat writes it before each time, in the year of the one before it: after December comes the next. */
export function inYearOf(before: string, month: string, day: string): string | undefined {
  const year = Number(before.slice(0, 4));
  const nth = MONTHS.indexOf(month.toLowerCase()) + 1;
  const isNext = Number(before.slice(5, 7)) - nth > 6;
  return moment(isNext ? year + 1 : year, nth, Number(day), 0, 0)?.slice(0, 10);
}

export interface DayLine {
  /** `2026-11-17`; undefined where the date is written in words of another language. */
  day: string | undefined;
}

export function dayLine(text: string): DayLine | undefined {
  const stated = (SAYS.exec(text) ?? BARE.exec(text))?.groups?.["date"];
  return stated === undefined ? undefined : { day: dateIn(stated) };
}

function dateIn(stated: string): string | undefined {
  const [, isoYear, isoMonth, isoDay] = /(\d{4})-(\d{2})-(\d{2})/.exec(stated) ?? [];
  const [, first] = /\b(\d{1,2})(?!\d*:)\.?\s+[A-Za-z]{3,9}\.?,?\s+\d{4}\b/.exec(stated) ?? [];
  const [, second] = /\b[A-Za-z]{3,9}\.?\s+(\d{1,2})\b(?!:)/.exec(stated) ?? [];
  const month = stated
    .toLowerCase()
    .match(/[a-z]{3,9}/g)
    ?.map((word) => MONTHS.indexOf(word.slice(0, 3)))
    .filter((at) => at >= 0)
    .at(-1);
  const year = isoYear ?? /\b(\d{4})\b/.exec(stated)?.[1];
  if (year === undefined) return undefined;
  const nth = isoMonth === undefined ? (month ?? -1) + 1 : Number(isoMonth);
  return moment(Number(year), nth, Number(isoDay ?? first ?? second), 0, 0, 0)?.slice(0, 10);
}
