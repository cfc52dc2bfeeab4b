import { afterAll, beforeAll, expect, test } from "vitest";
import { kpiUnion, sampleErrors } from "../../src/warehouse/comparisons.ts";
import { Database } from "../../src/warehouse/database.ts";
import type { Model } from "../../src/warehouse/model.ts";

// 480 people of two overlapping rosters, in the week before and this week: [in, spoke, in, spoke] × how many.
const ROSTER: readonly [string, number][] = [
  ["1111", 120],
  ["1011", 45],
  ["1110", 30],
  ["1010", 205],
  ["1100", 6],
  ["1000", 24],
  ["0011", 20],
  ["0010", 30],
];
const kpi = (id: string, denominator: string | null) =>
  ({
    layer: "kpis",
    id,
    path: "",
    sql: "",
    header: {
      unit: denominator ? "ratio" : "count",
      people: { from: "marts.people_weeks", numerator: "spoke", denominator },
    },
  }) as unknown as Model<"kpis">;

let database: Database;
beforeAll(async () => {
  database = await Database.open(":memory:");
  await database.run("create schema marts");
  await database.run(
    "create table marts.people_weeks (group_id varchar, person_id varchar, week date, spoke boolean)",
  );
  let person = 0;
  for (const [code, count] of ROSTER) {
    for (let n = 0; n < count; n++) {
      person++;
      const weeks = [
        ["2026-11-02", code[0], code[1]],
        ["2026-11-09", code[2], code[3]],
      ].filter(([, present]) => present === "1");
      for (const [week, , spoke] of weeks) {
        await database.run(
          `insert into marts.people_weeks values ('g', 'p${person}', '${week}', ${spoke === "1"})`,
        );
      }
    }
  }
});
afterAll(() => database.close());

test("the linearised error of overlapping rosters", async () => {
  const rows = await database.all(sampleErrors([kpi("rate", "true"), kpi("speakers", null)]) ?? "");
  const se = new Map(rows.map((row) => [row["kpi"], Number(row["se"])]));
  expect(se.get("rate")).toBeCloseTo(0.0218118351765, 12);
  // A count: those who spoke in one of the two weeks alone; √Σ(a1 − a0)².
  expect(se.get("speakers")).toBeCloseTo(Math.sqrt(45 + 30 + 6 + 20), 12);
});

test("KPIs without people need no error table", () => {
  expect(sampleErrors([])).toBeUndefined();
  expect(kpiUnion([kpi("rate", "true")])).toContain("kpis.rate");
});
