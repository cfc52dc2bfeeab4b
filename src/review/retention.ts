import { benjaminiHochberg } from "../stats/multiple.ts";
import { atRiskAt, kaplanMeier, logRank, medianSurvival, type Watched } from "../stats/survival.ts";
import type { Row } from "../warehouse/rows.ts";

/** Days since joining at which the share is told. */
const DAYS = [1, 7, 30, 90, 180];
/** Fewer stays than this are not compared. */
const FEWEST = 30;
/** Where fewer are being watched, nothing is said of that day and later ones. */
const FEWEST_AT_RISK = 5;
const FALSE_DISCOVERY = 0.1;
const COUNTS = ["entered", "ended", "leavers"] as const;

/** Share of stays that last so long, with its 95 % interval; null where nobody was watched so long. */
export interface Kept {
  day: number;
  share: number | null;
  interval: [number, number] | null;
}

export interface RetentionLine {
  /** The way they came as the source says; empty = not said. */
  source: string;
  stays: number;
  left: number;
  kept: Kept[];
  /** Days after which half have left; null = not seen. */
  medianDays: number | null;
}

/** How long members stay, who is still there counting as still there (Kaplan–Meier, statistics.md 1.4). */
export interface Retention extends Omit<RetentionLine, "source"> {
  /** By the way they came, the largest first; only those of enough stays. */
  sources: (RetentionLine & {
    /** Log-rank against all others, by Benjamini–Hochberg over the sources. */
    q: number | null;
    /** They stay longer, or shorter, than the others beyond chance; null = it can't be told. */
    differs: "longer" | "shorter" | null;
  })[];
}

/** @param rows of the query stays. @returns null where nobody was watched, or too few may be shown. */
export function retentionOf(rows: readonly Row[]): Retention | null {
  if (rows.length === 0 || rows.some((row) => COUNTS.some((column) => row[column] === null))) return null;
  const sources = [...new Set(rows.map((row) => String(row["source"])))]
    .map((source) => ({
      source,
      own: rows.filter((row) => row["source"] === source),
      others: rows.filter((row) => row["source"] !== source),
    }))
    .filter(({ own, others }) => sum(own, "entered") >= FEWEST && sum(others, "entered") >= FEWEST)
    .sort((a, b) => sum(b.own, "entered") - sum(a.own, "entered") || (a.source < b.source ? -1 : 1));
  const tests = sources.map(({ own, others }) => logRank(watchedOf(own), watchedOf(others)));
  const qs = benjaminiHochberg(tests.map(({ p }) => (Number.isFinite(p) ? p : null)));
  return {
    ...line(rows),
    sources: sources.map(({ source, own }, at) => {
      const q = qs[at] ?? null;
      const differs = q === null || q > FALSE_DISCOVERY ? null : (tests[at]?.excess ?? 0) > 0;
      return { source, ...line(own), q, differs: differs === null ? null : differs ? "shorter" : "longer" };
    }),
  };
}

/**
 * Who is at risk on a day are those who have entered less those who have ended: of each day the two sums do, whichever
 * stay they belong to. Whoever has ended is taken off again from the next day on.
 */
function watchedOf(rows: readonly Row[]): Watched[] {
  return rows.flatMap((row) => {
    const day = Number(row["day"]);
    const count = Number(row["entered"]) - Number(row["ended"]);
    return [
      { entry: day, exit: Number.POSITIVE_INFINITY, event: false, count },
      ...(Number(row["leavers"]) > 0
        ? [{ entry: day, exit: day, event: true, count: Number(row["leavers"]) }]
        : []),
    ];
  });
}

function line(rows: readonly Row[]): Omit<RetentionLine, "source"> {
  const people = watchedOf(rows);
  const steps = kaplanMeier(people);
  // Late comers in the watching leave few at risk at first; a share of two or three would rule all that follows.
  const isSeen = (day: number) =>
    DAYS.every((one) => one > day || atRiskAt(people, one) >= FEWEST_AT_RISK) &&
    steps.every(({ time, atRisk }) => time > day || atRisk >= FEWEST_AT_RISK);
  const { median } = medianSurvival(steps);
  return {
    stays: sum(rows, "entered"),
    left: sum(rows, "leavers"),
    kept: DAYS.map((day) => {
      const last = steps.filter(({ time }) => time <= day).at(-1);
      return isSeen(day)
        ? { day, share: last?.survival ?? 1, interval: last?.interval ?? null }
        : { day, share: null, interval: null };
    }),
    medianDays: median !== null && isSeen(median) ? median : null,
  };
}

function sum(rows: readonly Row[], column: (typeof COUNTS)[number]): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}
