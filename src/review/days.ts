import { generalisedEsd, median, robustZ } from "../stats/anomaly.ts";
import type { Row } from "../warehouse/rows.ts";

/** Iglewicz–Hoaglin's bound of a robust z. */
const BOUND = 3.5;
/** Same weekdays that a day is held against. */
const BASELINE = 8;
/** Fewer days than this are not searched for outliers, and no more of them are named. */
const FEWEST_DAYS = 25;
const MOST = 5;

export interface OddDay {
  /** Local date. */
  day: string;
  value: number;
  /** Median of the same weekday, without holidays and shopping festivals. */
  usual: number;
}

export interface OddDays {
  /** Of the week: far from the last eight same weekdays (robust z of 3.5 and more, statistics.md 2.5). */
  week: (OddDay & { /** Null = the days before never differed. */ z: number | null })[];
  /** Of the weeks before, in hindsight: outliers of what differs from the weekday's median (generalised ESD at 5 %). */
  earlier: OddDay[];
}

/** Days that stand out. @param rows of the query daily_messages, oldest first, the week itself last. */
export function oddDays(rows: readonly Row[]): OddDays {
  const days = rows.flatMap((row) =>
    row["messages"] === null
      ? []
      : [{ day: String(row["day"]), value: Number(row["messages"]), isSpecial: row["is_special"] === true }],
  );
  const [before, week] = [days.slice(0, -7), days.slice(-7)];
  const sameDay = (day: string) =>
    before.filter((one) => !one.isSpecial && weekday(one.day) === weekday(day)).map(({ value }) => value);
  const odd = week.flatMap(({ day, value, isSpecial }) => {
    const baseline = sameDay(day).slice(-BASELINE);
    const z = isSpecial ? null : robustZ(value, baseline);
    if (z === null || Math.abs(z) < BOUND) return [];
    return [{ day, value, usual: median(baseline), z: Number.isFinite(z) ? z : null }];
  });
  const ordinary = before
    .filter(({ isSpecial }) => !isSpecial)
    .map(({ day, value }) => ({ day, value, usual: median(sameDay(day)) }));
  if (ordinary.length < FEWEST_DAYS) return { week: odd, earlier: [] };
  const rest = ordinary.map(({ value, usual }) => value - usual);
  // A series that never leaves its medians has no spread to be an outlier of.
  const outliers = rest.every((one) => one === rest[0]) ? [] : generalisedEsd(rest, MOST).outliers;
  return {
    week: odd,
    earlier: ordinary.filter((_, at) => outliers.includes(rest[at] ?? Number.NaN)),
  };
}

function weekday(day: string): number {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay();
}
