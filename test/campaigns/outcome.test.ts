import { describe, expect, it } from "vitest";
import type { Campaign } from "../../src/campaigns/campaign.ts";
import { outcomeOf } from "../../src/campaigns/outcome.ts";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { SQL_ROOT } from "../support/community.ts";

const campaign = (treated: number, held: number): Campaign => ({
  id: "0123456789",
  title: "唤醒",
  createdAt: "2026-11-02T08:00:00Z",
  by: "local",
  list: { week: "2026-W44", group: "*", segment: "dormant", why: null },
  from: "2026-11-02",
  to: "2026-11-08",
  message: "",
  treated: Array.from({ length: treated }, (_, at) => `t${at}`),
  held: Array.from({ length: held }, (_, at) => `h${at}`),
});

type Asked = Record<string, unknown>;
/** Answers as the query would: how many of each side returned. */
const answers =
  (returned: { t: number; h: number }, asked: Asked[] = []) =>
  async (name: string, params: Asked) => {
    if (name !== "campaign_outcome") return [];
    asked.push(params);
    const side = String(params["people"]).startsWith("t") ? "t" : "h";
    const people = String(params["people"])
      .split(",")
      .filter((id) => id !== "").length;
    return [{ people, returned: returned[side], spoke: returned[side], bought: 1, value: 20 }];
  };

describe("what a campaign brought", () => {
  it("is the share that returned, less that of those left alone", async () => {
    const asked: Asked[] = [];
    const made = await outcomeOf(answers({ t: 24, h: 2 }, asked), campaign(80, 20), "2026-11-30");
    expect(made).toMatchObject({ over: true, until: "2026-11-08" });
    // 24 of 80 are 30 %, 2 of 20 are 10 %: 20 points, which is 16 of the 80.
    expect(made.lift).toBeCloseTo(0.2, 12);
    expect(made.extra).toBeCloseTo(16, 12);
    const [low, high] = made.interval ?? [Number.NaN, Number.NaN];
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.2);
    expect(made.treated).toEqual({ people: 80, returned: 24, spoke: 24, bought: 1, value: 20 });
    expect(asked.map(({ from, to }) => [from, to])).toEqual([
      ["2026-11-02", "2026-11-08"],
      ["2026-11-02", "2026-11-08"],
    ]);
  });

  it("a loss is one: those left alone may return more often", async () => {
    const { lift, extra } = await outcomeOf(answers({ t: 8, h: 4 }), campaign(80, 20), "2026-11-30");
    expect(lift).toBeCloseTo(-0.1, 12);
    expect(extra).toBeCloseTo(-8, 12);
  });

  it("a count of few who bought is not the returned less those who spoke; without orders all is told", async () => {
    const viewed = (row: object) => async (name: string) =>
      name === "campaign_outcome" ? [{ people: 58, returned: 14, value: null, ...row }] : [];
    const side = async (row: object) =>
      (await outcomeOf(viewed(row) as never, campaign(58, 58), "2026-11-30")).treated;
    expect(await side({ spoke: 13, bought: null })).toMatchObject({
      returned: 14,
      spoke: null,
      bought: null,
    });
    expect(await side({ spoke: null, bought: 12 })).toMatchObject({
      returned: 14,
      spoke: null,
      bought: null,
    });
    // No orders were ever imported: whoever returned spoke.
    expect(await side({ spoke: 14, bought: null })).toMatchObject({ returned: 14, spoke: 14, bought: null });
  });

  it("while it runs, the days that the data covers count", async () => {
    const asked: Asked[] = [];
    const made = await outcomeOf(answers({ t: 1, h: 0 }, asked), campaign(10, 5), "2026-11-04 00:00:01");
    expect(made).toMatchObject({ over: false, until: "2026-11-04" });
    expect(asked[0]?.["to"]).toBe("2026-11-04");
    const at = (asOf: string) => outcomeOf(answers({ t: 1, h: 0 }), campaign(10, 5), asOf);
    expect(await at("2026-11-04 00:00:00")).toMatchObject({ until: "2026-11-03" });
    // Whoever comes back in the last minute counts: until it is over, nothing is said for good.
    expect(await at("2026-11-08 23:59:59")).toMatchObject({ over: false, until: "2026-11-08" });
    expect(await at("2026-11-09 00:00:00")).toMatchObject({ over: true, until: "2026-11-08" });
  });

  it.each([
    ["nobody was left alone", campaign(10, 0), "2026-11-30"],
    ["nobody was written to", campaign(0, 10), "2026-11-30"],
    ["it has not begun", campaign(10, 10), "2026-11-01 18:00:00"],
    ["it begins at this moment", campaign(10, 10), "2026-11-02 00:00:00"],
  ])("%s: nothing is claimed", async (_what, one, asOf) => {
    const made = await outcomeOf(answers({ t: 3, h: 3 }), one, asOf);
    expect([made.lift, made.interval, made.extra]).toEqual([null, null, null]);
  });
});

/** What each spent before and in it, of those written to (x, y) and of those left alone (statistics.md A.9). */
const SPENT = {
  h: { x: [0, 1, 2, 3, 5, 8], y: [1, 1, 3, 3, 6, 9] },
  t: { x: [0, 1, 4, 6, 2, 3], y: [0, 2, 5, 6, 2, 5] },
};

describe("what a campaign brought in money", () => {
  const spending =
    (change: (row: { before: number | null; after: number; persons: number }) => object = (row) => row) =>
    async (name: string, params: Asked) => {
      const side = String(params["people"]).startsWith("t") ? "t" : "h";
      if (name === "campaign_outcome")
        return [{ people: 6, returned: 1, spoke: 1, bought: null, value: null }];
      return SPENT[side].x.map(
        (before, at) => ({ ...change({ before, after: SPENT[side].y[at] ?? 0, persons: 1 }) }) as never,
      );
    };

  it("is per person, without what the two sides spent differently before", async () => {
    const { spent } = await outcomeOf(spending(), campaign(6, 6), "2026-11-30");
    expect(spent?.plain).toBeCloseTo(-0.5, 9);
    expect(spent?.adjusted).toBeCloseTo(0.0199252802, 9);
    expect(((spent?.interval[1] ?? 0) - (spent?.interval[0] ?? 0)) / 2 / 1.959963984540054).toBeCloseTo(
      0.3898378917,
      9,
    );
    expect(spent?.explained).toBeCloseTo(0.9407098786, 9);
  });

  it("nothing is taken out where nobody spent before, nothing said without orders or of few people", async () => {
    const fresh = await outcomeOf(
      spending((row) => ({ ...row, before: 0 })),
      campaign(6, 6),
      "2026-11-30",
    );
    expect(fresh.spent).toMatchObject({ adjusted: fresh.spent?.plain, explained: 0 });
    const unknown = await outcomeOf(
      spending((row) => ({ ...row, before: null })),
      campaign(6, 6),
      "2026-11-30",
    );
    expect(unknown.spent).toBeNull();
    const few = await outcomeOf(
      async (name) => (name === "campaign_outcome" ? [] : [{ before: 1, after: 1, persons: 1 }]),
      campaign(6, 6),
      "2026-11-30",
    );
    expect(few.spent).toBeNull();
    // An interval from 0 to 0 would be certain of what nobody knows on the first day.
    const none = await outcomeOf(
      spending((row) => ({ ...row, after: 0 })),
      campaign(6, 6),
      "2026-11-30",
    );
    expect(none.spent).toBeNull();
  });
});

it("spending is of as many days before as the campaign had", async () => {
  const database = await Database.open(":memory:");
  await database.run(`create schema marts; create schema report;
    create table report.about as select 'CNY' as currency;
    create table marts.identity (person_key varchar, person_id varchar);
    create table marts.memberships (group_id varchar, person_id varchar);
    create table marts.sources (source varchar, group_id varchar, is_known boolean, zh varchar, en varchar);
    create table marts.orders as select *, 'CNY' as currency from (values
      ('a', 10, true, date '2026-11-01'), ('a', 5, true, date '2026-11-02'), ('a', 7, true, date '2026-11-09'),
      ('b', 3, true, date '2026-10-26'), ('b', 9, true, date '2026-10-25'), ('b', 99, false, date '2026-11-03')
    ) as orders (person_id, net_amount, is_valid, paid_day)`);
  const rows = await runQuery(database, readCatalog(SQL_ROOT), "campaign_spending", {
    people: "a,b,c,d",
    from: "2026-11-02",
    to: "2026-11-08",
  });
  database.close();
  expect(rows).toEqual([
    { before: 0, after: 0, persons: 2 },
    { before: 3, after: 0, persons: 1 },
    { before: 10, after: 5, persons: 1 },
  ]);
});
