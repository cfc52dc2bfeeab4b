import type { Database } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";
import { campBases } from "./camps.ts";
import type { Base, CampBase, Figure, GroupLine, KpiLine } from "./types.ts";
import { addDays } from "./weeks.ts";

const BAND_WEEKS = 12;
/** 52 weeks: the same weekday a year before. */
const YEAR = 364;

/** A KPI of the scope in one week. */
interface Point extends Figure {
  week: string;
  label: string;
  complete: boolean;
  /** A holiday or shopping festival touches it. */
  marked: boolean;
}

/**
 * Every KPI of a group (or "*") in a week, with its comparisons, its verdict and its last twelve weeks.
 * @param only one KPI, with the one that says how far it can be trusted.
 */
export async function compareWeek(
  database: Database,
  week: string,
  group: string,
  only: string | null = null,
): Promise<KpiLine[]> {
  const kpis = await database.all(
    `select *, $week::date + 7 + observed_days > (select as_of from report.about) as is_too_new
     from report.kpis where $only::varchar is null or kpi = $only
       or kpi = (select shown_with from report.kpis where kpi = $only)
       or (as_reported and variant_of = $only) order by kpi`,
    { only, week },
  );
  const wanted = kpis.map(({ kpi }) => String(kpi)).join(",");
  const [judged, series, calendar, festival, camps] = await Promise.all([
    database.all(`${JUDGED} where this.week = $week::date and this.group_id = $group and ${WANTED}`, {
      week,
      group,
      wanted,
    }),
    database.all(
      `select kpi, week, numerator, denominator, value from report.comparisons
       where group_id = $group and ${WANTED} and week <= $week::date and (week >= $week::date - ${7 * BAND_WEEKS} or week = $week::date - ${YEAR} or week = (select year_before from (${FESTIVAL})))
       order by week`,
      { week, group, wanted },
    ),
    database.all(
      `select week, label, is_complete, week in (select week from marts.week_marks) as is_marked from report.weeks
       where week <= $week::date and week >= $week::date - ${7 * BAND_WEEKS} order by week`,
      { week },
    ),
    database.all(
      `select festival.*, label from (${FESTIVAL}) as festival inner join report.weeks on weeks.week = year_before and is_complete`,
      { week },
    ),
    campBases(database, week, group),
  ]);
  const [moon] = festival;
  const byKpi = new Map(judged.map((row) => [row["kpi"], row]));
  const lines = kpis.flatMap((kpi) => {
    const id = kpi["kpi"] ?? null;
    const row = byKpi.get(id);
    const own = series.filter((one) => one["kpi"] === id);
    const yearAgo = own.find((one) => one["week"] === addDays(week, -YEAR));
    if (!row) return [];
    const others = {
      yearAgo,
      moon,
      moonAgo: moon && own.find((one) => one["week"] === moon["year_before"]),
      camp: camps.get(String(id)) ?? null,
    };
    const recent = own.filter((one) => String(one["week"]) >= addDays(week, -7 * BAND_WEEKS));
    return [lineOf(kpi, row, history(recent, calendar), others)];
  });
  const then = new Map(
    kpis.flatMap((kpi) => {
      const line = kpi["as_reported"] === true ? lines.find(({ id }) => id === kpi["kpi"]) : undefined;
      return line ? [[String(kpi["variant_of"]), line] as const] : [];
    }),
  );
  return lines.map((line) => ({ ...line, reported: reportedOf(line, then.get(line.id)) }));
}

/** What a KPI read when its week ended, if that is not what it reads now. */
function reportedOf(now: KpiLine, then: KpiLine | undefined): Figure | null {
  if (!then || (then.numerator === now.numerator && then.denominator === now.denominator)) return null;
  return { numerator: then.numerator, denominator: then.denominator, value: then.value };
}

/**
 * The figures of every KPI of every group (not "*") in a week, by group id and KPI id; of the one group of a scope.
 * @param focus only this KPI, and of any other the groups that reach farthest beyond noise.
 */
export async function compareGroups(
  database: Database,
  { week, group }: { week: string; group: string },
  focus: string | null | undefined,
): Promise<Map<string, GroupLine["kpis"]>> {
  const rows = await database.all(
    `with lines as (
       select kpi, group_id, this.numerator, this.denominator, this.value, this.previous_numerator, this.previous_denominator,
         this.previous_value, this.delta, v.verdict, v.strength, v.reason
       from report.comparisons as this inner join report.verdicts as v using (kpi, group_id, week)
       anti join report.missing_kpis using (kpi, group_id)
       where this.week = $week::date and this.group_id <> '*' and $group in ('*', this.group_id)
     ),
     farthest as (
       select kpi, group_id from lines where strength is not null and delta is not null
       qualify rank() over (partition by kpi, verdict, strength order by abs(delta) * sqrt(coalesce(denominator, 1)) desc) = 1
     )
     select * from lines where $everything or kpi = $focus or (kpi, group_id) in (from farthest)`,
    { week, group, focus: focus ?? null, everything: focus === undefined },
  );
  const groups = new Map<string, GroupLine["kpis"]>();
  for (const row of rows) {
    const id = String(row["group_id"]);
    const kpis = groups.get(id) ?? {};
    kpis[String(row["kpi"])] = { ...figure(row), ...judgement(row) };
    groups.set(id, kpis);
  }
  return groups;
}

/** Of a week with several, the holiday with the most days. */
const FESTIVAL = `select year_before, title_zh, title_en from marts.week_marks where week = $week::date order by kind, days desc, id limit 1`;
const WANTED = "kpi in (select unnest(string_split($wanted, ',')))";
const JUDGED = `select this.*, v.verdict, v.strength, v.reason, v.lo, v.hi, v.min_detectable
  from report.comparisons as this inner join report.verdicts as v using (kpi, group_id, week)`;

interface Others {
  yearAgo: Row | undefined;
  /** The festival of the week, and the KPI in the week a year before as far from it. */
  moon: Row | undefined;
  moonAgo: Row | undefined;
  camp: CampBase | null;
}

function lineOf(kpi: Row, row: Row, points: readonly Point[], others: Others): KpiLine {
  const interval: KpiLine["interval"] =
    row["lo"] === null || row["hi"] === null ? null : [Number(row["lo"]), Number(row["hi"])];
  return {
    id: String(kpi["kpi"]),
    title: { zh: String(kpi["title_zh"]), en: String(kpi["title_en"]) },
    description: { zh: String(kpi["description_zh"]), en: String(kpi["description_en"]) },
    unit: kpi["unit"] as KpiLine["unit"],
    good: kpi["good"] as KpiLine["good"],
    minDenominator: number(kpi, "min_denominator"),
    of: typeof kpi["of_zh"] === "string" ? { zh: kpi["of_zh"], en: String(kpi["of_en"]) } : null,
    variantOf: typeof kpi["variant_of"] === "string" ? kpi["variant_of"] : null,
    ...figure(row),
    ...judgement(row),
    waitsDays:
      kpi["is_too_new"] === true && !number(row, "denominator") ? number(kpi, "observed_days") : null,
    interval,
    minDetectable: number(row, "min_detectable"),
    reported: null,
    shownWith: typeof kpi["shown_with"] === "string" ? kpi["shown_with"] : null,
    baseline: band(points, kpi["unit"] === "ratio"),
    target: number(kpi, "target"),
    against: {
      ...against(points, others, number(kpi, "target")),
      campDay: others.camp,
    },
    history: points.slice(-BAND_WEEKS).map(({ label, numerator, denominator, value, complete }) => ({
      week: label,
      numerator,
      denominator,
      value,
      complete,
    })),
  };
}

/** The weeks of the calendar since the series began; a week without a row has no value. */
function history(series: readonly Row[], calendar: readonly Row[]): Point[] {
  const first = String(series.find((row) => row["numerator"] !== null)?.["week"] ?? "9999");
  const known = new Map(series.map((row) => [row["week"], row]));
  return calendar
    .filter(({ week }) => String(week) >= first)
    .map((row) => ({
      week: String(row["week"]),
      label: String(row["label"]),
      complete: row["is_complete"] === true,
      marked: row["is_marked"] === true,
      ...figure(known.get(row["week"] ?? null) ?? {}),
    }));
}

function against(
  points: readonly Point[],
  { yearAgo, moon, moonAgo }: Others,
  target: number | null,
): Omit<KpiLine["against"], "campDay"> {
  // A week that is not over is held against the same part of the one before, and against nothing longer.
  const latest = points.at(-1);
  const now = latest?.complete ? latest.value : null;
  const base = (value: number | null): Base | null =>
    now === null || value === null ? null : { value, delta: now - value };
  const before = points.slice(0, -1).filter(({ complete }) => complete);
  const mean = (weeks: readonly Point[]) => {
    const values = weeks.slice(-4).flatMap(({ value }) => (value === null ? [] : [value]));
    return values.length < 4 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const moonBase = base(moonAgo ? number(moonAgo, "value") : null);
  const title = { zh: String(moon?.["title_zh"]), en: String(moon?.["title_en"]) };
  return {
    fourWeeks: base(mean(before)),
    ordinaryWeeks: base(mean(before.filter(({ marked }) => !marked))),
    lastYear: base(yearAgo ? number(yearAgo, "value") : null),
    festival: moonBase && { ...moonBase, week: String(moon?.["label"]), title },
    target: base(target),
  };
}

/**
 * Mean ± 1.96 SD of the twelve complete weeks before the last point; at least six. No rate is above 1, and nothing is
 * below 0 but what has been, as net growth.
 */
export function band(points: readonly Point[], isRatio: boolean): KpiLine["baseline"] {
  const least = points.some(({ value }) => value !== null && value < 0) ? Number.NEGATIVE_INFINITY : 0;
  const values = points
    .slice(0, -1)
    .slice(-BAND_WEEKS)
    .flatMap(({ value, complete }) => (complete && value !== null ? [value] : []));
  if (values.length < 6) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  const [lo, hi] = [Math.max(least, mean - 1.96 * sd), mean + 1.96 * sd];
  return { mean, lo, hi: isRatio ? Math.min(1, hi) : hi, weeks: values.length };
}

function figure(row: Row): Figure {
  return {
    numerator: number(row, "numerator"),
    denominator: number(row, "denominator"),
    value: number(row, "value"),
  };
}

function judgement(row: Row): Pick<KpiLine, "previous" | "delta" | "verdict" | "strength" | "reason"> {
  const previous: Figure = {
    numerator: number(row, "previous_numerator"),
    denominator: number(row, "previous_denominator"),
    value: number(row, "previous_value"),
  };
  return {
    previous: previous.numerator === null && previous.denominator === null ? null : previous,
    delta: number(row, "delta"),
    verdict: row["verdict"] as KpiLine["verdict"],
    strength: row["strength"] as KpiLine["strength"],
    reason: row["reason"] as KpiLine["reason"],
  };
}

function number(row: Row, name: string): number | null {
  const value = row[name];
  return value === null || value === undefined ? null : Number(value);
}
