import { dayHalf } from "./day-halves.ts";

const STATED = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T]?(\d{1,2}):(\d{2})(?::(\d{2}))?/;

/**
 * A stated wall-clock time as ISO 8601 without a zone: `2016-07-19 9:05:12`, with `AM` / `PM` apart.
 * Undefined when there is no such moment on the calendar. Never goes through Date's local zone.
 */
export function wallClock(stated: string, half?: string): string | undefined {
  const found = STATED.exec(stated);
  if (!found || found[0].length !== stated.length) return undefined;
  const [, year, month, day, hour, minute, second = 0] = found;
  return moment(
    Number(year),
    Number(month),
    Number(day),
    hour24(Number(hour), half),
    Number(minute),
    +second,
  );
}

/** Parts of a wall-clock time as ISO 8601 without a zone; undefined when there is no such moment. */
export function moment(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second = 0,
): string | undefined {
  const isMoment =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysOf(year, month) &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isMoment) return undefined;
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** The hour of a 12-hour clock, by the word for the half of the day beside it. Past 12 a half says nothing. */
export function hour24(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  const said = dayHalf(half);
  if (said === "noon") return hour < 11 ? hour + 12 : hour;
  return (hour % 12) + (said === "afternoon" ? 12 : 0);
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/** The last millisecond of the year 9999: what lies beyond is no time that anybody meant. */
const LAST = 253_402_300_799_999;

/** Epoch seconds as an instant in ISO 8601; undefined for what is no number or beyond the year 9999. */
export function epochSeconds(value: unknown): string | undefined {
  return epochMillis(
    Number(typeof value === "number" || typeof value === "string" ? value : Number.NaN) * 1000,
  );
}

/** Epoch milliseconds as an instant in ISO 8601; undefined for what is no number or beyond the year 9999. */
export function epochMillis(value: unknown): string | undefined {
  const millis = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  return millis >= 0 && millis <= LAST ? new Date(millis).toISOString() : undefined;
}

/** The day, "2026-11-23", on which an instant falls in a zone. @param instant UTC, with T or a blank, with its Z or without. */
export function localDay(instant: string | Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(dateOf(instant));
}

/** The clock, "2026-11-23 09:05:12", that shows in a zone at an instant. @param instant as of `localDay`. */
export function localClock(instant: string | Date, timeZone: string): string {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return clock.format(dateOf(instant));
}

function dateOf(instant: string | Date): Date {
  return typeof instant === "string" ? new Date(`${instant.replace(" ", "T").replace(/Z$/, "")}Z`) : instant;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
