import type { Text } from "../kit/say.ts";
import { mantelHaenszel } from "../stats/experiment.ts";
import { type Interval, wilson } from "../stats/intervals.ts";
import { mcnemar } from "../stats/paired.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import type { Database } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";
import { runQuery } from "./query.ts";

/** Below this many answers no reason is called the first. */
const FEWEST_ANSWERS = 15;
/** Two-sided p up to which the first of two reasons leads. */
const CHANCE = 0.05;
/** Below this many leavers the exposure to advertisements is not compared. */
const FEWEST_LEAVERS = 10;
/** The source without which nobody can be seen to leave. */
export const LEAVERS = "leavers";
/** Leave timing and exposure need more leavers than one week has. */
const LONG_WEEKS = 12;

export interface ReasonLine {
  reason: string;
  title: Text;
  /** Leavers with this reason; one with several is in each. */
  persons: number;
  /** Sum of weights: adds up to the leavers (or respondents) of this side. */
  weight: number;
  /** Persons of the side's n: sums above 1 where several reasons are allowed. */
  share: number;
  /** Wilson, 95 %. */
  interval: Interval;
}

export interface InferredLine extends ReasonLine {
  confirmed: number;
  likely: number;
  possible: number;
}

export interface Churn {
  /** Null where the sources can't show who left. */
  leavers: number | null;
  /** Leavers who answered a survey within 30 days of leaving. */
  respondents: number;
  declared: ReasonLine[];
  /** Evidence before the leave, never added to what was declared; `unknown` is one of them. */
  inferred: InferredLine[];
  /** The declared reason that may be called the first, or null: too few answers, or the two first lie too close. */
  first: string | null;
  /** Over 12 weeks; `fromDay` null = unknown. Buckets begin at 0, 1, 2, 3, 4, 8, 15, 31 and 91 days. */
  timing: { weeks: number; sinceJoin: TimingLine[]; sinceCampaign: TimingLine[] };
  segments: { source: string; segment: string; reason: string; persons: number; weight: number }[];
  /** Over 12 weeks: odds of an advertisement in the day before leaving, against the same hours of earlier weeks. */
  ads: { weeks: number; leavers: number; oddsRatio: number; interval: Interval; p: number } | null;
}

export interface TimingLine {
  fromDay: number | null;
  leavers: number;
}

/** Why members left and when. @param week first day of the week. @param group a group or "*". */
export async function churnOf(
  database: Database,
  catalog: Catalog,
  week: string,
  group: string,
): Promise<Churn> {
  const query = (name: string, weeks: number) =>
    runQuery(database, catalog, name, { week, group_id: group, weeks });
  const [reasons, timing, bySegment, ads, unknown] = await Promise.all([
    query("churn_reasons", 1),
    query("churn_timing", LONG_WEEKS),
    query("churn_segments", 1),
    query("churn_ads", LONG_WEEKS),
    query("unknown_sources", 1),
  ]);
  const isUnseen = unknown.some(({ source }) => source === LEAVERS);
  const leavers = Number(reasons[0]?.["leavers"] ?? 0);
  const respondents = Number(reasons[0]?.["respondents"] ?? 0);
  const of = (source: string) => reasons.filter((row) => row["source"] === source);
  const declared = of("declared").map((row) => toLine(row, respondents));
  const days = (kind: string) =>
    timing
      .filter((row) => row["kind"] === kind)
      .map((row) => ({
        fromDay: row["from_day"] === null ? null : Number(row["from_day"]),
        leavers: Number(row["leavers"]),
      }));
  const segments = bySegment.map((row) => ({
    source: String(row["source"]),
    segment: String(row["segment"]),
    reason: String(row["reason"]),
    persons: Number(row["persons"]),
    weight: Number(row["weight"]),
  }));
  return {
    leavers: isUnseen ? null : leavers,
    respondents,
    declared,
    inferred: of("inferred").map((row) => ({
      ...toLine(row, leavers),
      confirmed: Number(row["confirmed"]),
      likely: Number(row["likely"]),
      possible: Number(row["possible"]),
    })),
    first: firstOf(of("declared"), respondents),
    timing: { weeks: LONG_WEEKS, sinceJoin: days("join"), sinceCampaign: days("campaign") },
    segments,
    ads: exposure(ads),
  };
}

function toLine(row: Row, n: number): ReasonLine {
  const persons = Number(row["persons"]);
  return {
    reason: String(row["reason"]),
    title: { zh: String(row["title_zh"]), en: String(row["title_en"]) },
    persons,
    weight: Number(row["weight"]),
    share: persons / n,
    interval: wilson(persons, n),
  };
}

/** Only where more named it and not the second than the other way round, beyond chance: most name one, so the two lean on each other. */
function firstOf(rows: readonly Row[], respondents: number): string | null {
  const [first, second] = rows
    .map((row) => ({
      reason: String(row["reason"]),
      persons: Number(row["persons"]),
      withFirst: Number(row["with_first"]),
    }))
    .sort((a, b) => b.persons - a.persons || (a.reason < b.reason ? -1 : 1));
  if (!first || respondents < FEWEST_ANSWERS || first.reason === "other") return null;
  const both = second?.withFirst ?? 0;
  const [gained, lost] = [first.persons - both, (second?.persons ?? 0) - both];
  return gained > lost && mcnemar({ gained, lost }).midP <= CHANCE ? first.reason : null;
}

function exposure(rows: readonly Row[]): Churn["ads"] {
  const leavers = rows.reduce((sum, row) => sum + Number(row["leavers"]), 0);
  if (leavers < FEWEST_LEAVERS) return null;
  const strata = rows.flatMap((row) => {
    const exposed = row["exposed"] === true ? 1 : 0;
    const controls = Number(row["control_windows"]);
    const withAd = Number(row["control_windows_with_ad"]);
    const stratum = {
      exposedHits: exposed,
      exposedMisses: withAd,
      otherHits: 1 - exposed,
      otherMisses: controls - withAd,
    };
    return Array.from({ length: Number(row["leavers"]) }, () => stratum);
  });
  const { ratio, interval, p } = mantelHaenszel(strata);
  return Number.isFinite(ratio) && Number.isFinite(interval[1])
    ? { weeks: LONG_WEEKS, leavers, oddsRatio: ratio, interval, p }
    : null;
}
