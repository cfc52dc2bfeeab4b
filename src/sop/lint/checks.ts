import type { LintWords } from "../../kit/lint-words.ts";
import type { Plan, Step } from "../../kit/plan.ts";
import { same, type Text } from "../../kit/say.ts";

/** Numbers a plan is held against. Minutes of the day, minutes, letters, ads per week, days. */
export interface Limits {
  opens: number;
  closes: number;
  adsPerWeek: number;
  atAllHours: number;
  textLength: number;
  similarity: number;
  groupsPerAssistant: number;
  campDays: { min: number; max: number };
  noticeMinutes: number;
  /** What the platform lets one account send in a minute, and one group get in a day; undefined = not entered. */
  sendsPerMinute: number | undefined;
  sendsPerDay: number | undefined;
}

/** What a check reports: where in the plan, and what. */
export interface Report {
  code: string;
  /** `steps.3.time`, `targets.growth`. */
  path: string;
  text: Text;
}

export interface Checked {
  plan: Plan;
  words: LintWords;
  limits: Limits;
  /** Names of the plan's groups, where they are known. */
  groupNames: readonly string[];
}

export type Check = (checked: Checked) => Iterable<Report>;

/** What a finding calls a step. */
export function named({ id, title }: Step): Text {
  return same(title ? `${id}（${title}）` : id);
}

/** What the group sees, as opposed to work inside the team. */
export function isSent({ task = "publish" }: Step): boolean {
  return task === "publish" || task === "interact";
}

/** Minutes of the day; undefined for a step without a time. */
export function clockOf({ time }: Pick<Step, "time">): number | undefined {
  if (time === undefined) return undefined;
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

export function isAd({ content_type: type, scene }: Step, words: LintWords): boolean {
  return (
    (type !== undefined && words.adType.test(type)) || (scene !== undefined && words.adScene.test(scene))
  );
}

/** Ordinary days on which a step falls: 0 = Monday for weekly steps, the day itself for dated ones; its own scale for camps. */
export function daysOf(step: Step, weekdays: readonly string[]): number[] {
  if (step.weekday !== undefined)
    return weekdays.map((day) => ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].indexOf(day));
  if (step.date !== undefined) return [Math.floor(Date.parse(step.date) / 86_400_000)];
  return step.day === undefined ? [] : [step.day];
}
