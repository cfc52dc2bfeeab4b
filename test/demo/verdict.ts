import { PLANTED } from "../../fixtures/demo/planted.ts";
import { weekIndex } from "../../fixtures/demo/time.ts";
import type { Community } from "../../fixtures/demo/types.ts";
import { type Kpi, type Roll, rate, rolls } from "./truth.ts";

export interface Change {
  before: ReturnType<typeof rate>;
  now: ReturnType<typeof rate>;
  d: number;
  se: number;
}

/** The change of a ratio between two weeks with overlapping people, and its standard error. */
export function change(before: Roll | undefined, now: Roll | undefined): Change {
  const [r0, r1] = [rate(before), rate(now)];
  let squares = 0;
  const people = new Set([...(before?.keys() ?? []), ...(now?.keys() ?? [])]);
  for (const one of people) {
    const [old, fresh] = [before?.get(one), now?.get(one)];
    const u1 = fresh === undefined ? 0 : (Number(fresh) - r1.value) / r1.of;
    const u0 = old === undefined ? 0 : (Number(old) - r0.value) / r0.of;
    squares += (u1 - u0) ** 2;
  }
  return {
    before: r0,
    now: r1,
    d: r1.value - r0.value,
    se: Math.sqrt((people.size / (people.size - 1)) * squares),
  };
}

/** z = d / √(se² + τ²), τ² from the past week pairs of the given groups, promotions left out. */
export class Judge {
  readonly #rolls: Map<string, Roll[]>;
  readonly #minimum: number;

  constructor(community: Community, kpi: Kpi, minimum: number) {
    this.#rolls = rolls(community, kpi);
    this.#minimum = minimum;
  }

  rates(group: string): number[] {
    return (this.#rolls.get(group) ?? []).map((roll) => rate(roll).value);
  }

  judge(group: string, label: string, comparable: readonly string[]): Change & { tau: number; z: number } {
    const week = weekIndex(label);
    const own = this.#rolls.get(group) ?? [];
    const result = change(own[week - 1], own[week]);
    const tau = Math.sqrt(Math.max(0, this.#tau2(week, comparable)));
    return { ...result, tau, z: result.d / Math.sqrt(result.se ** 2 + tau ** 2) };
  }

  #tau2(until: number, comparable: readonly string[]): number {
    const promotions = new Set(
      PLANTED.filter(({ group }) => group === "*").map(({ week }) => weekIndex(week)),
    );
    promotions.add(weekIndex("2026-W25"));
    let [sum, pairs] = [0, 0];
    for (const group of comparable) {
      const weeks = this.#rolls.get(group) ?? [];
      for (let week = 1; week < until; week++) {
        if (promotions.has(week) || promotions.has(week - 1)) continue;
        const { d, se, before, now } = change(weeks[week - 1], weeks[week]);
        if (before.of < this.#minimum || now.of < this.#minimum) continue;
        sum += d * d - se * se;
        pairs++;
      }
    }
    return pairs === 0 ? 0 : sum / pairs;
  }
}
