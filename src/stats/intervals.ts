import { erfc, Z95 } from "./normal.ts";
import { betaQuantile, binomialCdf, binomialPmf, gammaQuantile, invert } from "./special.ts";

export type Interval = [lo: number, hi: number];

/** z of a two-sided level: 0.95 → 1.96. */
export function zOf(level: number): number {
  return level === 0.95 ? Z95 : invert((z) => 1 - erfc(z / Math.SQRT2), level, 0, 40);
}

/** Wilson 1927: x of n. Neither leaves [0, 1] nor collapses at 0 or n. */
export function wilson(x: number, n: number, level = 0.95): Interval {
  const z = zOf(level);
  const p = x / n;
  const middle = p + (z * z) / (2 * n);
  const reach = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [x === 0 ? 0 : (middle - reach) / scale, x === n ? 1 : (middle + reach) / scale];
}

/** Newcombe 1998, method 10: p1 − p2 of independent samples. */
export function newcombe(x1: number, n1: number, x2: number, n2: number): Interval {
  const [p1, p2] = [x1 / n1, x2 / n2];
  const [l1, u1] = wilson(x1, n1);
  const [l2, u2] = wilson(x2, n2);
  return [p1 - p2 - Math.hypot(p1 - l1, u2 - p2), p1 - p2 + Math.hypot(u1 - p1, p2 - l2)];
}

/** Ratio of two independent proportions with its log interval (Katz). */
export function riskRatio(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
): { ratio: number; interval: Interval } {
  const ratio = x1 / n1 / (x2 / n2);
  const se = Math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2);
  return { ratio, interval: [ratio * Math.exp(-Z95 * se), ratio * Math.exp(Z95 * se)] };
}

/** Exact interval of a Poisson rate: events in an exposure. */
export function poissonRate(events: number, exposure: number): { rate: number; interval: Interval } {
  const lo = events === 0 ? 0 : gammaQuantile(0.025, events);
  return { rate: events / exposure, interval: [lo / exposure, gammaQuantile(0.975, events + 1) / exposure] };
}

/** Ratio of two Poisson rates with the exact conditional interval and two-sided p (as R's poisson.test). */
export function poissonRatio(e1: number, t1: number, e2: number, t2: number) {
  const n = e1 + e2;
  const odds = (share: number) => (share / (1 - share)) * (t2 / t1);
  const null1 = t1 / (t1 + t2);
  const own = binomialPmf(e1, n, null1) * (1 + 1e-7);
  let p = 0;
  for (let k = 0; k <= n; k++) {
    const mass = binomialPmf(k, n, null1);
    if (mass <= own) p += mass;
  }
  const interval: Interval = [
    e1 === 0 ? 0 : odds(betaQuantile(0.025, e1, n - e1 + 1)),
    e2 === 0 ? Number.POSITIVE_INFINITY : odds(betaQuantile(0.975, e1 + 1, n - e1)),
  ];
  return { ratio: e1 / t1 / (e2 / t2), interval, p: Math.min(1, p) };
}

/** Two-sided exact binomial p of k successes in n at one half. */
export function signTest(k: number, n: number): number {
  return Math.min(1, 2 * binomialCdf(Math.min(k, n - k), n, 0.5));
}
