import type { Interval } from "./intervals.ts";
import { erfc, Z95 } from "./normal.ts";

/** Someone watched from `entry` (0 = from the start) to `exit`; `event` false = still there when last seen. */
export interface Watched {
  entry?: number;
  exit: number;
  event: boolean;
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
  const times = [...new Set(people.filter(({ event }) => event).map(({ exit }) => exit))].sort(
    (a, b) => a - b,
  );
  let [survival, greenwood] = [1, 0];
  return times.map((time) => {
    const atRisk = people.filter(({ entry = 0, exit }) => entry < time && exit >= time).length;
    const events = people.filter(({ exit, event }) => event && exit === time).length;
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

/** Log-rank test of two groups. */
export function logRank(a: readonly Watched[], b: readonly Watched[]): { chi2: number; p: number } {
  const all = [...a, ...b];
  let [difference, variance] = [0, 0];
  for (const { time, atRisk, events } of kaplanMeier(all)) {
    const inA = a.filter(({ entry = 0, exit }) => entry < time && exit >= time).length;
    const eventsA = a.filter(({ exit, event }) => event && exit === time).length;
    const share = inA / atRisk;
    difference += eventsA - events * share;
    if (atRisk > 1) variance += (events * share * (1 - share) * (atRisk - events)) / (atRisk - 1);
  }
  const chi2 = difference ** 2 / variance;
  return { chi2, p: erfc(Math.sqrt(chi2 / 2)) };
}
