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

test("a mean's error counts people, however many orders each has", async () => {
  const bought = [
    ["a", "2026-11-02", 30, 3],
    ["b", "2026-11-02", 10, 1],
    ["a", "2026-11-09", 20, 1],
    ["c", "2026-11-09", 50, 2],
  ] as const;
  await database.run(
    `create or replace table marts.buyers as select 'g' as group_id, person_id, week::date as week, spent, orders
     from (values ${bought.map((row) => `('${row[0]}', '${row[1]}', ${row[2]}, ${row[3]})`).join(", ")}) as t(person_id, week, spent, orders)`,
  );
  const mean = kpi("mean", "orders");
  Object.assign(mean.header, {
    unit: "money",
    people: { from: "marts.buyers", numerator: "spent", denominator: "orders" },
  });
  const [row] = await database.all(sampleErrors([mean]) ?? "");
  // 40 yuan over 4 orders, then 70 over 3; what each of the three people adds to the difference.
  const [before, after] = [40 / 4, 70 / 3];
  const parts = [(20 - after) / 3 - (30 - before * 3) / 4, -(10 - before) / 4, (50 - after * 2) / 3];
  const squares = parts.reduce((sum, part) => sum + part * part, 0);
  expect(row?.["se"]).toBeCloseTo(Math.sqrt((3 / 2) * squares), 12);
});

test("KPIs without people need no error table", () => {
  expect(sampleErrors([])).toBeUndefined();
  expect(kpiUnion([kpi("rate", "true")])).toContain("kpis.rate");
});
