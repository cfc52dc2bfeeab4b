import { benjaminiHochberg } from "./multiple.ts";
import { twoSidedP, Z95 } from "./normal.ts";

export type Verdict = "better" | "worse" | "noise" | "insufficient";
export type Reason = "sample" | "baseline" | "incomplete" | "no_data";

/** A past week-to-week change of a series and its sampling error. */
export interface Pair {
  delta: number;
  se: number;
}

/** One number of one week, with what is needed to judge its change. */
export interface Change {
  delta: number | null;
  /** Sampling error of delta (statistics: linearised variance for overlapping people). */
  se: number | null;
  /** Smaller of both weeks' denominators; null for counts. */
  denominator: number | null;
  minDenominator: number;
  good: "up" | "down" | null;
  complete: boolean;
  /** Complete week-to-week changes before this one, of this series. */
  past: readonly Pair[];
  /** The same of all comparable series, this one among them; empty = only its own past counts. */
  comparable: readonly Pair[];
}

export interface Judged {
  verdict: Verdict;
  strength: "clear" | "possible" | null;
  reason: Reason | null;
  /** Two-sided p of z = delta / √(se² + τ²); null where nothing is judged. */
  p: number | null;
  q: number | null;
  /** delta ± 1.96·se, the sampling interval; the verdict also asks how much the weeks move by themselves. */
  interval: [number, number] | null;
  /** Smallest true change that would be seen 8 times in 10: 2.8·√(se² + τ²). */
  minDetectable: number | null;
}

/** Past pairs of a series without which no verdict is given. */
export const MIN_PAIRS = 6;

/**
 * τ² = max(0, mean(d²) − mean(se²)): how much a series moves from week to week beyond its sampling error.
 * Without it a group's ordinary mood is taken for news in up to 29 % of weeks.
 */
export function tauSquared(pairs: readonly Pair[]): number {
  if (pairs.length === 0) return 0;
  const mean = (of: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  return Math.max(0, mean(({ delta }) => delta ** 2) - mean(({ se }) => se ** 2));
}

/**
 * Judges all numbers of a page together, since with many looks some will seem remarkable. Precedence, first match
 * wins: no_data, incomplete, sample, baseline, then clear (q ≤ 0.05), possible (p ≤ 0.10), noise.
 */
export function judgeAll(changes: readonly Change[]): Judged[] {
  const drafts = changes.map(draft);
  const qs = benjaminiHochberg(drafts.map(({ p }) => p));
  return drafts.map((one, at) => finish(one, qs[at] ?? null, changes[at]));
}

function draft({ delta, se, denominator, minDenominator, complete, past, comparable }: Change): Judged {
  const none = {
    verdict: "insufficient",
    strength: null,
    p: null,
    q: null,
    interval: null,
    minDetectable: null,
  } as const;
  if (delta === null || se === null) return { ...none, reason: "no_data" };
  const spread = Math.sqrt(se ** 2 + tauSquared(comparable.length > 0 ? comparable : past));
  const interval: [number, number] = [delta - Z95 * se, delta + Z95 * se];
  const shown = { ...none, interval, minDetectable: 2.8 * spread };
  if (!complete) return { ...shown, reason: "incomplete" };
  if (denominator !== null && denominator < minDenominator) return { ...shown, reason: "sample" };
  if (past.length < MIN_PAIRS) return { ...shown, reason: "baseline" };
  const p = spread === 0 ? (delta === 0 ? 1 : 0) : twoSidedP(delta / spread);
  return { ...shown, verdict: "noise", reason: null, p };
}

function finish(one: Judged, q: number | null, change: Change | undefined): Judged {
  if (one.p === null || !change || change.delta === null || change.delta === 0) return { ...one, q };
  const strength = q !== null && q <= 0.05 ? "clear" : one.p <= 0.1 ? "possible" : null;
  if (strength === null) return { ...one, q };
  const up = change.delta > 0;
  const better = change.good === null ? up : up === (change.good === "up");
  return { ...one, q, strength, verdict: better ? "better" : "worse" };
}
