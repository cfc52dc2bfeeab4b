/** Numerator and denominator of one slice in one week; both 0 when the slice did not exist. */
export interface Cell {
  numerator: number;
  denominator: number;
}

/** What a slice adds to the change of a whole: by its own rate, by its weight, and both together. */
export interface Contribution {
  rate: number;
  mix: number;
  total: number;
}

/**
 * The change of ΣN/ΣD split over slices, exactly and without an interaction term (midpoint = Shapley for two factors):
 * rate_g = w̄_g·Δr_g and mix_g = (r̄_g − R̄)·Δw_g with w_g = D_g/D, r_g = N_g/D_g. A slice that is missing on one side
 * takes its other side's rate, so that all of it is mix. Null when one side has no denominator at all.
 */
export function rateMix(slices: readonly { before: Cell; after: Cell }[]): Contribution[] | null {
  const sum = (side: "before" | "after", of: keyof Cell) =>
    slices.reduce((total, slice) => total + slice[side][of], 0);
  const [d0, d1] = [sum("before", "denominator"), sum("after", "denominator")];
  if (d0 === 0 || d1 === 0) return null;
  const mean = (sum("before", "numerator") / d0 + sum("after", "numerator") / d1) / 2;
  return slices.map(({ before, after }) => {
    const rate = (cell: Cell, other: Cell) => {
      const own = cell.denominator === 0 ? other : cell;
      return own.denominator === 0 ? 0 : own.numerator / own.denominator;
    };
    const [r0, r1] = [rate(before, after), rate(after, before)];
    const [w0, w1] = [before.denominator / d0, after.denominator / d1];
    const byRate = ((w0 + w1) / 2) * (r1 - r0);
    const byMix = ((r0 + r1) / 2 - mean) * (w1 - w0);
    return { rate: byRate, mix: byMix, total: byRate + byMix };
  });
}

/** How much of the change of N/D came from its numerator and from its denominator; exact, zero numerators allowed. */
export function numeratorDenominator(before: Cell, after: Cell): { numerator: number; denominator: number } {
  const [i0, i1] = [1 / before.denominator, 1 / after.denominator];
  return {
    numerator: ((after.numerator - before.numerator) * (i0 + i1)) / 2,
    denominator: ((before.numerator + after.numerator) / 2) * (i1 - i0),
  };
}

/**
 * The change of a product of factors split over them by Shapley values: each factor's effect averaged over all orders
 * in which they could have changed. Exact, symmetric in time, zeros allowed; up to eight factors.
 */
export function shapley(before: readonly number[], after: readonly number[]): number[] {
  const n = before.length;
  if (n > 8 || after.length !== n) throw new Error("shapley: one value per factor on both sides, 8 at most");
  const product = (changed: number) =>
    before.reduce((made, value, at) => made * (changed & (1 << at) ? (after[at] ?? 0) : value), 1);
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  return before.map((_, at) => {
    let effect = 0;
    for (let set = 0; set < 1 << n; set++) {
      if (set & (1 << at)) continue;
      const size = set.toString(2).replaceAll("0", "").length;
      const weight = (factorial(size) * factorial(n - size - 1)) / factorial(n);
      effect += weight * (product(set | (1 << at)) - product(set));
    }
    return effect;
  });
}

/** Logarithmic mean, the weight of LMDI. */
function logMean(a: number, b: number): number {
  return a === b ? a : (a - b) / Math.log(a / b);
}

/** The same by LMDI (Ang 2004); every factor must be positive on both sides. */
export function lmdi(before: readonly number[], after: readonly number[]): number[] {
  const product = (values: readonly number[]) => values.reduce((made, value) => made * value, 1);
  const weight = logMean(product(after), product(before));
  return before.map((value, at) => weight * Math.log((after[at] ?? Number.NaN) / value));
}

/**
 * Adtributor's surprise of one slice: how unexpected its share of the change is, given its share before
 * (half a Jensen–Shannon term; Bhagwan et al. 2014). 0 when the share did not move.
 */
export function surprise(shareBefore: number, shareAfter: number): number {
  const term = (x: number) => (x > 0 ? x * Math.log((2 * x) / (shareBefore + shareAfter)) : 0);
  return 0.5 * (term(shareBefore) + term(shareAfter));
}

/**
 * Rounds parts so that the printed parts add up to the printed total (largest remainder).
 * @param digits decimals that are printed. @returns rounded parts, in the same order.
 */
export function roundToSum(parts: readonly number[], digits: number): number[] {
  const scale = 10 ** digits;
  const exact = parts.map((part) => part * scale);
  const floors = exact.map(Math.floor);
  const wanted = Math.round(exact.reduce((sum, part) => sum + part, 0));
  const missing = wanted - floors.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((part, at) => ({ at, remainder: part - (floors[at] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder.slice(0, missing)) floors[at] = (floors[at] ?? 0) + 1;
  return floors.map((part) => part / scale || 0);
}
