import { beforeAll, describe, expect, test } from "vitest";
import { buildCommunity } from "../../fixtures/demo/community.ts";
import { dormantBuyers } from "../../fixtures/demo/dormant.ts";
import { DEFAULT_SEED } from "../../fixtures/demo/index.ts";
import { EFFECTS, PLANTED } from "../../fixtures/demo/planted.ts";
import { at, day, END, weekOf } from "../../fixtures/demo/time.ts";
import type { Community } from "../../fixtures/demo/types.ts";
import type { Kpi } from "./truth.ts";
import { Judge } from "./verdict.ts";

const MINIMUM: Record<Kpi, number> = {
  activity_rate: 30,
  conversion_rate: 30,
  churn_rate: 30,
  newcomer_7d: 20,
  repurchase_rate: 20,
};
const KPIS = Object.keys(MINIMUM) as Kpi[];

let community: Community;
let judges: Map<Kpi, Judge>;
beforeAll(() => {
  community = buildCommunity(DEFAULT_SEED);
  judges = new Map(KPIS.map((kpi) => [kpi, new Judge(community, kpi, MINIMUM[kpi])]));
});

const judge = (kpi: string, group: string, week: string) => {
  const kind = community.groups.find(({ id }) => id === group)?.kind;
  const alike = community.groups.filter((one) => one.kind === kind).map(({ id }) => id);
  const found = judges.get(kpi as Kpi)?.judge(group, week, alike);
  if (!found) throw new Error(`no judge for ${kpi}`);
  return found;
};

describe("planted", () => {
  test.each(PLANTED.filter(({ group }) => group !== "*"))(
    "$id: $kpi of $week goes $direction",
    ({ kpi, group, week, direction }) => {
      const { z, now, before } = judge(kpi, group, week);
      expect(direction === "up" ? z : -z).toBeGreaterThan(4);
      expect(Math.min(now.of, before.of)).toBeGreaterThanOrEqual(MINIMUM[kpi as Kpi]);
    },
  );

  test("the sizes are those of the story", () => {
    const { ads, topics, camp, newcomers } = EFFECTS;
    expect(judge("churn_rate", ads.group, "2026-W47").now.value).toBeGreaterThan(0.09);
    expect(judge("churn_rate", ads.group, "2026-W47").before.value).toBeLessThan(0.03);
    expect(judge("activity_rate", topics.group, "2026-W47").now.value).toBeGreaterThan(0.42);
    expect(judge("conversion_rate", camp.group, "2026-W45").now.value).toBeGreaterThan(0.2);
    expect(judge("newcomer_7d", newcomers.group, "2026-W46").now.value).toBeLessThan(0.2);
  });

  test("fourteen ads more, and the leavers say so", () => {
    const { ads } = EFFECTS;
    const posts = (week: number) =>
      community.messages.filter(
        (one) => one.group.id === ads.group && one.tag === "ad" && weekOf(one.at) === week,
      ).length;
    expect(posts(ads.week)).toBeGreaterThanOrEqual(14);
    expect(Math.max(posts(ads.week - 3), posts(ads.week - 2))).toBeLessThanOrEqual(2);
    const told = community.answers.filter((one) => one.group.id === ads.group && weekOf(one.at) === ads.week);
    const because = told.filter(({ answer }) => answer.includes("广告太多"));
    expect(told.length).toBeGreaterThanOrEqual(15);
    expect(because.length / told.length).toBeGreaterThan(0.6);
  });

  test("both promotions lift orders", () => {
    const sold = (week: number) =>
      community.orders.filter(({ paidAt }) => paidAt !== null && weekOf(paidAt) === week).length;
    // The community grows, so each week is compared with its ordinary neighbours, not with all others.
    const ordinary = (week: number) =>
      [-3, -2, -1, 1, 2, 3]
        .map((away) => week + away)
        .filter((one) => one >= 0 && !EFFECTS.promotions.has(one))
        .map(sold);
    for (const week of EFFECTS.promotions.keys()) {
      const near = ordinary(week);
      const usual = near.reduce((sum, one) => sum + one, 0) / near.length;
      expect(sold(week)).toBeGreaterThan(1.1 * usual);
    }
  });

  test("at least forty good customers went silent", () => {
    expect(dormantBuyers(community).length).toBeGreaterThanOrEqual(40);
  });
});

describe("ordinary", () => {
  test("no other group changed in the last week", () => {
    for (const kpi of ["activity_rate", "conversion_rate", "churn_rate"]) {
      for (const { id } of community.groups) {
        if (PLANTED.some((one) => one.kpi === kpi && one.group === id && one.week === "2026-W47")) continue;
        expect(Math.abs(judge(kpi, id, "2026-W47").z), `${kpi} of ${id}`).toBeLessThan(2.4);
      }
    }
  });

  test("rates stay in their usual ranges", () => {
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const { id } of community.groups) {
      const of = (kpi: Kpi) => mean((judges.get(kpi)?.rates(id) ?? []).slice(0, 23));
      expect(of("activity_rate"), id).toBeGreaterThan(0.15);
      expect(of("activity_rate"), id).toBeLessThan(0.35);
      expect(of("conversion_rate"), id).toBeGreaterThan(0.035);
      expect(of("conversion_rate"), id).toBeLessThan(0.1);
      expect(of("churn_rate"), id).toBeGreaterThan(0.008);
      expect(of("churn_rate"), id).toBeLessThan(0.025);
    }
    const repurchase = mean((judges.get("repurchase_rate")?.rates("*") ?? []).slice(8));
    expect(repurchase).toBeGreaterThan(0.25);
    expect(repurchase).toBeLessThan(0.45);
  });

  test("five orders in six match a person", () => {
    const share = community.orders.filter(({ person }) => person !== null).length / community.orders.length;
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(0.9);
  });

  test("people sit in several groups, come back, and share a phone", () => {
    const groups = new Map<number, Set<string>>();
    let rejoined = 0;
    for (const { person, group } of community.memberships) {
      const known = groups.get(person.no) ?? new Set();
      if (known.has(group.id)) rejoined++;
      groups.set(person.no, known.add(group.id));
    }
    expect([...groups.values()].filter(({ size }) => size > 1).length).toBeGreaterThan(50);
    expect(rejoined).toBeGreaterThan(10);
    expect(community.sharedPhone.people).toHaveLength(5);
  });

  test("memberships of a person in a group never overlap, and nobody leaves a WeCom group before a list names them", () => {
    const last = new Map<string, number>();
    for (const { group, id, joinedAt, leftAt } of [...community.memberships].sort(
      (a, b) => a.joinedAt - b.joinedAt,
    )) {
      expect(joinedAt).toBeGreaterThanOrEqual(last.get(`${group.id} ${id}`) ?? 0);
      last.set(`${group.id} ${id}`, leftAt ?? Number.POSITIVE_INFINITY);
      if (group.kind === "retail" && leftAt !== null) {
        expect(weekOf(leftAt)).toBeGreaterThan(Math.max(-1, weekOf(joinedAt)));
        expect(leftAt).toBeLessThan(at(weekOf(leftAt), 6, 23, 50));
      }
    }
  });

  test("members speak only while they are members, and the data reaches into the next Monday", () => {
    const stays = new Map<string, { joinedAt: number; leftAt: number | null }[]>();
    for (const { group, id, joinedAt, leftAt } of community.memberships) {
      stays.set(`${group.id} ${id}`, [...(stays.get(`${group.id} ${id}`) ?? []), { joinedAt, leftAt }]);
    }
    for (const one of community.messages) {
      if (one.role !== "member") continue;
      const inside = stays
        .get(`${one.group.id} ${one.from}`)
        ?.some(({ joinedAt, leftAt }) => joinedAt <= one.at && (leftAt === null || leftAt > one.at));
      expect(inside, `${one.name} on ${day(one.at)}`).toBe(true);
    }
    for (const group of community.groups) {
      expect(community.messages.some((one) => one.group === group && one.at >= END)).toBe(true);
    }
  });
});
