import { type Interval, signTest, wilson } from "./intervals.ts";
import { erfc } from "./normal.ts";
import { binomialCdf, binomialPmf } from "./special.ts";

/** People who did it in both weeks, this week only, last week only, in neither. */
export interface Panel {
  both: number;
  gained: number;
  lost: number;
  neither: number;
}

/** McNemar on the same people in two weeks. Mid-p is the recommended one (Fagerland et al. 2013). */
export function mcnemar({ gained, lost }: Pick<Panel, "gained" | "lost">) {
  const m = gained + lost;
  if (m === 0) return { exact: 1, midP: 1, chi2: 0, p: 1 };
  const k = Math.min(gained, lost);
  const atK = binomialPmf(k, m, 0.5);
  const midP = gained === lost ? 1 - atK / 2 : 2 * binomialCdf(k, m, 0.5) - atK;
  const chi2 = (gained - lost) ** 2 / m;
  return { exact: signTest(k, m), midP, chi2, p: erfc(Math.sqrt(chi2 / 2)) };
}

/** Newcombe 1998 (paired, method 10): difference of the two weeks' rates of the same people. */
export function pairedDifference({ both: e, gained: f, lost: g, neither: h }: Panel): {
  difference: number;
  phi: number;
  interval: Interval;
} {
  const n = e + f + g + h;
  const [p1, p2] = [(e + f) / n, (e + g) / n];
  const [l1, u1] = wilson(e + f, n);
  const [l2, u2] = wilson(e + g, n);
  const margins = (e + f) * (g + h) * (e + g) * (f + h);
  let numerator = e * h - f * g;
  if (numerator > n / 2) numerator -= n / 2;
  else if (numerator >= 0) numerator = 0;
  const phi = margins === 0 ? 0 : numerator / Math.sqrt(margins);
  const reach = (a: number, b: number) => Math.sqrt(a * a - 2 * phi * a * b + b * b);
  const difference = p1 - p2;
  return {
    difference,
    phi,
    interval: [difference - reach(p1 - l1, u2 - p2), difference + reach(u1 - p1, p2 - l2)],
  };
}
