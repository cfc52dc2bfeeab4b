import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FrozenDays, Restated, Review } from "./types.ts";

/** The report of a week as the meeting had it; null when none was kept. @param week ISO label. */
export function readFrozen(reports: string, week: string): Review | null {
  const file = join(reports, week, "review.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Review) : null;
}

const FORMS = ["html", "pdf", "png", "xlsx", "md"] as const;

/** The files of a kept week that there are: without a browser no PDF was made. */
export function keptForms(reports: string, week: string): string[] {
  return FORMS.filter((form) => existsSync(join(reports, week, `review.${form}`)));
}

/** What a week of the name was when its report was kept, where it is another one today; null where it is the same. */
export function otherDays(frozen: Review | null, today: Review): FrozenDays | null {
  if (!frozen) return null;
  const { from, to, timezone } = frozen;
  const isSame = from === today.from && to === today.to && timezone === today.timezone;
  return isSame ? null : { from, to, timezone };
}

/** Figures of the same week and scope that are no longer what the frozen report says: late refunds, later exports. None where the week is of other days. */
export function restatedSince(frozen: Review | null, today: Review): Restated[] {
  if (!frozen || frozen.week !== today.week || frozen.group !== today.group || otherDays(frozen, today))
    return [];
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
