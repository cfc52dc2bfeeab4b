import type { Explanation, Part } from "./explain/types.ts";
import type { KpiLine } from "./types.ts";

/** A part of a change as it is printed. Rates in fractions, in steps of 0.01 percentage points. */
export interface Contribution extends Part {
  shown: { rate: number; mix: number; total: number };
}

export interface Contributions {
  rows: Contribution[];
  rate: number;
  mix: number;
  total: number;
}

/** The smallest figure that is printed of a change. */
export function stepOf(unit: KpiLine["unit"]): number {
  if (unit === "ratio") return 1e-4;
  return unit === "count" ? 1 : 0.01;
}

/**
 * Numbers rounded to steps so that they add up to the rounded sum: whoever adds what is printed gets what is printed.
 * Each is off by less than one step (largest remainders).
 */
export function roundedToSum(values: readonly number[], sum: number, step: number): number[] {
  const target = Math.round(sum / step);
  const floors = values.map((value) => Math.floor(value / step + 1e-9));
  let missing = target - floors.reduce((total, value) => total + value, 0);
  const order = values
    .map((value, at) => ({ at, rest: value / step - (floors[at] ?? 0) }))
    .sort((a, b) => b.rest - a.rest || a.at - b.at);
  for (let turn = 0; missing !== 0 && order.length > 0; turn++) {
    const { at } = order[turn % order.length] ?? { at: 0 };
    floors[at] = (floors[at] ?? 0) + Math.sign(missing);
    missing -= Math.sign(missing);
  }
  return floors.map((value) => value * step);
}

/** The parts of one dimension as printed; null when the explanation does not have it. */
export function contributions(explanation: Explanation | null, dimension: string): Contributions | null {
  const found = explanation?.dimensions.find(({ id }) => id === dimension);
  if (!explanation || !found) return null;
  const step = stepOf(explanation.unit);
  const totals = roundedToSum(
    found.parts.map(({ total }) => total),
    explanation.delta,
    step,
  );
  const rows = found.parts.map((part, at) => {
    const total = totals[at] ?? 0;
    const mix = Math.round(part.mix / step) * step;
    return { ...part, shown: { total, mix, rate: total - mix } };
  });
  const sum = (of: "rate" | "mix") => rows.reduce((all, { shown }) => all + shown[of], 0);
  return { rows, rate: sum("rate"), mix: sum("mix"), total: Math.round(explanation.delta / step) * step };
}
