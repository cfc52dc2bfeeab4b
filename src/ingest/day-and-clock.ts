import { canonicalHeader } from "../kit/evidence.ts";
import { name } from "../warehouse/database.ts";
import type { Cell } from "./column-cell.ts";

/*
 * A time that stands in two columns: the day in one, the hour in the other. That they do is seen in the first rows; a row
 * further on in which they don't is refused as no time.
 */
const HALF = "(?:上午|下午|凌晨|早上|中午|晚上|傍晚|晚|[AP]M)";
const CLOCK = `${HALF}? ?\\d{1,2} ?[:：点點时時] ?\\d{1,2}分?(?: ?[:：]? ?\\d{1,2}秒?)? ?${HALF}?`;
/** A workbook holds an hour as a part of a day, and a day as a number. */
const FRACTION = "0?\\.\\d+|0";
const IS_CLOCK = new RegExp(`^(?:${CLOCK}|${FRACTION})$`, "i");
/** Of what lasts, the hour may be a span of hours, the whole day or left out. */
const LASTS = new RegExp(
  `^(?:${CLOCK}(?: ?[-~—–至到] ?(?:次日)? ?${CLOCK})?|${FRACTION}|一?整天|全天)$`,
  "i",
);
const PLAIN = ["日期", "时间", "date", "time"];
const IS_DAY =
  /^(?:\d{2,4} ?[-/.年] ?)?\d{1,2} ?[-/.月] ?\d{1,2} ?[日号]?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$|^\d{8}$|^[2-6]\d{4}$/;

/** Columns of a file. */
export interface DayAndClock {
  day: string;
  clock: string;
}

/**
 * Which of two columns that could be one time holds its day, and which the hour. Undefined where they are not that.
 * @param below the first rows under the header.
 */
export function dayAndClock(
  hits: readonly string[],
  names: readonly string[],
  below: readonly (readonly string[])[],
  lasts = false,
): DayAndClock | undefined {
  const [one, other, third] = hits;
  if (one === undefined || other === undefined || third !== undefined) return undefined;
  const holds = (column: string, pattern: RegExp) => {
    const at = names.indexOf(column);
    const cells = below.map((row) => row[at] ?? "").filter((cell) => cell !== "");
    return cells.length > 0 && cells.filter((cell) => pattern.test(cell)).length * 2 > cells.length;
  };
  const pairs = [
    { day: one, clock: other },
    { day: other, clock: one },
  ];
  return pairs.find(({ day, clock }) => holds(day, IS_DAY) && holds(clock, lasts ? LASTS : IS_CLOCK));
}

/** Of columns that say when something is those that say of what: 开始日期 before 日期. */
export const named = (hits: readonly string[]): readonly string[] => {
  const own = hits.filter((one) => !PLAIN.includes(canonicalHeader(one)));
  return own.length > 0 ? own : hits;
};

/** SQL of a cell with the hour as it is written: 20:03:11 for 0.8355. */
export const clockText = (cell: string) =>
  `if(regexp_full_match(${cell}, '${FRACTION}'), strftime(timestamp '2000-01-01' + to_seconds(round(try_cast(${cell} as double) * 86400)::bigint), '%H:%M:%S'), ${cell})`;
const dayText = (cell: string) =>
  `if(regexp_full_match(${cell}, '[2-6]\\d{4}'), strftime(stated(${cell}), '%Y-%m-%d'), ${cell})`;

/** The cell of a time whose hour stands in a column of its own. A day without its hour is none. */
export function joined(cell: Cell, column: string, { day, clock }: DayAndClock, lasts = false): Cell {
  const [days, hours] = [dayText(`cleaned(${name(day)})`), clockText(`cleaned(${name(clock)})`)];
  // With a ? for what is missing, which no time has.
  const both = `if(${days} is null and ${hours} is null, null, concat(coalesce(${days}, '?'), ' ', coalesce(${hours}, '${lasts ? "全天" : "?"}')))`;
  return { ...cell, clean: `${both} as ${name(column)}` };
}
