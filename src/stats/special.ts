/*
 * Special functions for p-values and intervals (docs/decisions.md says why they are our own): the textbook forms, held
 * against R in test/stats. Relative error about 1e-12 in the ranges that reviews use.
 */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0 (Lanczos, g = 7). */
export function lgamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lgamma(1 - x);
  const t = x + 6.5;
  const series = LANCZOS.reduce((sum, c, k) => (k === 0 ? c : sum + c / (x - 1 + k)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** Regularised incomplete beta I_x(a, b) = CDF of the beta distribution (continued fraction). */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  const front = Math.exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let f = d;
  for (let m = 1; m < 1000; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / (1 + term * d || tiny);
      c = 1 + term / c || tiny;
      f *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * f;
}

/** Regularised lower incomplete gamma P(a, x): series below a + 1, continued fraction above. */
export function gammaCdf(x: number, a: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - lgamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return front * sum;
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let f = d;
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b || tiny);
    c = b + an / c || tiny;
    f *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return 1 - front * f;
}

/** P(X ≤ k), X ~ Bin(n, p). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : betaCdf(1 - p, n - k, k + 1);
}

/** P(X = k), X ~ Bin(n, p), 0 < p < 1. */
export function binomialPmf(k: number, n: number, p: number): number {
  const choose = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
  return Math.exp(choose + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X ≥ k), X ~ Poisson(mean). */
export function poissonTail(k: number, mean: number): number {
  return k <= 0 ? 1 : gammaCdf(mean, k);
}

/** Two-sided p of Student's t. */
export function tTwoSidedP(t: number, df: number): number {
  return betaCdf(df / (df + t * t), df / 2, 0.5);
}

/** The x at which a rising function reaches y, by bisection to the last bit. */
export function invert(rising: (x: number) => number, y: number, low: number, high: number): number {
  let [lo, hi] = [low, high];
  for (let step = 0; step < 200 && lo < hi; step++) {
    const middle = (lo + hi) / 2;
    if (middle === lo || middle === hi) break;
    if (rising(middle) < y) lo = middle;
    else hi = middle;
  }
  return (lo + hi) / 2;
}

/** By Newton's steps, halved where they would leave what is known to hold the root. */
export function betaQuantile(p: number, a: number, b: number): number {
  let [lo, hi] = [0, 1];
  let x = a / (a + b);
  const scale = lgamma(a + b) - lgamma(a) - lgamma(b);
  // Where a is small the root may lie hundreds of halvings from the mean; below 2^-1074 there is no number left.
  for (let step = 0; step < 1200; step++) {
    const miss = betaCdf(x, a, b) - p;
    if (miss < 0) lo = x;
    else hi = x;
    const density = Math.exp(scale + (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x));
    const newton = x - miss / density;
    const next = newton > lo && newton < hi ? newton : (lo + hi) / 2;
    if (Math.abs(next - x) <= 1e-15 * x || next === lo || next === hi) return next;
    x = next;
  }
  return x;
}

export function gammaQuantile(p: number, a: number): number {
  return p <= 0 ? 0 : invert((x) => gammaCdf(x, a), p, 0, Math.max(50, 20 * a));
}

/** The t with P(|T| ≤ t) = level. */
export function tBound(level: number, df: number): number {
  return invert((t) => 1 - tTwoSidedP(t, df), level, 0, 1e6);
}
