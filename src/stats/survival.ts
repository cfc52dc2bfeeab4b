import type { Interval } from "./intervals.ts";
import { erfc, Z95 } from "./normal.ts";

/** Someone watched from `entry` (0 = from the start) to `exit`; `event` false = still there when last seen. */
export interface Watched {
  entry?: number;
  exit: number;
  event: boolean;
  /** How many such people; one unless said. */
  count?: number;
}

export interface Step {
  time: number;
  atRisk: number;
  events: number;
  survival: number;
  se: number;
  interval: Interval | null;
}

/** Kaplan–Meier with delayed entry: at risk at t = entry < t ≤ exit. Greenwood errors, log-log intervals. */
export function kaplanMeier(people: readonly Watched[]): Step[] {
  const sizeOf = ({ count = 1 }: Watched) => count;
  const left = new Map<number, number>();
  for (const one of people) if (one.event) left.set(one.exit, (left.get(one.exit) ?? 0) + sizeOf(one));
  const entries = [...people].sort((a, b) => (a.entry ?? 0) - (b.entry ?? 0));
  const exits = [...people].sort((a, b) => a.exit - b.exit);
  let [survival, greenwood, atRisk, entered, gone] = [1, 0, 0, 0, 0];
  return [...left]
    .sort(([a], [b]) => a - b)
    .map(([time, events]) => {
      for (let one = entries[entered]; one && (one.entry ?? 0) < time; one = entries[++entered])
        atRisk += sizeOf(one);
      for (let one = exits[gone]; one && one.exit < time; one = exits[++gone]) atRisk -= sizeOf(one);
      survival *= 1 - events / atRisk;
      greenwood += events / (atRisk * (atRisk - events));
      return {
        time,
        atRisk,
        events,
        survival,
        se: survival === 0 ? 0 : survival * Math.sqrt(greenwood),
        interval: logLog(survival, greenwood),
      };
    });
}

function logLog(survival: number, greenwood: number): Interval | null {
  if (survival <= 0 || survival >= 1) return null;
  const width = Math.exp((Z95 * Math.sqrt(greenwood)) / Math.abs(Math.log(survival)));
  return [survival ** width, survival ** (1 / width)];
}

export function survivalAt(steps: readonly Step[], time: number): number {
  return steps.filter((step) => step.time <= time).at(-1)?.survival ?? 1;
}

/** First time at which half are gone, with its interval; null = never seen. */
export function medianSurvival(steps: readonly Step[]) {
  const first = (of: (step: Step) => number | undefined) =>
    steps.find((step) => (of(step) ?? 1) <= 0.5 + 1e-12)?.time ?? null;
  return {
    median: first(({ survival }) => survival),
    interval: [first(({ interval }) => interval?.[0]), first(({ interval }) => interval?.[1])],
  };
}

/** Mean time up to a horizon: the area under the curve. */
export function restrictedMean(steps: readonly Step[], horizon: number): number {
  let [area, from, height] = [0, 0, 1];
  for (const { time, survival } of steps.filter((step) => step.time < horizon)) {
    area += height * (time - from);
    [from, height] = [time, survival];
  }
  return area + height * (horizon - from);
}

/** Log-rank test of two groups; `excess` = events of the first beyond what the pace of both gives it. */
export function logRank(
  a: readonly Watched[],
  b: readonly Watched[],
): { chi2: number; p: number; excess: number } {
  const own = new Map(kaplanMeier(a).map((step) => [step.time, step]));
  let [difference, variance] = [0, 0];
  for (const { time, atRisk, events } of kaplanMeier([...a, ...b])) {
    const share = (own.get(time)?.atRisk ?? atRiskAt(a, time)) / atRisk;
    difference += (own.get(time)?.events ?? 0) - events * share;
    if (atRisk > 1) variance += (events * share * (1 - share) * (atRisk - events)) / (atRisk - 1);
  }
  const chi2 = difference ** 2 / variance;
  return { chi2, p: erfc(Math.sqrt(chi2 / 2)), excess: difference };
}

/** Who is being watched just before a time. */
export function atRiskAt(people: readonly Watched[], time: number): number {
  return people.reduce(
    (sum, { entry = 0, exit, count = 1 }) => sum + (entry < time && exit >= time ? count : 0),
    0,
  );
}
