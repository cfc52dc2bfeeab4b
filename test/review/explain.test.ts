import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explain } from "../../src/review/explain/explain.ts";
import type { Explanation } from "../../src/review/explain/types.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const catalog = readCatalog(SQL_ROOT);
const WEEK = "2026-11-09";

let community: Community;
let database: Database;
const everything = new Map<string, Explanation[]>();

/** Three groups: `loud` doubles its speakers, `still` and `late` do not; `late` opens in the second week. */
beforeAll(async () => {
  community = new Community();
  const member = (group: string, n: number, joined: string, left: string | null = null) => ({
    group_id: group,
    member_id: `m${n}`,
    level: n % 3 === 0 ? "VIP" : "普通",
    source: n % 2 ? "qr" : "invite",
    joined_at: joined,
    left_at: left,
  });
  const members = [
    ...Array.from({ length: 60 }, (_, n) => member("loud", n, "2026-09-01T09:00:00")),
    // Twenty people are in two groups: groups add up to more than everyone.
    ...Array.from({ length: 60 }, (_, n) =>
      member("still", n + 40, "2026-10-01T09:00:00", n > 50 ? "2026-11-07T12:00:00" : null),
    ),
    ...Array.from({ length: 35 }, (_, n) => member("late", n + 200, "2026-11-10T09:00:00")),
  ];
  const said = (group: string, n: number, day: string) => ({
    group_id: group,
    sender_id: `m${n}`,
    sent_at: `${day}T10:${String(n % 60).padStart(2, "0")}:00`,
    text: `今天吃什么 ${n}`,
  });
  const messages = [
    ...Array.from({ length: 12 }, (_, n) => said("loud", n, "2026-11-04")),
    ...Array.from({ length: 42 }, (_, n) => said("loud", n, "2026-11-11")),
    ...Array.from({ length: 15 }, (_, n) => said("still", n + 45, "2026-11-05")),
    ...Array.from({ length: 15 }, (_, n) => said("still", n + 42, "2026-11-12")),
    ...Array.from({ length: 10 }, (_, n) => said("late", n + 200, "2026-11-13")),
  ];
  const orders = Array.from({ length: 30 }, (_, n) => ({
    order_id: `o${n}`,
    buyer_id: `m${(n * 7) % 60}`,
    paid_at: `2026-11-${n < 12 ? "05" : "12"}T12:${String(n).padStart(2, "0")}:00`,
    amount: 20 + n,
    group_id: n % 4 ? "loud" : "still",
  }));
  await community.import("members.csv", csv(members));
  await community.import("messages.csv", csv(messages));
  await community.import("orders.csv", csv(orders));
  const generation = await community.build("2026-11-16T00:00:00+08:00");
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
  for (const group of ["*", "loud", "still"]) {
    const ids = catalog.kpis.map(({ id }) => id);
    everything.set(group, await explain(database, catalog, ids, { week: WEEK, group }));
  }
});
afterAll(() => {
  database.close();
  community.remove();
});

const of = (group: string, kpi: string) => everything.get(group)?.find((one) => one.kpi === kpi);

describe("explanations", () => {
  test.each(["*", "loud", "still"])("of %s: every split of every KPI adds up to its move", (group) => {
    const explained = everything.get(group) ?? [];
    expect(explained.length).toBeGreaterThan(8);
    for (const { kpi, delta, dimensions, people, factors, effects } of explained) {
      const tolerance = 1e-9 * Math.max(1, Math.abs(delta));
      for (const dimension of [...dimensions, ...(people ? [people] : [])]) {
        const sum = dimension.parts.reduce((total, part) => total + part.total, 0);
        expect(Math.abs(sum - delta), `${kpi} by ${dimension.id}`).toBeLessThan(tolerance);
        for (const part of dimension.parts) expect(part.rate + part.mix).toBeCloseTo(part.total, 12);
      }
      if (people) expect(people.behaviour + people.base).toBeCloseTo(delta, 9);
      if (effects) expect(effects.numerator + effects.denominator).toBeCloseTo(delta, 9);
      const product = factors.reduce((sum, { effect }) => sum + effect, 0);
      if (factors.length > 0) expect(Math.abs(product - delta)).toBeLessThan(tolerance);
    }
  });

  test("the group that moved is found, and named alone", () => {
    expect(of("*", "activity_rate")?.best).toMatchObject({ dimension: "group", values: ["loud"] });
    expect(of("*", "activity_rate")?.dimensions[0]?.parts[0]?.value).toBe("loud");
  });

  test("what is divided by the days of a week adds up over groups, and is no rate of them", () => {
    const daily = of("*", "dau_mean");
    const groups = daily?.dimensions.find(({ id }) => id === "group")?.parts ?? [];
    expect(groups.map(({ value }) => value)).not.toContain("*");
    const parts = Object.fromEntries(groups.map(({ value, total }) => [value, total]));
    expect(parts["loud"]).toBeCloseTo(30 / 7, 9);
    expect(parts["late"]).toBeCloseTo(10 / 7, 9);
    expect(parts["still"]).toBeCloseTo(0, 9);
    expect(daily?.delta).toBeCloseTo(40 / 7, 9);
  });

  test("a group that opens is all mix; its people join", () => {
    const groups = of("*", "activity_rate")?.dimensions.find(({ id }) => id === "group");
    const late = groups?.parts.find(({ value }) => value === "late");
    expect(late).toMatchObject({
      rate: 0,
      before: { denominator: 0, value: null },
      after: { denominator: 35 },
    });
    const joined = of("*", "activity_rate")?.people?.parts.find(({ value }) => value === "joined");
    expect(joined?.after).toMatchObject({ numerator: 10, denominator: 35 });
  });

  test("people in several groups stand as a part of their own", () => {
    const groups = of("*", "messages")?.dimensions.find(({ id }) => id === "group");
    expect(groups?.parts.some(({ value }) => value === "*")).toBe(false);
    const rate = of("*", "activity_rate")?.dimensions.find(({ id }) => id === "group");
    expect(rate?.parts.at(-1)?.value).toBe("*");
    expect(of("loud", "activity_rate")?.dimensions.map(({ id }) => id)).not.toContain("group");
  });

  test("money is a product of its factors", () => {
    const factors = of("*", "gmv_net")?.factors ?? [];
    expect(factors).toHaveLength(4);
    expect(factors.reduce((made, { after }) => made * after, 1)).toBeCloseTo(
      of("*", "gmv_net")?.after.value ?? 0,
      6,
    );
  });

  test("everyone moving alike is explained by nothing", () => {
    const loud = of("loud", "activity_rate");
    expect(loud?.best).toBeNull();
    expect(loud?.dimensions.map(({ id }) => id)).toEqual(expect.arrayContaining(["source", "tier"]));
  });

  test("a week without a week before has no explanation", async () => {
    expect(await explain(database, catalog, ["activity_rate"], { week: "2026-11-02", group: "*" })).toEqual(
      [],
    );
  });
});

test("two groups of the very same people have a rate each, and weigh one half", async () => {
  const twins = new Community();
  const people = Array.from({ length: 40 }, (_, n) => `m${n}`);
  const both = (of: (group_id: string) => readonly Record<string, string>[]) => ["a", "b"].flatMap(of);
  const said = (group_id: string, count: number, day: string) =>
    people
      .slice(0, count)
      .map((sender_id) => ({ group_id, sender_id, sent_at: `${day}T10:00:00`, text: "早" }));
  await twins.import(
    "members.csv",
    csv(
      both((group_id) =>
        people.map((member_id) => ({ group_id, member_id, joined_at: "2026-09-01T09:00:00" })),
      ),
    ),
  );
  await twins.import(
    "messages.csv",
    csv([
      ...said("a", 10, "2026-11-04"),
      ...said("b", 12, "2026-11-04"),
      ...said("a", 26, "2026-11-11"),
      ...said("b", 12, "2026-11-11"),
    ]),
  );
  const generation = await twins.build("2026-11-16T00:00:00+08:00");
  const own = await Database.open(generationPath(twins.workspace.marts, generation), { readOnly: true });
  try {
    const [rate] = await explain(own, catalog, ["activity_rate"], { week: WEEK, group: "*" });
    const parts = rate?.dimensions.find(({ id }) => id === "group")?.parts ?? [];
    // 12 of 40 spoke, then 26: +0.35. Each group is half of all person-times.
    expect(
      parts.map(({ value, after, total }) => [value, after.denominator, Number(total.toFixed(9))]),
    ).toEqual([
      ["a", 40, 0.2],
      ["b", 40, 0],
      ["*", null, 0.15],
    ]);
  } finally {
    own.close();
    twins.remove();
  }
});
