import { minimise } from "./nelder-mead.ts";
import { lgamma } from "./special.ts";

/** Buyers who are alike: `repeats` after the first purchase, the last at `recency`, watched for `age`; in weeks. */
export interface Buyers {
  repeats: number;
  recency: number;
  age: number;
  /** How many of them. */
  count: number;
}

/** Purchases while alive are Poisson with rate ~ Gamma(r, α); dropping out after a purchase has a Beta(a, b) chance. */
export interface Buying {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

/** "bg" cannot lose a buyer before the first repeat purchase, "mbg" can: only "mbg" may be read as "still there". */
export type Kind = "bg" | "mbg";

/** Log-likelihood (Fader, Hardie, Lee 2005; Batislam et al. 2007). */
export function logLikelihood(kind: Kind, { r, alpha, a, b }: Buying, buyers: readonly Buyers[]): number {
  const terms = gammaTerms(kind, { r, alpha, a, b }, buyers);
  return buyers.reduce((sum, { repeats: x, recency, age, count }) => {
    const { common, alive, gone } = terms.get(x) as Terms;
    const first = alive - (r + x) * Math.log(alpha + age);
    if (gone === null) return sum + count * (common + first);
    const second = gone - (r + x) * Math.log(alpha + recency);
    const top = Math.max(first, second);
    return sum + count * (common + top + Math.log(Math.exp(first - top) + Math.exp(second - top)));
  }, 0);
}

interface Terms {
  common: number;
  alive: number;
  gone: number | null;
}

/** What depends on the number of repeats only is computed once per number. */
function gammaTerms(kind: Kind, { r, alpha, a, b }: Buying, buyers: readonly Buyers[]): Map<number, Terms> {
  const terms = new Map<number, Terms>();
  const base = lgamma(a + b) - lgamma(b);
  for (const { repeats: x } of buyers) {
    if (terms.has(x)) continue;
    const common = lgamma(r + x) - lgamma(r) + r * Math.log(alpha);
    if (kind === "bg") {
      const shared = base + lgamma(b + x) - lgamma(a + b + x);
      terms.set(x, { common, alive: shared, gone: x === 0 ? null : shared + Math.log(a / (b + x - 1)) });
    } else {
      const alive = base + lgamma(b + x + 1) - lgamma(a + b + x + 1);
      const gone = base + Math.log(a) + lgamma(b + x) - lgamma(a + b + x + 1);
      terms.set(x, { common, alive, gone });
    }
  }
  return terms;
}

/** Maximum likelihood from all parameters 1. @returns parameters and log-likelihood. */
export function fitBuying(kind: Kind, buyers: readonly Buyers[]): Buying & { logLikelihood: number } {
  const n = buyers.reduce((sum, { count }) => sum + count, 0);
  const toBuying = (logs: readonly number[]): Buying => {
    const [r = 1, alpha = 1, a = 1, b = 1] = logs.map(Math.exp);
    return { r, alpha, a, b };
  };
  const objective = (logs: readonly number[]) => {
    const value = -logLikelihood(kind, toBuying(logs), buyers) / n;
    return Number.isFinite(value) ? value : Number.MAX_VALUE;
  };
  const large = buyers.length > 5_000;
  const first = minimise(objective, [0, 0, 0, 0], { step: 1, large });
  const best = minimise(objective, first.at, { step: 0.1, large });
  return { ...toBuying(best.at), logLikelihood: -best.value * n };
}

/** Chance that a buyer is still one. With "bg" it is 1 for everyone without a repeat: never rank by that. */
export function alive(
  kind: Kind,
  { r, alpha, a, b }: Buying,
  x: number,
  recency: number,
  age: number,
): number {
  if (kind === "bg" && x === 0) return 1;
  const odds = a / (kind === "bg" ? b + x - 1 : b + x);
  return 1 / (1 + odds * ((alpha + age) / (alpha + recency)) ** (r + x));
}

/** Purchases to expect of a BG/NBD buyer in the next t weeks (Fader, Hardie, Lee 2005, eq. 10). */
export function expectedPurchases(
  { r, alpha, a, b }: Buying,
  t: number,
  x: number,
  recency: number,
  age: number,
): number {
  const z = t / (alpha + age + t);
  const f = hypergeometric(r + x, b + x, a + b + x - 1, z);
  const top = ((a + b + x - 1) / (a - 1)) * (1 - ((alpha + age) / (alpha + age + t)) ** (r + x) * f);
  const odds = x > 0 ? (a / (b + x - 1)) * ((alpha + age) / (alpha + recency)) ** (r + x) : 0;
  return top / (1 + odds);
}

/** Purchases to expect of anybody in t weeks from the first one. */
export function expectedOfNew({ r, alpha, a, b }: Buying, t: number): number {
  const f = hypergeometric(r, b, a + b - 1, t / (alpha + t));
  return ((a + b - 1) / (a - 1)) * (1 - (alpha / (alpha + t)) ** r * f);
}

/** ₂F₁(a, b; c; z) by its series, 0 ≤ z < 1. */
function hypergeometric(a: number, b: number, c: number, z: number): number {
  let [term, sum] = [1, 1];
  for (let n = 0; n < 100_000 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= ((a + n) * (b + n) * z) / ((c + n) * (n + 1));
    sum += term;
  }
  return sum;
}
