import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/*
 * REP-01 is about the cohorts of repurchase_30d: "first-time buyers of the cohort who bought again within n days". Ten buy
 * in g2 first and a week later in g1; five buy in g1 and never again; two buy in both on their first day.
 */
const people = (name: string, many: number) => Array.from({ length: many }, (_, at) => `${name}${at}`);
const [moved, stayed, both] = [people("m", 10), people("s", 5), people("b", 2)];
const order = (buyer_id: string, group_id: string, day: string) => ({
  order_id: `${buyer_id}-${group_id}-${day}`,
  buyer_id,
  group_id,
  paid_at: `${day} 12:00:00`,
  amount: 10,
});

const community = new Community();
let cohorts: Row[];
let figures: Row[];
beforeAll(async () => {
  const stays = [...moved, ...stayed, ...both].flatMap((member_id) =>
    ["g1", "g2"].map((group_id) => ({ group_id, member_id, joined_at: "2026-09-01 09:00:00", left_at: "" })),
  );
  await community.import("members.csv", csv(stays));
  await community.import(
    "orders.csv",
    csv([
      ...moved.flatMap((id) => [order(id, "g2", "2026-10-07"), order(id, "g1", "2026-10-14")]),
      ...stayed.map((id) => order(id, "g1", "2026-10-07")),
      ...both.flatMap((id) => [order(id, "g1", "2026-10-07"), order(id, "g2", "2026-10-07")]),
    ]),
  );
  [cohorts = [], figures = []] = await community.queries(
    [
      "select group_id, first_buyers, repeats from marts.rule_cohorts where week = '2026-11-09' order by group_id",
      `select group_id, denominator as first_buyers, numerator as repeats from report.kpi_weekly
       where kpi = 'repurchase_30d' and week = '2026-10-05' and group_id <> '*' order by group_id`,
    ],
    "2026-11-16T00:00:00",
  );
});
afterAll(() => community.remove());

test("first buyers of a group made their first purchase there; a second one counts wherever it was made", () => {
  expect(cohorts).toEqual([
    { group_id: "g1", first_buyers: 7, repeats: 0 },
    { group_id: "g2", first_buyers: 12, repeats: 10 },
  ]);
  expect(figures).toEqual(cohorts);
});
