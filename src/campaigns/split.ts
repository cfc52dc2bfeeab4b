import { localDay } from "../kit/time.ts";
import type { DormantRow } from "../review/types.ts";
import { addDays } from "../review/weeks.ts";
import { holdoutDraw, sampleSize } from "../stats/experiment.ts";
import { zOf } from "../stats/intervals.ts";
import { invert } from "../stats/special.ts";
import type { Campaign } from "./campaign.ts";

/** Under so many people a campaign is refused; under the second number it is told that it will prove nothing. */
export const FEWEST = 20;
export const TELLING = 50;
/** One in so many of each stratum is left alone. */
const ONE_IN = 5;
/** Nobody is written to twice within so many days. */
export const REST_DAYS = 14;

type Person = Pick<DormantRow, "personId" | "why" | "orders">;

/**
 * Who is left alone, by lot within each stratum (why, and whether they bought): those of the lowest numbers, a fifth of
 * each within one person, a fifth of all to the nearest person (largest remainders). Same start, same split, whatever
 * the order of the list.
 */
export function splitList(people: readonly Person[], start: string): { treated: string[]; held: string[] } {
  const strata = new Map<string, { id: string; draw: number }[]>();
  for (const { personId, why, orders } of people) {
    const key = `${why} ${(orders ?? 0) > 0}`;
    const stratum = strata.get(key) ?? [];
    // Added to in place: copying the list for each of 130,000 people would take minutes.
    stratum.push({ id: personId, draw: holdoutDraw(start, personId) });
    strata.set(key, stratum);
  }
  const shares = [...strata].map(([key, list]) => ({
    key,
    list: list.sort((a, b) => a.draw - b.draw || (a.id < b.id ? -1 : 1)),
    whole: Math.floor(list.length / ONE_IN),
    rest: list.length % ONE_IN,
  }));
  let missing = Math.round(people.length / ONE_IN) - shares.reduce((sum, { whole }) => sum + whole, 0);
  const held = new Set<string>();
  for (const { list, whole } of shares.sort((a, b) => b.rest - a.rest || (a.key < b.key ? -1 : 1)))
    for (const { id } of list.slice(0, whole + (missing-- > 0 ? 1 : 0))) held.add(id);
  const ids = people.map(({ personId }) => personId);
  return { treated: ids.filter((id) => !held.has(id)), held: ids.filter((id) => held.has(id)) };
}

/** The campaigns that begin less than two weeks before or after that local day. */
export function nearTo(campaigns: readonly Campaign[], day: string): Campaign[] {
  const [first, last] = [addDays(day, 1 - REST_DAYS), addDays(day, REST_DAYS - 1)];
  return campaigns.filter(({ from }) => from >= first && from <= last);
}

/** Without those who were written to, or left alone to compare with, less than two weeks before or after that local day. */
export function contactable<T extends Pick<DormantRow, "personId" | "lastAddressed">>(
  people: readonly T[],
  campaigns: readonly Campaign[],
  from: string,
  timezone: string,
): T[] {
  const first = addDays(from, 1 - REST_DAYS);
  const resting = new Set(nearTo(campaigns, from).flatMap(({ treated, held }) => [...treated, ...held]));
  return people.filter(
    ({ personId, lastAddressed }) =>
      !resting.has(personId) && (lastAddressed === null || localDay(lastAddressed, timezone) < first),
  );
}

/**
 * The smallest difference to those left alone that is seen 8 times in 10, as a fraction.
 * @param base share of those left alone who come back by themselves.
 * @returns null when not even everyone coming back would show.
 */
export function detectable(treated: number, held: number, base: number): number | null {
  if (treated === 0 || held === 0) return null;
  const needed = (share: number) => sampleSize(base, share, zOf(0.95), zOf(0.6), treated / held);
  if (needed(1) > held) return null;
  return invert((share) => -needed(share), -held, base, 1) - base;
}
