import { createHash } from "node:crypto";
import type { Interval } from "./intervals.ts";
import { erfc, Z95 } from "./normal.ts";
import { tBound, tTwoSidedP } from "./special.ts";

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const variance = (values: readonly number[]) => {
  const middle = mean(values);
  return values.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (values.length - 1);
};

/** How many ways an exact permutation test may go through; above, labels are not permuted. */
const MOST_PERMUTATIONS = 20_000;

/**
 * Difference-in-differences over groups: changes of those that changed something against those that did not. Welch's
 * interval and p; `permutation` is the exact two-sided p over all ways to label the groups (null when too many).
 */
export function differenceInDifferences(changed: readonly number[], unchanged: readonly number[]) {
  const effect = mean(changed) - mean(unchanged);
  const [v1, v2] = [variance(changed) / changed.length, variance(unchanged) / unchanged.length];
  const se = Math.sqrt(v1 + v2);
  const df = (v1 + v2) ** 2 / (v1 ** 2 / (changed.length - 1) + v2 ** 2 / (unchanged.length - 1));
  const reach = tBound(0.95, df) * se;
  const interval: Interval = [effect - reach, effect + reach];
  const t = effect / se;
  return { effect, t, df, interval, p: tTwoSidedP(t, df), permutation: permutationP(changed, unchanged) };
}

function permutationP(changed: readonly number[], unchanged: readonly number[]): number | null {
  const all = [...changed, ...unchanged];
  const k = changed.length;
  let ways = 1;
  for (let i = 0; i < k; i++) ways = (ways * (all.length - i)) / (i + 1);
  if (ways > MOST_PERMUTATIONS) return null;
  const total = all.reduce((sum, one) => sum + one, 0);
  const score = (sum: number) => Math.abs(sum / k - (total - sum) / (all.length - k));
  const own = score(changed.reduce((sum, one) => sum + one, 0)) - 1e-12;
  let extreme = 0;
  const choose = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      if (score(sum) >= own) extreme++;
      return;
    }
    for (let at = from; at <= all.length - left; at++) choose(at + 1, left - 1, sum + (all[at] ?? 0));
  };
  choose(0, k, 0);
  return extreme / Math.round(ways);
}

/** A person's random number of a campaign, in [0, 1): the same in SQL, Python and here. */
export function holdoutDraw(campaign: string, person: string): number {
  const hex = createHash("sha256").update(`${campaign}|${person}`, "utf8").digest("hex").slice(0, 13);
  return Number.parseInt(hex, 16) / 2 ** 52;
}

/** People per control arm that a difference needs; `ratio` treated per control (R's power.prop.test at ratio 1). */
export function sampleSize(p1: number, p2: number, zAlpha: number, zBeta: number, ratio = 1): number {
  const pooled = (p1 + ratio * p2) / (1 + ratio);
  const a = zAlpha * Math.sqrt((1 + 1 / ratio) * pooled * (1 - pooled));
  const b = zBeta * Math.sqrt(p1 * (1 - p1) + (p2 * (1 - p2)) / ratio);
  return (a + b) ** 2 / (p1 - p2) ** 2;
}

/** Sample ratio mismatch: did the split come out as planned? p < 0.001 makes a campaign invalid. */
export function sampleRatioMismatch(counts: readonly number[], shares: readonly number[]) {
  const n = counts.reduce((sum, one) => sum + one, 0);
  const chi2 = counts.reduce(
    (sum, one, at) => sum + (one - n * (shares[at] ?? 0)) ** 2 / (n * (shares[at] ?? 1)),
    0,
  );
  return { chi2, p: erfc(Math.sqrt(chi2 / 2)) };
}

/** CUPED: the same figure before the campaign takes its noise out (Deng et al. 2013). Pooled over both arms. */
export function cuped(
  treated: readonly [x: number, y: number][],
  control: readonly [x: number, y: number][],
) {
  const all = [...treated, ...control];
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const [mx, my] = [mean(xs), mean(ys)];
  const covariance = all.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / (all.length - 1);
  const theta = covariance / variance(xs);
  const adjusted = (arm: readonly [number, number][]) => arm.map(([x, y]) => y - theta * (x - mx));
  const plain = (arm: readonly [number, number][]) => arm.map(([, y]) => y);
  const compare = (a: readonly number[], b: readonly number[]) => ({
    difference: mean(a) - mean(b),
    se: Math.sqrt(variance(a) / a.length + variance(b) / b.length),
  });
  return {
    theta,
    rho2: covariance ** 2 / (variance(xs) * variance(ys)),
    plain: compare(plain(treated), plain(control)),
    adjusted: compare(adjusted(treated), adjusted(control)),
  };
}

/** One stratum: hits and misses of the exposed and of the others. */
export interface Stratum {
  exposedHits: number;
  exposedMisses: number;
  otherHits: number;
  otherMisses: number;
}

/** Mantel–Haenszel common odds ratio over strata, Robins' interval, χ² without continuity correction. */
export function mantelHaenszel(strata: readonly Stratum[]) {
  let [r, s, pr, psqr, qs, observed, expected, spread] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const { exposedHits: a, exposedMisses: b, otherHits: c, otherMisses: d } of strata) {
    const n = a + b + c + d;
    if (n < 2) continue;
    const [ri, si, pi, qi] = [(a * d) / n, (b * c) / n, (a + d) / n, (b + c) / n];
    r += ri;
    s += si;
    pr += pi * ri;
    psqr += pi * si + qi * ri;
    qs += qi * si;
    observed += a;
    expected += ((a + b) * (a + c)) / n;
    spread += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  const ratio = r / s;
  const reach = Z95 * Math.sqrt(pr / (2 * r * r) + psqr / (2 * r * s) + qs / (2 * s * s));
  const interval: Interval = [ratio * Math.exp(-reach), ratio * Math.exp(reach)];
  const chi2 = (observed - expected) ** 2 / spread;
  return { ratio, interval, chi2, p: erfc(Math.sqrt(chi2 / 2)) };
}
