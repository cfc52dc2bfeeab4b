import { rateMix } from "../../stats/decompose.ts";
import type { Figure, KpiLine, Text } from "../types.ts";
import type { Side, Slice } from "./cells.ts";
import type { Dimension, Part } from "./types.ts";

/** A quotient of sums, or a plain sum; anything else (a median, a Gini) has no parts. */
export type Form = "quotient" | "sum";

export function formOf(unit: KpiLine["unit"], figure: Figure): Form | null {
  if (figure.denominator !== null) return "quotient";
  return unit === "count" || unit === "money" ? "sum" : null;
}

/** Every slice of one dimension with what it adds to the change; null when there is nothing to compare. */
export function partsOf(
  slices: readonly Slice[],
  form: Form | null,
  labelOf: (value: string) => Text,
): Part[] | null {
  if (form === null) return null;
  const isRatio = form === "quotient";
  const split = isRatio ? rateMix(slices) : slices.map(additive);
  if (!split) return null;
  return slices
    .map(({ value, before, after }, at) => ({
      value,
      label: labelOf(value),
      before: figure(before, isRatio),
      after: figure(after, isRatio),
      ...(split[at] ?? { rate: 0, mix: 0, total: 0 }),
    }))
    .sort((a, b) => Math.abs(b.total) - Math.abs(a.total) || (a.value < b.value ? -1 : 1));
}

function additive({ before, after }: Slice) {
  const rate = after.numerator - before.numerator;
  return { rate, mix: 0, total: rate };
}

function figure({ numerator, denominator }: Side, isRatio: boolean): Figure {
  if (!isRatio) return { numerator, denominator: null, value: numerator };
  return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
}

/** What people add who are in several groups: they count once in the whole, and once in each group. */
export const OVERLAP = "*";

const OVERLAP_LABEL: Text = { zh: "跨群成员只算一次", en: "People in several groups, counted once" };

/** Groups add up to person-times; one more part leads from there to the change in persons. */
export function withOverlap(parts: Part[], delta: number): Part[] {
  const rest = delta - parts.reduce((sum, { total }) => sum + total, 0);
  if (Math.abs(rest) < 1e-12) return parts;
  const none: Figure = { numerator: null, denominator: null, value: null };
  return [
    ...parts,
    { value: OVERLAP, label: OVERLAP_LABEL, before: none, after: none, rate: 0, mix: rest, total: rest },
  ];
}

/** Those who stayed doing more or less, against a change of who is counted. */
export function peopleSplit(dimension: Dimension): Dimension & { behaviour: number; base: number } {
  const behaviour = dimension.parts.find(({ value }) => value === "stayed")?.rate ?? 0;
  return {
    ...dimension,
    behaviour,
    base: dimension.parts.reduce((sum, { total }) => sum + total, 0) - behaviour,
  };
}
