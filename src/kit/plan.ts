import { z } from "zod";
import { both } from "./allowed.ts";

const id = z.union([z.string(), z.number()]).transform(String);
const clock = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, both("一天里的时间，如 20:00", "a time of day, such as 20:00"));
const date = z.iso.date(both("日期，如 2026-11-16", "a day, such as 2026-11-16"));
const minutes = z.number().int().min(0).max(1440);
/** Bounds are inside: 16 and 19 are in 16..19. Either bounds, or a target and how far from it is still good. */
const range = z
  .strictObject({
    min: z.number().optional(),
    max: z.number().optional(),
    target: z.number().optional(),
    within: z.number().min(0).optional(),
  })
  .refine(
    ({ min, max, target, within }) =>
      target === undefined && within === undefined
        ? (min !== undefined || max !== undefined) && (min ?? max ?? 0) <= (max ?? min ?? 0)
        : target !== undefined && within !== undefined && min === undefined && max === undefined,
    both("min、max 写一个或两个；或 target 和 within 一起写", "min, max or both; or target and within"),
  );

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
/** What a step counts its time from. */
export const ANCHORS = ["group_created", "camp_start", "member_join"] as const;
/** Work inside the team comes before and after what the group sees (`publish`, `interact`). */
export const TASKS = ["plan", "audit", "publish", "interact", "analyse", "train", "meet"] as const;
export const PERIODS = ["day", "week", "month", "camp"] as const;

const weekday = z.union([
  z.enum([...WEEKDAYS, "daily", "workday", "weekend"]),
  z.array(z.enum(WEEKDAYS)).min(1),
]);

const step = z.strictObject({
  id,
  title: z.string().optional(),
  phase: z.string().optional(),
  /** Default `publish`: what the group sees. */
  task: z.enum(TASKS).optional(),
  /** Day counted from `since` (0 = the day itself), by default from the camp's start. */
  day: z.number().int().min(-365).max(3650).optional(),
  weekday: weekday.optional(),
  date: date.optional(),
  time: clock.optional(),
  since: z.enum(ANCHORS).optional(),
  /** How long after `since`: 90m, 24h or 2d. */
  after: z
    .string()
    .regex(/^\d+(\.\d+)?\s*[mhd]$/, both("一段时间，如 90m、24h、2d", "a time span, such as 90m, 24h or 2d"))
    .optional(),
  /** Minutes around the planned time that still count as on time. */
  window: minutes.optional(),
  /** Minutes after the planned time from which it counts as missed. */
  late: minutes.optional(),
  /** How long it lasts, in minutes. */
  minutes: minutes.optional(),
  role: z.string().optional(),
  owner: z.string().optional(),
  content_type: z.string().optional(),
  /** Kind of message: text, image, link … */
  kind: z.string().optional(),
  link: z.string().optional(),
  scene: z.string().optional(),
  text: z.string().optional(),
  target: z.union([z.string(), z.number()]).transform(String).optional(),
  /** Which members it is for, when not for all. */
  tag: z.string().optional(),
  /**
   * What the message itself must keep: `length` (letters), `images`, `gap` (minutes since the staff's last post),
   * `time` (minutes from the planned time), or any name that stands before a number in it (`脂肪`: "脂肪 16.4%").
   */
  tolerances: z.record(z.string(), range).optional(),
  note: z.string().optional(),
});

const target = z.union([
  z.number(),
  z.strictObject({
    value: z.number().nullable(),
    /** Null = the plan does not say, so it is shown and never judged. */
    period: z.enum(PERIODS).nullable(),
    base: z.string().optional(),
    text: z.string().optional(),
  }),
]);

const cadence = z.union([
  z.string(),
  z.strictObject({
    task: z.enum(TASKS).optional(),
    content_type: z.string().optional(),
    times: z.number().int().min(0).optional(),
    per: z.enum(PERIODS).optional(),
    weekday: weekday.optional(),
    text: z.string().optional(),
  }),
]);

const role = z.union([
  z.string(),
  z.strictObject({
    title: z.string().optional(),
    /** Ids of whoever holds it; they stay out of every fact, only their keys go in. */
    people: z
      .array(id)
      .optional()
      .transform((list) => (list && list.length > 0 ? list : undefined)),
    duties: z.string().optional(),
  }),
]);

const words = <K extends string>(...keys: readonly K[]) =>
  z
    .strictObject(Object.fromEntries(keys.map((key) => [key, z.string()])) as Record<K, z.ZodString>)
    .partial();

/** The SOP table: six sections, twenty fields. */
export const SECTIONS = {
  overview: ["name", "topic", "audience"],
  planning: ["positioning", "vision", "mission", "values"],
  strategy: ["content", "interaction", "service"],
  process: ["tasks", "cadence", "timetable"],
  team: ["roles", "meeting", "training"],
  monitoring: ["kpis", "monitors", "evaluation", "improvement"],
} as const;

/** A group's SOP. Times are the workspace's wall clock, windows are in minutes. */
export const planSchema = z.strictObject({
  version: id,
  id: z.string().optional(),
  title: z.string().optional(),
  /** Where the plan itself stands. */
  status: z.enum(["describe", "plan", "run", "monitor"]).optional(),
  group_kind: z.string().optional(),
  /** Ids or names of the groups it is for, each with its own start where they differ; without them, all of the kind. */
  groups: z.array(z.union([id, z.strictObject({ id, start: date.optional() })])).optional(),
  /** Day 0 of a camp. */
  start: date.optional(),
  /** From when this version holds; without it, from its import on (the first version: always). */
  valid_from: date.optional(),
  camp: words("cycle", "mode", "time", "content", "staff", "tools").optional(),
  overview: words(...SECTIONS.overview).optional(),
  planning: words(...SECTIONS.planning).optional(),
  strategy: words(...SECTIONS.strategy).optional(),
  process: words(...SECTIONS.process).optional(),
  team: words(...SECTIONS.team).optional(),
  monitoring: words(...SECTIONS.monitoring).optional(),
  phases: z
    .array(
      z.strictObject({
        id: z.string(),
        title: z.string().optional(),
        from: z.number().int().optional(),
        to: z.number().int().optional(),
      }),
    )
    .default([]),
  steps: z.array(step),
  cadences: z.record(z.string(), cadence).default({}),
  roles: z.record(z.string(), role).default({}),
  targets: z.record(z.string(), target).default({}),
});

export type Plan = z.infer<typeof planSchema>;
export type Step = z.infer<typeof step>;
export type Cadence = z.infer<typeof cadence>;

export const stepSchema = step;

const UNITS = { m: 1, h: 60, d: 1440 } as const;

/** `90m`, `24h`, `2d` in minutes. */
export function spanMinutes(span: string): number {
  return Math.round(Number.parseFloat(span) * UNITS[span.trim().slice(-1) as keyof typeof UNITS]);
}

/** The weekdays a step names, in the order of the week. */
export function weekdaysOf(named: Step["weekday"] | undefined): (typeof WEEKDAYS)[number][] {
  if (named === undefined) return [];
  if (Array.isArray(named)) return WEEKDAYS.filter((day) => named.includes(day));
  if (named === "daily") return [...WEEKDAYS];
  if (named === "workday") return WEEKDAYS.slice(0, 5);
  if (named === "weekend") return WEEKDAYS.slice(5);
  return [named];
}
