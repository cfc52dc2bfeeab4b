import { invert, tTwoSidedP } from "./special.ts";

/** 75 % quantile of the standard normal distribution: MAD of a normal variable in standard deviations. */
const Q75 = 0.6744897501960817;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2
    ? (sorted[Math.floor(middle)] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/**
 * Iglewicz–Hoaglin robust z of a value against its baseline; with MAD 0 the mean deviation takes its place. Null with
 * fewer than five points; infinite when a constant has changed.
 */
export function robustZ(value: number, baseline: readonly number[]): number | null {
  if (baseline.length < 5) return null;
  const middle = median(baseline);
  const deviations = baseline.map((one) => Math.abs(one - middle));
  const mad = median(deviations);
  if (mad > 0) return (Q75 * (value - middle)) / mad;
  const mean = deviations.reduce((sum, one) => sum + one, 0) / deviations.length;
  if (mean > 0) return (value - middle) / (Math.sqrt(Math.PI / 2) * mean);
  return value === middle ? 0 : Math.sign(value - middle) * Number.POSITIVE_INFINITY;
}

/** Rosner's generalised ESD: outliers of a series, at most `most`. */
export function generalisedEsd(values: readonly number[], most: number, alpha = 0.05) {
  const left = [...values];
  const steps: { value: number; r: number; lambda: number }[] = [];
  for (let i = 1; i <= most; i++) {
    const n = left.length;
    const mean = left.reduce((sum, one) => sum + one, 0) / n;
    const sd = Math.sqrt(left.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1));
    const at = left.reduce(
      (best, one, k) => (Math.abs(one - mean) > Math.abs((left[best] ?? 0) - mean) ? k : best),
      0,
    );
    const value = left[at] ?? Number.NaN;
    const tail = alpha / n;
    const df = n - 2;
    const t = invert((x) => -tTwoSidedP(x, df), -tail, 0, 1e4);
    steps.push({
      value,
      r: Math.abs(value - mean) / sd,
      lambda: ((n - 1) * t) / Math.sqrt((df + t * t) * n),
    });
    left.splice(at, 1);
  }
  const last = steps.reduce((found, { r, lambda }, at) => (r > lambda ? at + 1 : found), 0);
  return { steps, outliers: steps.slice(0, last).map(({ value }) => value) };
}

/** Ranks with ties at their mean. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((one) => one < value).length;
    const equal = values.filter((one) => one === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Spearman's rank correlation; null when one side never moves. */
export function spearman(a: readonly number[], b: readonly number[]): number | null {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length + 1) / 2;
  const product = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, one, at) => sum + (one - mean) * ((v[at] ?? mean) - mean), 0);
  const scale = Math.sqrt(product(x, x) * product(y, y));
  return scale === 0 ? null : product(x, y) / scale;
}

/** Kendall's tau-b. */
export function kendall(a: readonly number[], b: readonly number[]): number {
  let [agree, tiesA, tiesB, pairs] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const [da, db] = [Math.sign((a[i] ?? 0) - (a[j] ?? 0)), Math.sign((b[i] ?? 0) - (b[j] ?? 0))];
      agree += da * db;
      tiesA += da === 0 ? 1 : 0;
      tiesB += db === 0 ? 1 : 0;
      pairs++;
    }
  }
  return agree / Math.sqrt((pairs - tiesA) * (pairs - tiesB));
}

/** Two-sided p of a rank correlation of n pairs, by Student's t. */
export function correlationP(rho: number, n: number): number {
  if (Math.abs(rho) >= 1) return 0;
  return tTwoSidedP(rho * Math.sqrt((n - 2) / (1 - rho * rho)), n - 2);
}
