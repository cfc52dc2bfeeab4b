import type { Row } from "../warehouse/rows.ts";
import type { GroupLine, KpiLine, MissingKpi } from "./types.ts";

/** Rows of the query missing_sources. */
export function missingOf(rows: readonly Row[]): MissingKpi[] {
  return rows.map((row) => ({
    kpi: String(row["kpi"]),
    title: { zh: String(row["title_zh"]), en: String(row["title_en"]) },
    text: { zh: String(row["zh"]), en: String(row["en"]) },
    href: row["href"] === null ? null : String(row["href"]),
  }));
}

const NOTHING = {
  numerator: null,
  denominator: null,
  value: null,
  previous: null,
  delta: null,
  verdict: "insufficient",
  strength: null,
  reason: "no_data",
} as const;

/** KPIs without a source have no value: nobody counted is not nobody there. */
export function withoutFigures(kpis: readonly KpiLine[], missing: readonly MissingKpi[]): KpiLine[] {
  const against = { fourWeeks: null, ordinaryWeeks: null, lastYear: null, target: null, campDay: null };
  return kpis.map((line) =>
    isMissing(missing, line.id)
      ? { ...line, ...NOTHING, interval: null, minDetectable: null, baseline: null, against, history: [] }
      : line,
  );
}

/** The same of the groups' lines. */
export function groupsWithoutFigures(
  groups: readonly GroupLine[],
  missing: readonly MissingKpi[],
): GroupLine[] {
  if (missing.length === 0) return [...groups];
  return groups.map((group) => ({
    ...group,
    kpis: Object.fromEntries(Object.entries(group.kpis).filter(([id]) => !isMissing(missing, id))),
  }));
}

function isMissing(missing: readonly MissingKpi[], id: string): boolean {
  return missing.some(({ kpi }) => kpi === id);
}
