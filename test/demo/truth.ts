import { overlaps, presentAt } from "../../fixtures/demo/roster.ts";
import { at, DATA_END, DAY, WEEK, WEEKS, weekOf } from "../../fixtures/demo/time.ts";
import type { Community, Membership, Order } from "../../fixtures/demo/types.ts";

/** Per person of a week: counted (in the denominator), and a hit (in the numerator). */
export type Roll = Map<number, boolean>;
export type Kpi = "activity_rate" | "conversion_rate" | "churn_rate" | "newcomer_7d" | "repurchase_rate";

/** The KPIs of every group and week from the generator's own memory, with plain loops. `*` = all groups. */
export function rolls(community: Community, kpi: Kpi): Map<string, Roll[]> {
  const all = new Map<string, Roll[]>();
  const orders = valid(community.orders);
  for (const { id } of [...community.groups, { id: "*" }]) {
    const members = community.memberships.filter(({ group }) => id === "*" || group.id === id);
    const speakers = id === "*" ? undefined : spoken(community, id);
    const weeks = Array.from({ length: WEEKS }, (_, week): Roll => {
      const roll: Roll = new Map();
      if (kpi === "newcomer_7d") return newcomers(community, id, members, week);
      for (const one of members) {
        if (!overlaps(one, at(week, 0, 0), at(week + 1, 0, 0))) continue;
        const { no } = one.person;
        if (kpi === "repurchase_rate") {
          const bought = orders.filter((order) => order.person === one.person);
          if (!bought.some((order) => inWeek(order, week) && counts(order, one))) continue;
          const first = Math.min(...bought.filter((order) => inWeek(order, week)).map(day));
          roll.set(
            no,
            bought.some((order) => day(order) < first),
          );
          continue;
        }
        const hit =
          kpi === "activity_rate"
            ? (speakers ?? spoken(community, one.group.id)).has(`${one.id} ${week}`)
            : kpi === "conversion_rate"
              ? orders.some(
                  (order) => order.person === one.person && inWeek(order, week) && counts(order, one),
                )
              : left(members, one, week);
        roll.set(no, (roll.get(no) ?? false) || hit);
      }
      return roll;
    });
    all.set(id, weeks);
  }
  return all;
}

export function rate(roll: Roll | undefined): { hits: number; of: number; value: number } {
  const hits = [...(roll?.values() ?? [])].filter(Boolean).length;
  return { hits, of: roll?.size ?? 0, value: hits / (roll?.size ?? 0) };
}

export function valid(orders: readonly Order[]): Order[] {
  return orders.filter(
    ({ person, paidAt, refund, cents }) =>
      person && paidAt !== null && (refund === null || refund.at > DATA_END || refund.cents < cents),
  );
}

const caches = new WeakMap<Community, Map<string, Set<string>>>();

/** `member week` of everyone who spoke in a group and did not take it back. */
function spoken(community: Community, group: string): Set<string> {
  let cache = caches.get(community);
  if (!cache) {
    cache = new Map(community.groups.map(({ id }) => [id, new Set<string>()]));
    for (const one of community.messages) {
      if (one.role === "member" && one.recalledAt === null)
        cache.get(one.group.id)?.add(`${one.from} ${weekOf(one.at)}`);
    }
    caches.set(community, cache);
  }
  return cache.get(group) ?? new Set();
}

function inWeek({ paidAt }: Order, week: number): boolean {
  return paidAt !== null && weekOf(paidAt) === week;
}

function day({ paidAt }: Order): number {
  return Math.floor(((paidAt ?? 0) - at(0, 0, 0)) / DAY);
}

/** In its own group when it has one, else wherever the buyer was. */
function counts(order: Order, one: Membership): boolean {
  return order.group ? order.group === one.group : presentAt(one, order.paidAt ?? 0);
}

function left(members: readonly Membership[], { person }: Membership, week: number): boolean {
  const own = members.filter((one) => one.person === person);
  return (
    own.some((one) => one.leftAt !== null && weekOf(one.leftAt) === week) &&
    !own.some((one) => presentAt(one, at(week + 1, 0, 0)))
  );
}

function newcomers(community: Community, id: string, members: readonly Membership[], week: number): Roll {
  const roll: Roll = new Map();
  if (id === "*") return roll;
  const said = community.messages.filter(
    (one) => one.group.id === id && one.role === "member" && one.recalledAt === null,
  );
  for (const one of members) {
    if (weekOf(one.joinedAt) !== week || one.joinedAt + WEEK > DATA_END) continue;
    if (members.some((other) => other.person === one.person && other.joinedAt < one.joinedAt)) continue;
    roll.set(
      one.person.no,
      said.some(
        (message) =>
          message.from === one.id && message.at >= one.joinedAt && message.at < one.joinedAt + WEEK,
      ),
    );
  }
  return roll;
}
