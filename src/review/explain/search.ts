import { surprise } from "../../stats/decompose.ts";
import { benjaminiHochberg } from "../../stats/multiple.ts";
import { twoSidedP } from "../../stats/normal.ts";
import type { Dimension, Explanation, Part } from "./types.ts";

/** A slice is looked at from this many people on in both weeks. */
const MIN_PEOPLE = 30;
/** A dimension explains the change when a few slices carry two thirds of it, each at least a tenth. */
const ENOUGH = 0.67;
const WORTH_NAMING = 0.1;
const MAX_Q = 0.05;

interface Found {
  dimension: Dimension;
  /** Slices that moved unlike everyone else. */
  distinct: Part[];
}

/**
 * Slices that moved unlike the rest of their dimension, over all dimensions at once (|z| ≥ 2, q ≤ 0.05): without that
 * test the largest group would "explain" every change that everyone shares.
 */
export function findDistinct(dimensions: readonly Dimension[], unit: Explanation["unit"]): Found[] {
  const looks = dimensions.flatMap((dimension) => {
    const whole = wholeOf(dimension.parts);
    return dimension.parts.map((part) => ({ dimension, part, z: zOf(part, whole, unit) }));
  });
  const qs = benjaminiHochberg(looks.map(({ z }) => (z === null ? null : twoSidedP(z))));
  return dimensions.map((dimension) => ({
    dimension,
    distinct: looks.flatMap((look, at) =>
      look.dimension === dimension && Math.abs(look.z ?? 0) >= 2 && (qs[at] ?? 1) <= MAX_Q ? [look.part] : [],
    ),
  }));
}

/** The dimension with the fewest slices that carry enough of the change; of equals the more surprising one. */
export function bestOf(found: readonly Found[], delta: number): Explanation["best"] {
  const candidates = found.flatMap(({ dimension, distinct }) => {
    const values: Part[] = [];
    let share = 0;
    const named = distinct
      .filter(({ total }) => delta !== 0 && total / delta >= WORTH_NAMING)
      .sort((a, b) => b.total / delta - a.total / delta);
    for (const part of named) {
      if (share >= ENOUGH) break;
      values.push(part);
      share += part.total / delta;
    }
    if (share < ENOUGH || values.length === dimension.parts.filter(isPeople).length) return [];
    return [
      { dimension: dimension.id, values: values.map(({ value }) => value), share, odd: oddness(dimension) },
    ];
  });
  const [best] = candidates.sort((a, b) => a.values.length - b.values.length || b.odd - a.odd);
  return best ? { dimension: best.dimension, values: best.values, share: best.share } : null;
}

/** Neither a group of nobody nor the people of several groups are a slice that would be left beside the named ones. */
function isPeople({ before, after }: Part): boolean {
  return [before.denominator, after.denominator, before.numerator, after.numerator].some(Boolean);
}

type Whole = Record<"before" | "after", { numerator: number; denominator: number }>;

function wholeOf(parts: readonly Part[]): Whole {
  const sum = (side: "before" | "after") =>
    parts.reduce(
      (total, part) => ({
        numerator: total.numerator + (part[side].numerator ?? 0),
        denominator: total.denominator + (part[side].denominator ?? 0),
      }),
      { numerator: 0, denominator: 0 },
    );
  return { before: sum("before"), after: sum("after") };
}

/** How differently a slice moved from all others, in standard errors of independent trials; null for few people. */
function zOf(part: Part, whole: Whole, unit: Explanation["unit"]): number | null {
  const rest = (side: "before" | "after", of: "numerator" | "denominator") =>
    whole[side][of] - (part[side][of] ?? 0);
  if (unit !== "ratio") {
    const [n0, n1] = [part.before.numerator ?? 0, part.after.numerator ?? 0];
    const [m0, m1] = [rest("before", "numerator"), rest("after", "numerator")];
    if (unit !== "count" || n0 + n1 < MIN_PEOPLE || m0 + m1 === 0) return null;
    const share = (m1 + n1) / (m0 + m1 + n0 + n1);
    return (n1 - share * (n0 + n1)) / Math.sqrt(Math.max((n0 + n1) * share * (1 - share), 1e-12));
  }
  let [difference, variance] = [0, 0];
  for (const [side, sign] of [
    ["before", -1],
    ["after", 1],
  ] as const) {
    const own = { n: part[side].numerator ?? 0, d: part[side].denominator ?? 0 };
    const others = { n: rest(side, "numerator"), d: rest(side, "denominator") };
    if (own.d < MIN_PEOPLE || others.d < MIN_PEOPLE) return null;
    for (const [{ n, d }, direction] of [
      [own, sign],
      [others, -sign],
    ] as const) {
      // Agresti–Coull keeps 0 of n and n of n from having no error at all.
      const rate = (n + 1) / (d + 2);
      difference += (direction * n) / d;
      variance += (rate * (1 - rate)) / d;
    }
  }
  return difference / Math.sqrt(variance);
}

function oddness({ parts }: Dimension): number {
  const total = (side: "before" | "after") =>
    parts.reduce((sum, part) => sum + Math.abs(part[side].numerator ?? 0), 0) || 1;
  const [before, after] = [total("before"), total("after")];
  return parts.reduce(
    (sum, part) => sum + surprise((part.before.numerator ?? 0) / before, (part.after.numerator ?? 0) / after),
    0,
  );
}
