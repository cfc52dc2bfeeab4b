import type { Figure, KpiLine } from "./types.ts";

/** Below so many people two rates agree by chance. */
const FEWEST = 30;

/**
 * Without those whose KPI has the very figures of an earlier one's, this week and last: while a log is young, a reading over
 * ninety days and one over all time are the same people, and one sentence says them.
 */
export function onceEach<T extends { kpi: Figure & Pick<KpiLine, "previous"> }>(findings: readonly T[]): T[] {
  const said = new Set<string>();
  return findings.filter(({ kpi }) => {
    if ((kpi.denominator ?? 0) < FEWEST) return true;
    const figures = JSON.stringify([kpi, kpi.previous].map((one) => [one?.numerator, one?.denominator]));
    const isNew = !said.has(figures);
    said.add(figures);
    return isNew;
  });
}
