import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explain } from "../../src/review/explain/explain.ts";
import { searchPairs } from "../../src/review/explain/pairs.ts";
import type { Explanation } from "../../src/review/explain/types.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const START = Date.parse("2026-09-07T00:00:00Z");
const MINUTES = 8 * 7 * 24 * 60;

/** Numbers from 0 to below 1, the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A community without any plan: stays, rejoins, second groups, staff, refunds, speakers on no list. */
function random(seed: number, staff: readonly string[]) {
  const roll = dice(seed);
  const time = (minute: number) =>
    new Date(START + Math.floor(minute) * 60_000).toISOString().slice(0, 19).replace("T", " ");
  const members = Array.from({ length: 40 }, (_, at) => `m${at}`).flatMap((member_id) =>
    ["g1", "g2"].flatMap((group_id) => {
      if (roll() < 0.4) return [];
      const from = (roll() - 0.2) * MINUTES;
      const to = from + 1 + roll() * MINUTES;
      const role = staff.includes(member_id) ? "staff" : "member";
      const first = {
        group_id,
        member_id,
        role,
        joined_at: time(from),
        left_at: to < MINUTES ? time(to) : "",
      };
      const again = { ...first, joined_at: time(to + 2000), left_at: "" };
      return to + 2000 < MINUTES && roll() < 0.5 ? [first, again] : [first];
    }),
  );
  const messages = Array.from({ length: 300 }, (_, at) => ({
    group_id: roll() < 0.5 ? "g1" : "g2",
    sender_id: `m${Math.floor(roll() ** 2 * 44)}`,
    sent_at: time(roll() * MINUTES),
    text: ["收到", "还有货吗", "今天很好吃"][at % 3] ?? "",
  }));
  const orders = Array.from({ length: 80 }, (_, at) => ({
    order_id: `o${at}`,
    buyer_id: `m${Math.floor(roll() ** 2 * 44)}`,
    paid_at: time(roll() * MINUTES),
    amount: 10,
    refunded: [0, 0, 0, 10, 4][at % 5] ?? 0,
  }));
  return { members, messages, orders };
}

const COUNTS = ["members_end", "speakers", "messages", "buyers", "orders", "gmv_net", "joins", "leaves"];
const PERSONS = ["members_end", "speakers", "buyers", "activity_rate", "conversion_rate", "churn_rate"];
const FIGURES = "select * from report.kpi_weekly order by all";
const WRONG = [
  `select * from marts.group_weeks where members_end <> members_start + joins - leaves`,
  `select * from report.kpi_weekly inner join report.kpis using (kpi) where unit = 'ratio' and not (numerator between 0 and denominator)`,
  `select week, sum(persons) from (
     select week, "from" as segment, -persons as persons from marts.segment_flows where "from" <> 'none'
     union all select (week + 7)::date, segment, count(*) from marts.person_weeks where segment <> 'left' group by all
   ) where week in (select week from report.weeks) group by week, segment having sum(persons) <> 0`,
  `select segment_flows.week, "to" from marts.segment_flows inner join (select week, segment, count(*) as n from marts.person_weeks where segment <> 'left' group by all) as stock
     on stock.week = segment_flows.week and stock.segment = "to" group by segment_flows.week, "to", n having sum(persons) <> n`,
  `select person_id, week from marts.person_weeks group by all having count(*) > 1`,
  `select * from (select week, sum(members_present) as n from marts.segment_weeks where group_id = '*' group by week)
     inner join (select week, count(distinct person_id) as persons from marts.participation group by week) using (week) where n <> persons`,
];

describe.each([3, 17])("a random community (%i)", (seed) => {
  const community = new Community("groups:\n  g1: { owner: m3 }\n  g2: { owner: m4 }\n");
  const staffed = new Community();
  let answers: Row[][];
  let fewer: Row[];
  beforeAll(async () => {
    for (const [place, staff] of [
      [community, []],
      [staffed, ["m0", "m1", "m2"]],
    ] as const) {
      for (const [name, rows] of Object.entries(random(seed, staff)))
        await place.import(`${name}.csv`, csv(rows));
    }
    answers = await community.queries([FIGURES, ...WRONG], "2026-11-02T00:00:00");
    [fewer = []] = await staffed.queries([FIGURES], "2026-11-02T00:00:00");
  });
  afterAll(() => {
    community.remove();
    staffed.remove();
  });

  test("accounts balance, parts are no more than the whole, segments partition, flows add up on both sides", () => {
    expect(answers[0]?.length).toBeGreaterThan(500);
    expect(answers.slice(1)).toEqual(WRONG.map(() => []));
  });

  test("everyone counts once over all groups", () => {
    const groups = new Map<string, number>();
    const figures = (answers[0] ?? []).filter(
      (row) => PERSONS.includes(String(row["kpi"])) && row["segment"] === "*",
    );
    const key = (row: Row) => `${row["kpi"]} ${row["week"]}`;
    for (const row of figures.filter((one) => one["group_id"] !== "*"))
      groups.set(key(row), (groups.get(key(row)) ?? 0) + Number(row["numerator"]));
    const all = figures.filter((row) => row["group_id"] === "*");
    expect(all.length).toBeGreaterThan(20);
    for (const row of all)
      expect([key(row), Number(row["numerator"]) <= (groups.get(key(row)) ?? 0)]).toEqual([key(row), true]);
  });

  test("who turns out to be staff raises no count", () => {
    const key = (row: Row) => `${row["kpi"]} ${row["group_id"]} ${row["week"]}`;
    const counts = (rows: readonly Row[]) =>
      new Map(
        rows
          .filter((row) => COUNTS.includes(String(row["kpi"])) && row["segment"] === "*")
          .map((row) => [key(row), Number(row["numerator"])]),
      );
    const before = counts(answers[0] ?? []);
    const raised = [...counts(fewer)].filter(([at, count]) => count > (before.get(at) ?? 0));
    expect(raised).toEqual([]);
    expect([...counts(fewer).values()].reduce((sum, n) => sum + n, 0)).toBeLessThan(
      [...before.values()].reduce((sum, n) => sum + n, 0),
    );
  });

  test("every split of every KPI's change adds up, in one dimension and in two, and comes out the same again", async () => {
    const catalog = readCatalog(SQL_ROOT);
    const ids = catalog.kpis.map(({ id }) => id);
    const reader = new GenerationReader(community.workspace.marts);
    const all: Explanation[] = [];
    let [first, again]: Explanation[][] = [[], []];
    await reader.read(async (database) => {
      for (const week of ["2026-09-21", "2026-10-12", "2026-10-26"])
        for (const group of ["*", "g1", "g2"]) {
          const scope = { week, group };
          const made = await explain(database, catalog, ids, scope);
          const before = new Date(Date.parse(week) - 7 * 86_400_000).toISOString().slice(0, 10);
          await searchPairs(database, catalog, made, { ...scope, previous: before });
          all.push(...made);
        }
      const scope = { week: "2026-10-12", group: "*" };
      [first, again] = [
        await explain(database, catalog, ids, scope),
        await explain(database, catalog, ids, scope),
      ];
    });
    reader.close();
    expect(again).toEqual(first);
    const splits = all.flatMap((one) =>
      [...one.dimensions, ...(one.people ? [one.people] : [])].map((dimension) => ({ one, dimension })),
    );
    expect(splits.length).toBeGreaterThan(200);
    const split = (kpi: string) =>
      new Set(splits.filter(({ one }) => one.kpi === kpi).map(({ dimension }) => dimension.id));
    for (const kpi of ["activity_rate", "conversion_rate", "messages"])
      expect([kpi, [...split(kpi)]]).toEqual([kpi, expect.arrayContaining(["weekday", "owner", "group"])]);
    for (const kpi of ["orders", "gmv_net", "joins", "leaves", "speakers"])
      expect([kpi, [...split(kpi)]]).toEqual([kpi, expect.arrayContaining(["weekday"])]);
    const wrong = splits.filter(({ one: { delta }, dimension: { parts } }) => {
      const sum = parts.reduce((total, part) => total + part.total, 0);
      return !(Math.abs(sum - delta) <= 1e-9 * Math.max(1, Math.abs(delta)));
    });
    expect(wrong.map(({ one, dimension }) => [one.kpi, one.group, one.week, dimension.id])).toEqual([]);
    // Also where nothing moved: parts that offset each other.
    expect(
      splits.some(
        ({ one, dimension }) => one.delta === 0 && dimension.parts.some(({ total }) => total !== 0),
      ),
    ).toBe(true);
  });
});
