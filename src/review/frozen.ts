import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Restated, Review } from "./types.ts";

/** The report of a week as the meeting had it; null when none was kept. @param week ISO label. */
export function readFrozen(reports: string, week: string): Review | null {
  const file = join(reports, week, "review.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Review) : null;
}

/** Figures of the same week and scope that are no longer what the frozen report says: late refunds, later exports. */
export function restatedSince(frozen: Review | null, today: Review): Restated[] {
  if (!frozen || frozen.week !== today.week || frozen.group !== today.group) return [];
  const before = new Map(frozen.kpis.map((kpi) => [kpi.id, kpi]));
  return today.kpis.flatMap((kpi) => {
    const was = before.get(kpi.id);
    const isSame = was && was.numerator === kpi.numerator && was.denominator === kpi.denominator;
    if (!was || isSame) return [];
    const figure = ({ numerator, denominator, value }: typeof kpi) => ({ numerator, denominator, value });
    return [
      {
        kpi: kpi.id,
        title: kpi.title,
        unit: kpi.unit,
        was: figure(was),
        now: figure(kpi),
        frozenAt: frozen.generatedAt,
      },
    ];
  });
}
