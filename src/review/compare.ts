import { type Judged, judgeAll, type Pair } from "../stats/verdict.ts";
import type { Database } from "../warehouse/database.ts";
import type { Figure, KpiLine } from "./types.ts";

const BAND_WEEKS = 12;

/** A KPI of a group (or "*") in every week up to the one reviewed, oldest first. */
interface Point extends Figure {
  week: string;
  label: string;
  complete: boolean;
  previous: Figure | null;
  delta: number | null;
  se: number | null;
}

/** Every number of the week with its comparison and verdict; all are judged together. Key: `kpi group`. */
export async function compareWeek(database: Database, week: string): Promise<Map<string, KpiLine>> {
  const kpis = await database.all("select * from report.kpis order by kpi");
  const rows = await database.all(
    `select comparisons.*, weeks.label from report.comparisons inner join report.weeks as weeks using (week)
     where week <= $week::date order by kpi, group_id, week`,
    { week },
  );
  const series = new Map<string, Point[]>();
  for (const row of rows) {
    const key = `${row["kpi"]} ${row["group_id"]}`;
    const points = series.get(key) ?? [];
    points.push(toPoint(row));
    series.set(key, points);
  }
  const pooled = poolOf(series, week);
  const calendar = await database.all(
    "select week, label, is_complete from report.weeks where week <= $week::date order by week",
    { week },
  );
  const lines = kpis.flatMap((kpi) => linesOf(kpi, series, calendar));
  const judged = judgeAll(
    lines.map(({ line, key, last }) => ({
      delta: line.delta,
      se: last.se,
      denominator:
        line.unit === "ratio" ? Math.min(line.denominator ?? 0, line.previous?.denominator ?? 0) : null,
      minDenominator: line.minDenominator ?? 0,
      good: line.good,
      complete: last.complete,
      past: pastPairs(series.get(key) ?? [], week),
      comparable: key.endsWith(" *") ? [] : (pooled.get(line.id) ?? []),
    })),
  );
  return new Map(lines.map(({ key, line }, at) => [key, withVerdict(line, judged[at])]));
}

/** How the groups of one KPI moved before this week, all together. */
function poolOf(series: ReadonlyMap<string, Point[]>, week: string): Map<string, Pair[]> {
  const pooled = new Map<string, Pair[]>();
  for (const [key, points] of series) {
    if (key.endsWith(" *")) continue;
    const kpi = key.slice(0, key.indexOf(" "));
    const pairs = pooled.get(kpi) ?? [];
    pairs.push(...pastPairs(points, week));
    pooled.set(kpi, pairs);
  }
  return pooled;
}

function pastPairs(points: readonly Point[], week: string): Pair[] {
  return points.flatMap(({ week: at, delta, se, complete }) =>
    at < week && complete && delta !== null && se !== null ? [{ delta, se }] : [],
  );
}

function linesOf(
  kpi: Record<string, unknown>,
  series: ReadonlyMap<string, Point[]>,
  calendar: readonly Record<string, unknown>[],
) {
  const id = String(kpi["kpi"]);
  const week = String(calendar.at(-1)?.["week"]);
  return [...series].flatMap(([key, points]) => {
    if (!key.startsWith(`${id} `)) return [];
    const last = points.at(-1);
    if (!last || last.week !== week) return [];
    const line: KpiLine = {
      id,
      title: { zh: String(kpi["title_zh"]), en: String(kpi["title_en"]) },
      description: { zh: String(kpi["description_zh"]), en: String(kpi["description_en"]) },
      unit: kpi["unit"] as KpiLine["unit"],
      good: kpi["good"] as KpiLine["good"],
      minDenominator: kpi["min_denominator"] === null ? null : Number(kpi["min_denominator"]),
      numerator: last.numerator,
      denominator: last.denominator,
      value: last.value,
      previous: last.previous,
      delta: last.delta,
      interval: null,
      verdict: "insufficient",
      strength: null,
      reason: "no_data",
      minDetectable: null,
      baseline: band(points.slice(0, -1)),
      target: kpi["target"] === null ? null : Number(kpi["target"]),
      history: historyOf(points, calendar),
    };
    return [{ key, line, last }];
  });
}

/** The last twelve weeks of the calendar since the series began; a week without a row has no value. */
function historyOf(
  points: readonly Point[],
  calendar: readonly Record<string, unknown>[],
): KpiLine["history"] {
  const first = points[0]?.week ?? "";
  const known = new Map(points.map((point) => [point.week, point]));
  return calendar
    .filter(({ week }) => String(week) >= first)
    .slice(-BAND_WEEKS)
    .map((row) => {
      const point = known.get(String(row["week"]));
      const { numerator = null, denominator = null, value = null } = point ?? {};
      return {
        week: String(row["label"]),
        numerator,
        denominator,
        value,
        complete: row["is_complete"] === true,
      };
    });
}

/** Mean ± 1.96 SD of the twelve complete weeks before; at least six. */
function band(before: readonly Point[]): KpiLine["baseline"] {
  const values = before
    .slice(-BAND_WEEKS)
    .flatMap(({ value, complete }) => (complete && value !== null ? [value] : []));
  if (values.length < 6) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  return { mean, lo: Math.max(0, mean - 1.96 * sd), hi: mean + 1.96 * sd, weeks: values.length };
}

function withVerdict(line: KpiLine, judged: Judged | undefined): KpiLine {
  if (!judged) return line;
  const { verdict, strength, reason, interval, minDetectable } = judged;
  return { ...line, verdict, strength, reason, interval, minDetectable };
}

function toPoint(row: Record<string, unknown>): Point {
  const number = (name: string) => (row[name] === null ? null : Number(row[name]));
  const known = row["previous_numerator"] !== null || row["previous_denominator"] !== null;
  return {
    week: String(row["week"]),
    label: String(row["label"]),
    complete: row["is_complete"] === true,
    numerator: number("numerator"),
    denominator: number("denominator"),
    value: number("value"),
    previous: known
      ? {
          numerator: number("previous_numerator"),
          denominator: number("previous_denominator"),
          value: number("previous_value"),
        }
      : null,
    delta: number("delta"),
    se: number("se"),
  };
}
