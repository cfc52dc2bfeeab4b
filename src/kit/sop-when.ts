import type { Step } from "./plan.ts";
import { dateCell, daysOf } from "./plan-cells.ts";

/** What a cell says of when a step is, and what stands behind the day: the hour, if anything. */
export interface When {
  at: Pick<Step, "after" | "date" | "day" | "since" | "weekday">;
  /** A day that is counted from 1 or from 0, which only the whole table tells. */
  counted?: number;
  rest: string;
}

const ANCHOR = "入群|进群|加群|入会|建群|成团|开营|开课|开班|开团|活动开始|开始";
const ANCHORS: readonly [RegExp, NonNullable<Step["since"]>][] = [
  [/^(?:入群|进群|加群|入会)/, "member_join"],
  [/^(?:建群|成团)/, "group_created"],
];
const since = (word: string) => ANCHORS.find(([pattern]) => pattern.test(word))?.[1] ?? "camp_start";
const WEEK = "(?:周|星期|礼拜)[一二三四五六日天1-7]";
const UNITS: Readonly<Record<string, string>> = { 分: "m", 小: "h" };

const DATE = /^(20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号]?|[45]\d{4}$)(.*)$/s;
const WEEKDAY = new RegExp(
  `^(每天|每日|工作日|周末|每?${WEEK}(?:\\s?[-~—–至到、,，和/]\\s?(?:每?${WEEK}|[一二三四五六日])|[一二三四五六日](?![点:：\\d]))*)(.*)$`,
  "s",
);
const AFTER = new RegExp(`^(${ANCHOR})之?后\\s?(\\d+(?:\\.\\d+)?)\\s?(分|小)(?:钟|时)(?:内)?$`);
const SAME_DAY = new RegExp(`^(${ANCHOR})?(?:当天|当日|那天)(.*)$`, "s");
const BESIDE = new RegExp(`^(${ANCHOR})之?(前|后)\\s?(?:第\\s?)?(\\d{1,3})\\s?[天日](.*)$`, "s");
const NTH = new RegExp(
  `^(?:(${ANCHOR})(?:后)?)?\\s?(?:第\\s?(\\d{1,3})\\s?[天日]|d(?:ay)?\\s?([-+]?\\d{1,3})(?!\\d)|(-?\\d{1,3})\\s?[天日]?(?=$))(.*)$`,
  "is",
);

/** @returns undefined of what names no day. */
export function whenCell(cell: string): When | undefined {
  const text = cell.normalize("NFKC").trim();
  const [, date, afterDate = ""] = DATE.exec(text) ?? [];
  if (date !== undefined) {
    const day = dateCell(date.replace(/\s/g, ""));
    return /^\d{4}-\d\d-\d\d$/.test(day) ? { at: { date: day }, rest: afterDate.trim() } : undefined;
  }
  const [, week, afterWeek = ""] = WEEKDAY.exec(text) ?? [];
  if (week !== undefined) {
    const weekday = daysOf(week.replace("每日", "每天")) as NonNullable<Step["weekday"]>;
    return { at: { weekday }, rest: afterWeek.trim() };
  }
  const [, from, value, unit = ""] = AFTER.exec(text) ?? [];
  if (from !== undefined) return { at: { since: since(from), after: `${value}${UNITS[unit]}` }, rest: "" };
  const [isSame, same = "", afterSame = ""] = SAME_DAY.exec(text) ?? [];
  if (isSame !== undefined) return { at: { since: since(same), day: 0 }, rest: afterSame.trim() };
  const [, anchor, side, days, afterDays = ""] = BESIDE.exec(text) ?? [];
  if (anchor !== undefined) {
    const day = side === "前" ? -Number(days) : Number(days);
    return { at: { since: since(anchor), day }, rest: afterDays.trim() };
  }
  const [, of = "", nth, d, bare, afterNth = ""] = NTH.exec(text) ?? [];
  const counted = nth ?? d ?? bare;
  if (counted === undefined) return undefined;
  return { at: { since: since(of) }, counted: Number(counted), rest: afterNth.trim() };
}
