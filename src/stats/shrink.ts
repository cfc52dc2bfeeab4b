import type { Interval } from "./intervals.ts";
import { betaQuantile } from "./special.ts";

export interface Prior {
  mean: number;
  /** How many people of its own a group needs to be believed half. */
  weight: number;
}

/**
 * Beta-binomial prior of comparable groups by the method of moments (Kleinman 1973). The likelihood has no maximum
 * when groups differ less than chance, this always has an answer: ρ is kept in [1e-4, 0.99].
 */
export function betaBinomialPrior(groups: readonly { hits: number; of: number }[]): Prior & { rho: number } {
  const used = groups.filter(({ of }) => of > 0);
  const sum = (value: (group: { hits: number; of: number }) => number) =>
    used.reduce((total, group) => total + value(group), 0);
  const n = sum(({ of }) => of);
  const mean = sum(({ hits }) => hits) / n;
  const spread = sum(({ hits, of }) => of * (hits / of - mean) ** 2);
  const within = mean * (1 - mean);
  const k = used.length;
  const raw = (spread - within * (k - 1)) / (within * (n - sum(({ of }) => of * of) / n - (k - 1)));
  const rho = Number.isFinite(raw) ? Math.min(0.99, Math.max(1e-4, raw)) : 1e-4;
  return { mean, rho, weight: 1 / rho - 1 };
}

/** A group's rate pulled towards the others, the more the smaller it is, with its 90 % credible interval. */
export function shrink(
  hits: number,
  of: number,
  { mean, weight }: Prior,
  level = 0.9,
): { rate: number; interval: Interval } {
  const [a, b] = [hits + mean * weight, of - hits + (1 - mean) * weight];
  const tail = (1 - level) / 2;
  return { rate: a / (a + b), interval: [betaQuantile(tail, a, b), betaQuantile(1 - tail, a, b)] };
}
