import { z } from "zod";

const text = z.object({ zh: z.string(), en: z.string() });
const number = z.number().nullable();
const figure = z.object({ numerator: number, denominator: number, value: number });
const verdict = z.enum(["better", "worse", "noise", "insufficient"]);
const strength = z.enum(["clear", "possible"]).nullable();

const base = z.object({ value: z.number(), delta: z.number() });

const kpi = figure.extend({
  id: z.string(),
  title: text,
  description: text,
  unit: z.enum(["ratio", "count", "money", "number"]),
  good: z.enum(["up", "down"]).nullable(),
  minDenominator: number,
  of: text.nullable(),
  variantOf: z.string().nullable(),
  waitsDays: number,
  previous: figure.nullable(),
  delta: number,
  interval: z.tuple([z.number(), z.number()]).nullable(),
  verdict,
  strength,
  reason: z.string().nullable(),
  baseline: z.object({ mean: z.number(), lo: z.number(), hi: z.number(), weeks: z.number() }).nullable(),
  target: number,
  shownWith: z.string().nullable(),
  reported: figure.nullable(),
  against: z.looseObject({
    fourWeeks: base.nullable(),
    ordinaryWeeks: base.nullable(),
    lastYear: base.nullable(),
    festival: base.extend({ week: z.string(), title: text }).nullable(),
    target: base.nullable(),
    campDay: base
      .extend({
        day: z.number(),
        own: figure,
        previous: figure,
        groupId: z.string(),
        name: z.string(),
        verdict,
        strength,
      })
      .nullable(),
  }),
  history: z.array(figure.extend({ week: z.string(), complete: z.boolean() })),
});

/** The parts of a review that every client may count on; it may hold more. */
export const reviewSchema = z.looseObject({
  week: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  complete: z.boolean(),
  previous: z.string().nullable(),
  group: z.string(),
  generatedAt: z.string(),
  generation: z.string(),
  members: z.number(),
  kpis: z.array(kpi),
  groups: z.array(z.looseObject({ groupId: z.string(), name: z.string(), members: z.number() })),
  conclusions: z.array(
    z.object({
      tone: z.enum(["better", "worse", "flat"]),
      kpi: z.string().nullable(),
      tag: text,
      text,
      href: z.string(),
    }),
  ),
  quality: z.array(
    z.looseObject({
      code: z.string(),
      severity: z.enum(["warn", "info"]),
      text,
      href: z.string().nullable(),
    }),
  ),
  missing: z.array(z.object({ kpi: z.string(), title: text, text, href: z.string().nullable() })),
  unknown: z.array(z.object({ source: z.string(), text, href: z.string().nullable() })),
});
