import { afterAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

const community = new Community();
afterAll(() => community.remove());

/** Monday is 16 November 2026. Each left once; the rest is whether and when they came back. */
const STAYS: readonly (readonly [member: string, left: string, back: string])[] = [
  ["back over Monday", "2026-11-15T20:00:00", "2026-11-16T10:00:00"],
  ["back 24 hours later to the second", "2026-11-15T21:00:00", "2026-11-16T21:00:00"],
  ["back a second too late", "2026-11-15T21:00:00", "2026-11-16T21:00:01"],
  ["back within the week", "2026-11-11T20:00:00", "2026-11-14T10:00:00"],
  ["back at once", "2026-11-15T23:55:00", "2026-11-16T00:04:00"],
  ["gone", "2026-11-12T20:00:00", ""],
];

test("a return within 24 hours over Monday is churn in churn_rate and none in churn_rate_24h", async () => {
  const rows = STAYS.flatMap(([member_id, left_at, back]) => [
    { group_id: "g1", member_id, joined_at: "2026-10-01T00:00:00", left_at },
    ...(back === "" ? [] : [{ group_id: "g1", member_id, joined_at: back, left_at: "" }]),
  ]);
  await community.import("members.csv", csv(rows));
  const found = await community.query(
    "select kpi, group_id, numerator, denominator from report.kpi_weekly where kpi like 'churn_rate%' and segment = '*' and week = date '2026-11-09' order by kpi, group_id",
    "2026-11-23T00:00:00",
  );
  expect(found.map(Object.values)).toEqual([
    ["churn_rate", "*", 4, 6],
    ["churn_rate", "g1", 4, 6],
    ["churn_rate_24h", "*", 2, 6],
    ["churn_rate_24h", "g1", 2, 6],
  ]);
});
