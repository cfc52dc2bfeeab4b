import type { Generation } from "../review/source.ts";
import { addDays } from "../review/weeks.ts";
import { cuped } from "../stats/experiment.ts";
import { newcombe } from "../stats/intervals.ts";
import { Z95 } from "../stats/normal.ts";
import type { Campaign } from "./campaign.ts";

export interface Arm {
  /** As they are known now: two ids that have turned out to be one person's are one. */
  people: number;
  /** Null to whoever may not see counts of few people. */
  returned: number | null;
  /** Null where no chat log, or no orders, were ever imported. */
  spoke: number | null;
  bought: number | null;
  value: number | null;
}

export interface Outcome {
  treated: Arm;
  held: Arm;
  /** Last day that the data covers, of the days that count. */
  until: string;
  /** Whether all of them are over. */
  over: boolean;
  /** Share that returned among those written to less that among those left alone; null with nobody on one side, or where that is not seen. */
  lift: number | null;
  /** Newcombe's 95 % interval of the lift. */
  interval: [number, number] | null;
  /** People who came back because of it: lift × those written to. */
  extra: number | null;
  /** What it brought in money; null without orders, with fewer than two people on a side, or where nobody spent anything. */
  spent: Spent | null;
}

/** Share that came back; null of nobody, or where that is not seen. */
export function shareOf({ people, returned }: Arm): number | null {
  return people > 0 && returned !== null ? returned / people : null;
}

/** Net amount per person, written to less left alone. */
export interface Spent {
  /** As it is, and after taking out what each spent in as many days before (CUPED, statistics.md 4.3). */
  plain: number;
  adjusted: number;
  /** 95 % of `adjusted`. */
  interval: [number, number];
  /** How much of the variation between people the time before explains, 0–1. */
  explained: number;
}

/**
 * What a campaign brought, by those left alone.
 * @param asOf local clock up to which the data reach, itself not; a day alone is its midnight: of that day nothing is known.
 */
export async function outcomeOf(
  ask: Generation["query"],
  { list, treated, held, from, to }: Campaign,
  asOf: string,
): Promise<Outcome> {
  const [day = "", time = ""] = asOf.split(" ");
  const last = /[1-9]/.test(time) ? day : addDays(day, -1);
  const until = last < to ? last : to;
  // Whoever may see one group alone asks for that group.
  const asked = (people: readonly string[], others: readonly string[]) => ({
    ...{ people: people.join(","), others: others.join(",") },
    ...{ group_id: list.group, from, to: until },
  });
  const arm = async (people: readonly string[], others: readonly string[]): Promise<Arm> => {
    const [row] = await ask("campaign_outcome", asked(people, others));
    const number = (name: string) => (row && row[name] !== null ? Number(row[name]) : null);
    const [returned, spoke, bought] = [number("returned"), number("spoke"), number("bought")];
    // Of those who returned, whoever did not speak bought: one of the two alone would tell the other, which is of few people.
    const isTold = (one: number | null, other: number | null) => other !== null || one === returned;
    return {
      people: number("people") ?? people.length,
      returned,
      spoke: isTold(spoke, bought) ? spoke : null,
      bought: isTold(bought, spoke) ? bought : null,
      value: number("value"),
    };
  };
  const spending = async (people: readonly string[], others: readonly string[]) => {
    const rows = await ask("campaign_spending", asked(people, others));
    // Who may not see few people, or has no orders, gets null cells.
    if (rows.some(({ before, persons }) => before === null || persons === null)) return null;
    return rows.flatMap(({ before, after, persons }) =>
      Array.from({ length: Number(persons) }, (): [number, number] => [Number(before), Number(after)]),
    );
  };
  const [a, b, paidA, paidB] = await Promise.all([
    arm(treated, held),
    arm(held, treated),
    spending(treated, held),
    spending(held, treated),
  ]);
  const known = a.people > 0 && b.people > 0 && until >= from;
  const seen =
    known && a.returned !== null && b.returned !== null
      ? { a: a.returned, b: b.returned, lift: a.returned / a.people - b.returned / b.people }
      : null;
  const lift = seen?.lift ?? null;
  return {
    treated: a,
    held: b,
    until,
    over: asOf >= addDays(to, 1),
    lift,
    interval: seen && newcombe(seen.a, a.people, seen.b, b.people),
    extra: lift === null ? null : lift * a.people,
    spent: known && paidA && paidB ? spentOf(paidA, paidB) : null,
  };
}

function spentOf(treated: readonly [number, number][], held: readonly [number, number][]): Spent | null {
  if (treated.length < 2 || held.length < 2) return null;
  // Nothing spent on either side has no spread, and an interval from 0 to 0 would be certain of it.
  if ([...treated, ...held].every(([, after]) => after === 0)) return null;
  const { plain, adjusted, rho2 } = cuped(treated, held);
  // Where nobody spent before there is nothing to take out.
  const [used, explained] = Number.isFinite(rho2) ? [adjusted, rho2] : [plain, 0];
  const reach = Z95 * used.se;
  return {
    plain: plain.difference,
    adjusted: used.difference,
    interval: [used.difference - reach, used.difference + reach],
    explained,
  };
}
