import { wordValue } from "./plan-words.ts";
import type { Text } from "./say.ts";

/* Cells of a plan as operators type them and as a workbook keeps them. What can be meant in two ways stays as it is, and is refused. */
const SPAN = /\s*(?:[-~—–至到]|\.\.)+\s*/;
const HALVES = "凌晨|清晨|早上|早晨|上午|早|中午|下午|傍晚|晚上|晚|am|pm";
const CLOCK = new RegExp(
  `^(${HALVES})?\\s*(\\d{1,2})(?::(\\d{2})(?::\\d{2}(?:\\.\\d+)?)?|[点點时](?:(半)|整|(\\d{1,2})分?)?)\\s*(am|pm)?$`,
  "i",
);
const plain = (cell: string) => cell.normalize("NFKC").trim();
const two = (value: number) => String(value).padStart(2, "0");

/** A time of day, and how long it lasts where it says until when; the cell itself where it is none. */
export function clockCell(cell: string): { time: string; minutes?: number } {
  // A workbook holds an hour as a part of a day.
  if (/^0?\.\d+$/.test(cell)) {
    const at = Math.round(Number(cell) * 1440) % 1440;
    return { time: `${two(Math.trunc(at / 60))}:${two(at % 60)}` };
  }
  const [first = "", last, more] = plain(cell).split(SPAN);
  const from = clock(first, "");
  if (from === undefined || more !== undefined) return { time: cell };
  const time = `${two(Math.trunc(from.at / 60))}:${two(from.at % 60)}`;
  if (last === undefined) return { time };
  const till = clock(last, from.half);
  return till === undefined ? { time: cell } : { time, minutes: (till.at - from.at + 1440) % 1440 };
}

/** Minutes of the day. @param before the half of the day that was said before. */
function clock(text: string, before: string): { at: number; half: string } | undefined {
  const [, front = before, hour = "", minute, half, rest, behind] = CLOCK.exec(text.trim()) ?? [];
  if (hour === "") return undefined;
  const said = (behind ?? front).toLowerCase();
  const minutes = Number(minute ?? (half ? 30 : (rest ?? 0)));
  let hours = Number(hour);
  // 晚上12点 is the end of a day or its begin.
  if (/晚/.test(said) && (hours === 12 || hours < 5)) return undefined;
  if (/下午|傍晚|晚|pm/.test(said) && hours < 12) hours += 12;
  if (said === "中午" && hours < 4) hours += 12;
  if (/凌晨|am/.test(said) && hours === 12) hours = 0;
  return hours > 23 || minutes > 59 ? undefined : { at: hours * 60 + minutes, half: said };
}

/** A day as 2026-11-16: of 2026/11/16 or 2026年11月16日, or the number of a workbook, which counts from 1900. */
export function dateCell(cell: string): string {
  const [, year, month = "", day = ""] =
    /^(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?(?: 0?0:00(?::00)?)?$/.exec(
      plain(cell),
    ) ?? [];
  if (year !== undefined) return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  // Days of 2025 to 2064: counted from 1904, as some workbooks do, those of our years are less.
  const isNumber = /^\d{5}$/.test(cell) && Number(cell) >= 45_658 && Number(cell) < 60_268;
  return isNumber
    ? new Date(Date.UTC(1899, 11, 30) + Number(cell) * 86_400_000).toISOString().slice(0, 10)
    : cell;
}

const DAY = /^(?:d(?:ay)?\s*|第\s*)?(-?\d+)\s*[天日]?$/i;

/** Why D1 is no number: in a plan that has no D0 it may be the first day or the one after it. */
export const WHICH_DAY: Text = {
  zh: "数字，开始那天写 0，第二天写 1（第1天、D1 看不出是不是开始那天；表里有 D0 或第0天就认得）",
  en: "a number: 0 is the day it begins, 1 the next (D1 may be either, unless the table has a D0)",
};

/** @param hasZero the table counts from 0. @returns undefined of D1 where it does not. */
export function dayCell(cell: string, hasZero: boolean): number | undefined {
  const [, digits] = DAY.exec(plain(cell)) ?? [];
  if (digits === undefined) return Number.NaN;
  return hasZero || digits === plain(cell) ? Number(digits) : undefined;
}

/** Whether a cell of a day is the day 0 or one before it. */
export const isZero = (cell: string): boolean => Number(DAY.exec(plain(cell))?.[1] ?? 1) <= 0;

/** From and to of days: 1-3, D1~D3, 第1天到第3天. */
export function daySpan(cell: string, hasZero: boolean): { from: number; to: number } | undefined {
  const [, first = "", last = ""] =
    /^(.*?\d\s*[天日]?)\s*(?:\.\.|[-~—–至到])\s*(.*\d.*)$/.exec(plain(cell)) ?? [];
  const [from, to] = [dayCell(first, hasZero), dayCell(last || first, hasZero)];
  return from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)
    ? undefined
    : { from, to };
}

const WEEK = "一二三四五六日";

/** Days of the week: 周一、周三; 每周一三五; 周一至周五. */
export function daysOf(cell: string): string | string[] {
  const words = plain(cell)
    .replace(/每(?=周|星期|礼拜)/g, "")
    .replace(/星期|礼拜/g, "周")
    .replace(/周([1-7])/g, (_, day: string) => `周${WEEK[Number(day) - 1]}`)
    .replace(/[周一二三四五六、,，和]天(?!天)/g, (all) => `${all[0]}日`)
    .split(/[、,，;；/和\s]+/)
    .filter((word) => word !== "");
  const days = words.flatMap((word): (string | undefined)[] => {
    const [, from, to] = /^周?([一二三四五六日])\s*[-~—–至到]\s*周?([一二三四五六日])$/.exec(word) ?? [];
    if (from !== undefined && to !== undefined) {
      const [first, last] = [WEEK.indexOf(from), WEEK.indexOf(to)];
      return first <= last
        ? [...WEEK.slice(first, last + 1)]
        : [...WEEK.slice(first), ...WEEK.slice(0, last + 1)];
    }
    return /^周?[一二三四五六日]+$/.test(word) ? [...word.replace("周", "")] : [undefined];
  });
  const known = days.every((day) => day !== undefined)
    ? days.map((day) => wordValue("weekday", `周${day}`))
    : words.map((word) => wordValue("weekday", word));
  const each = [...new Set(known)];
  return each.length === 1 ? (each[0] ?? cell) : each;
}

const UNITS: Readonly<Record<string, string>> = { 分: "m", 小: "h", 天: "d", 日: "d" };

/** 10分钟 and 2小时后 as 10m and 2h. */
export function spanCell(cell: string): string {
  const [, value, unit = ""] =
    /^(\d+(?:\.\d+)?)\s*(分|小|天|日)(?:钟|时)?(?:之?后)?$/.exec(plain(cell)) ?? [];
  return value === undefined ? cell : `${value}${UNITS[unit]}`;
}

/** A number with what is counted: 30分钟, 2次. */
export const countCell = (cell: string): number => Number(plain(cell).replace(/\s*(?:分钟?|次|min)$/i, ""));

/** Groups of a plan, each with a day of its own where it says one. */
export function groupsOf(cell: string): string[] {
  const parts = cell.split(/[;；\n]/).flatMap((part) => {
    const names = part.split(/[、,，]/);
    // A name may hold such a mark: only what is called a group on each side of it is several.
    return names.every((one) => one.includes("群")) ? names : [part];
  });
  return parts.map((one) => one.trim()).filter((one) => one !== "");
}
