import { z } from "zod";

const clock = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, "a time of day, such as 20:00");

const step = z.strictObject({
  id: z.union([z.string(), z.number()]).transform(String),
  phase: z.string().optional(),
  /** Day counted from the plan's start (0 = the day itself), for camps. */
  day: z.number().int().min(-365).max(3650).optional(),
  weekday: z
    .union([
      z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun", "daily", "workday", "weekend"]),
      z.array(z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])),
    ])
    .optional(),
  time: clock.optional(),
  /** Minutes after `time` in which it still counts as on time. */
  window: z.number().int().min(0).max(1440).optional(),
  role: z.string().optional(),
  content_type: z.string().optional(),
  scene: z.string().optional(),
  text: z.string().optional(),
  target: z.union([z.string(), z.number()]).transform(String).optional(),
  owner: z.string().optional(),
  note: z.string().optional(),
});

/** A group's SOP as YAML. */
export const planSchema = z.strictObject({
  version: z.union([z.string(), z.number()]).transform(String),
  id: z.string().optional(),
  title: z.string().optional(),
  group_kind: z.string().optional(),
  groups: z.array(z.string()).optional(),
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
  cadences: z.record(z.string(), z.unknown()).default({}),
  roles: z.record(z.string(), z.unknown()).default({}),
  targets: z.record(z.string(), z.number()).default({}),
});
