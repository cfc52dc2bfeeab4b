/** A score and whether what it foretold happened. */
export interface Scored {
  score: number;
  hit: boolean;
}

/** Area under the ROC curve: a hit stands before a miss; ties count one half. Null without both kinds. */
export function auc(scored: readonly Scored[]): number | null {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  const hits = sorted.filter(({ hit }) => hit).length;
  const misses = sorted.length - hits;
  if (hits === 0 || misses === 0) return null;
  let rankSum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at++) if (sorted[at]?.hit) rankSum += rank;
    from = to;
  }
  return (rankSum - (hits * (hits + 1)) / 2) / (hits * misses);
}

/** Hits among the best share of the list, over hits in the whole list. */
export function lift(scored: readonly Scored[], share: number): number | null {
  const sorted = [...scored].sort((a, b) => b.score - a.score);
  const top = sorted.slice(0, Math.max(1, Math.round(share * sorted.length)));
  const rate = (list: readonly Scored[]) => list.filter(({ hit }) => hit).length / list.length;
  return rate(sorted) === 0 ? null : rate(top) / rate(sorted);
}

/** Average precision; tied scores are taken together. */
export function averagePrecision(scored: readonly Scored[]): number {
  const hits = scored.filter(({ hit }) => hit).length;
  let [sum, seen, found] = [0, 0, 0];
  for (const score of [...new Set(scored.map((one) => one.score))].sort((a, b) => b - a)) {
    const here = scored.filter((one) => one.score === score);
    const new1 = here.filter(({ hit }) => hit).length;
    seen += here.length;
    found += new1;
    sum += (new1 / hits) * (found / seen);
  }
  return sum;
}

/** Mean squared error of probabilities. */
export function brier(scored: readonly Scored[]): number {
  return scored.reduce((sum, { score, hit }) => sum + (score - Number(hit)) ** 2, 0) / scored.length;
}

/** Mean probability against share of hits by equally large bins, lowest first. */
export function calibration(scored: readonly Scored[], bins = 10) {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  return Array.from({ length: bins }, (_, bin) => {
    const part = sorted.slice(
      Math.round((bin * sorted.length) / bins),
      Math.round(((bin + 1) * sorted.length) / bins),
    );
    return {
      people: part.length,
      expected: part.reduce((sum, { score }) => sum + score, 0) / part.length,
      seen: part.filter(({ hit }) => hit).length / part.length,
    };
  }).filter(({ people }) => people > 0);
}

/** Gini coefficient of how unevenly something is spread; null without two people or without anything. */
export function gini(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const total = sorted.reduce((sum, one) => sum + one, 0);
  if (n < 2 || total === 0) return null;
  return (2 * sorted.reduce((sum, one, at) => sum + (at + 1) * one, 0)) / (n * total) - (n + 1) / n;
}
