import { type Buyers, hypergeometric } from "../src/stats/btyd.ts";
import { minimise } from "../src/stats/nelder-mead.ts";
import { lgamma } from "../src/stats/special.ts";

/** Buying as in BG/NBD; dropping out at any moment, at a rate ~ Gamma(s, β). Measured only: the product fits MBG/NBD. */
export interface Pareto {
  r: number;
  alpha: number;
  s: number;
  beta: number;
}

/** Log-likelihood (Schmittlein, Morrison, Colombo 1987, in the form of Fader and Hardie). */
export function paretoLikelihood({ r, alpha, s, beta }: Pareto, buyers: readonly Buyers[]): number {
  const [large, small] = [Math.max(alpha, beta), Math.min(alpha, beta)];
  return buyers.reduce((sum, { repeats: x, recency, age, count }) => {
    const all = r + s + x;
    const second = alpha >= beta ? s + 1 : r + x;
    /** ln of F(…)/(large + t)^(r+s+x). */
    const term = (t: number) =>
      Math.log(hypergeometric(all, second, all + 1, (large - small) / (large + t))) -
      all * Math.log(large + t);
    const [then, now] = [term(recency), term(age)];
    const gone = Math.log(s / all) + then + Math.log1p(-Math.min(Math.exp(now - then), 1));
    const alive = -(r + x) * Math.log(alpha + age) - s * Math.log(beta + age);
    const either = Math.max(alive, gone) + Math.log1p(Math.exp(-Math.abs(alive - gone)));
    const common = lgamma(r + x) - lgamma(r) + r * Math.log(alpha) + s * Math.log(beta);
    return sum + count * (common + either);
  }, 0);
}

export function fitPareto(buyers: readonly Buyers[]): Pareto & { logLikelihood: number } {
  const toPareto = ([r = 0, alpha = 0, s = 0, beta = 0]: readonly number[]): Pareto => ({
    r: Math.exp(r),
    alpha: Math.exp(alpha),
    s: Math.exp(s),
    beta: Math.exp(beta),
  });
  const objective = (logs: readonly number[]) => {
    const value = -paretoLikelihood(toPareto(logs), buyers) / buyers.length;
    return Number.isFinite(value) ? value : Number.MAX_VALUE;
  };
  const first = minimise(objective, [0, 0, 0, 0], { step: 1 });
  const { at, value } = minimise(objective, first.at, { step: 0.1 });
  return { ...toPareto(at), logLikelihood: -value * buyers.length };
}
