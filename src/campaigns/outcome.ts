import type { Generation } from "../review/source.ts";
import { newcombe } from "../stats/intervals.ts";
import type { Campaign } from "./store.ts";

export interface Arm {
  people: number;
  returned: number;
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
  /** Share that returned among those written to less that among those left alone; null with nobody on one side. */
  lift: number | null;
  /** Newcombe's 95 % interval of the lift. */
  interval: [number, number] | null;
  /** People who came back because of it: lift × those written to. */
  extra: number | null;
}

/** What a campaign brought, by those left alone. @param asOf local day that the data reaches. */
export async function outcomeOf(
  ask: Generation["query"],
  { treated, held, from, to }: Campaign,
  asOf: string,
): Promise<Outcome> {
  const until = asOf < to ? asOf : to;
  const arm = async (people: readonly string[]): Promise<Arm> => {
    const [row] = await ask("campaign_outcome", { people: people.join(","), from, to: until });
    const number = (name: string) => (row && row[name] !== null ? Number(row[name]) : null);
    return {
      people: people.length,
      returned: number("returned") ?? 0,
      spoke: number("spoke"),
      bought: number("bought"),
      value: number("value"),
    };
  };
  const [a, b] = [await arm(treated), await arm(held)];
  const known = a.people > 0 && b.people > 0 && until >= from;
  const lift = known ? a.returned / a.people - b.returned / b.people : null;
  return {
    treated: a,
    held: b,
    until,
    over: asOf >= to,
    lift,
    interval: known ? newcombe(a.returned, a.people, b.returned, b.people) : null,
    extra: lift === null ? null : lift * a.people,
  };
}
