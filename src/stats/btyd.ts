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

/** Cells as columns: what depends on the repeats, the recency or the age alone is computed once per value. */
interface Columns {
  repeats: number[];
  times: number[];
  repeatsAt: Int32Array;
  recencyAt: Int32Array;
  ageAt: Int32Array;
  counts: Float64Array;
}

function toColumns(buyers: readonly Buyers[]): Columns {
  const index = () => {
    const places = new Map<number, number>();
    return {
      places,
      at: (value: number) => places.get(value) ?? places.set(value, places.size).size - 1,
    };
  };
  const [repeats, times] = [index(), index()];
  return {
    repeatsAt: Int32Array.from(buyers, (one) => repeats.at(one.repeats)),
    recencyAt: Int32Array.from(buyers, (one) => times.at(one.recency)),
    ageAt: Int32Array.from(buyers, (one) => times.at(one.age)),
    counts: Float64Array.from(buyers, ({ count }) => count),
    repeats: [...repeats.places.keys()],
    times: [...times.places.keys()],
  };
}

/** Log-likelihood (Fader, Hardie, Lee 2005; Batislam et al. 2007). */
function logLikelihood(kind: Kind, buying: Buying, columns: Columns): number {
  const { r, alpha } = buying;
  const terms = columns.repeats.map((x) => termsOf(kind, buying, x));
  const rates = Float64Array.from(columns.repeats, (x) => r + x);
  const commons = Float64Array.from(terms, ({ common }) => common);
  const alives = Float64Array.from(terms, (one) => one.alive);
  const gones = Float64Array.from(terms, ({ gone }) => gone ?? Number.NEGATIVE_INFINITY);
  const logs = Float64Array.from(columns.times, (time) => Math.log(alpha + time));
  const at = (list: Float64Array | Int32Array, place: number) => list[place] as number;
  let sum = 0;
  for (let cell = 0; cell < columns.counts.length; cell++) {
    const x = at(columns.repeatsAt, cell);
    const first = at(alives, x) - at(rates, x) * at(logs, at(columns.ageAt, cell));
    const second = at(gones, x) - at(rates, x) * at(logs, at(columns.recencyAt, cell));
    const either = Math.max(first, second) + Math.log1p(Math.exp(-Math.abs(first - second)));
    sum += at(columns.counts, cell) * (at(commons, x) + either);
  }
  return sum;
}

/** The likelihood's terms for a number of repeats; nobody can be gone before the first one with "bg". */
function termsOf(kind: Kind, { r, alpha, a, b }: Buying, x: number) {
  const base = lgamma(a + b) - lgamma(b);
  const common = lgamma(r + x) - lgamma(r) + r * Math.log(alpha);
  if (kind === "bg") {
    const shared = base + lgamma(b + x) - lgamma(a + b + x);
    return { common, alive: shared, gone: x === 0 ? null : shared + Math.log(a / (b + x - 1)) };
  }
  const alive = base + lgamma(b + x + 1) - lgamma(a + b + x + 1);
  const gone = base + Math.log(a) + lgamma(b + x) - lgamma(a + b + x + 1);
  return { common, alive, gone };
}

/** More kinds of buyers than this are first fitted by months, which is a start near the end of the search. */
const SOME = 300;
/** More than this are fitted to fewer digits. */
const MANY = 5_000;
const MONTH = 4;
/** From the fit by months a search needs some 200 turns; where the likelihood is a flat ridge, more change nothing. */
const MANY_TURNS = 400;

/**
 * Maximum likelihood from all parameters 1.
 * @param within where parameters mean anything: a search that leaves it is not followed any further.
 * @returns parameters and log-likelihood.
 */
export function fitBuying(
  kind: Kind,
  buyers: readonly Buyers[],
  within: readonly [number, number] = [0, Number.POSITIVE_INFINITY],
): Buying & { logLikelihood: number } {
  const large = buyers.length > MANY;
  const bounds = [Math.log(within[0]), Math.log(within[1])] as const;
  const search = (cells: readonly Buyers[], from: readonly number[], step: number, turns?: number) => {
    const columns = toColumns(cells);
    const n = cells.reduce((sum, { count }) => sum + count, 0);
    const objective = (logs: readonly number[]) => {
      const value = -logLikelihood(kind, toBuying(logs), columns) / n;
      return Number.isFinite(value) ? value : Number.MAX_VALUE;
    };
    const found = minimise(objective, from, { step, large, within: bounds, ...(turns && { turns }) });
    return { at: found.at, logLikelihood: -found.value * n };
  };
  const first = search(buyers.length > SOME ? byMonth(buyers) : buyers, [0, 0, 0, 0], 1);
  const best = search(buyers, first.at, 0.1, large ? MANY_TURNS : undefined);
  return { ...toBuying(best.at), logLikelihood: best.logLikelihood };
}

function toBuying(logs: readonly number[]): Buying {
  const [r = 1, alpha = 1, a = 1, b = 1] = logs.map(Math.exp);
  return { r, alpha, a, b };
}

/** The same buyers with times to the nearest month: a sixteenth of the cells. */
function byMonth(buyers: readonly Buyers[]): Buyers[] {
  const cells = new Map<string, Buyers>();
  const months = (weeks: number) => Math.round(weeks / MONTH) * MONTH;
  for (const { repeats, recency, age, count } of buyers) {
    const key = `${repeats} ${months(recency)} ${months(age)}`;
    const cell = cells.get(key);
    if (cell) cell.count += count;
    else cells.set(key, { repeats, recency: months(recency), age: months(age), count });
  }
  return [...cells.values()];
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
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let [term, sum] = [1, 1];
  for (let n = 0; n < 100_000 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= ((a + n) * (b + n) * z) / ((c + n) * (n + 1));
    sum += term;
  }
  return sum;
}
