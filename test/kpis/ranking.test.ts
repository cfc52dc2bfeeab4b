import { expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { SQL_ROOT } from "../support/community.ts";

const WEEK = "2026-11-09";

async function ranked(groups: readonly (readonly [y: number, n: number])[]) {
  const database = await Database.open(":memory:");
  await database.run(
    "create schema report; create table report.kpis as select 'r' as kpi, 'ratio' as unit; create table report.kpi_weekly (kpi varchar, group_id varchar, week date, segment varchar, numerator bigint, denominator bigint)",
  );
  for (const [at, [y, n]] of groups.entries())
    await database.run(`insert into report.kpi_weekly values ('r', 'g${at}', '${WEEK}', '*', ${y}, ${n})`);
  const rows = await runQuery(database, readCatalog(SQL_ROOT), "group_ranking", { kpi: "r", week: WEEK });
  database.close();
  return rows;
}
const of = (rows: Awaited<ReturnType<typeof ranked>>, group: string) =>
  rows.find((row) => row["group_id"] === group);

test("twelve groups are drawn to their mean as in statistics.md A.5", async () => {
  const y = [5, 1, 9, 72, 11, 3, 30, 11, 40, 0, 88, 6];
  const n = [6, 5, 40, 120, 40, 25, 150, 13, 60, 4, 200, 60];
  const rows = await ranked(y.map((one, at) => [one, n[at] ?? 0] as const));
  expect(rows[0]?.["mean_value"]).toBeCloseTo(0.381742738589, 9);
  expect(rows[0]?.["mean_weight"]).toBeCloseTo(4.29228295247, 9);
  for (const [group, shrunk] of [
    ["g0", 0.645002462],
    ["g9", 0.197599124],
    ["g7", 0.730877923],
    ["g10", 0.438775986],
  ] as const)
    expect(of(rows, group)?.["shrunk"]).toBeCloseTo(shrunk, 8);
  // Five of six is not better than eleven of thirteen, nor much better than forty of sixty.
  expect(rows.slice(0, 3).map((row) => row["group_id"])).toEqual(["g7", "g8", "g0"]);
});

test("groups that differ no more than chance are drawn together, not apart without end", async () => {
  const y = [3, 1, 12, 40, 18, 7, 55, 9, 22, 0];
  const n = [5, 4, 30, 120, 40, 25, 150, 12, 60, 3];
  const rows = await ranked(y.map((one, at) => [one, n[at] ?? 0] as const));
  expect(rows[0]?.["mean_weight"]).toBeCloseTo(78.1411421378, 6);
});

test("two groups, none with members, or all alike have no ranking that invents a difference", async () => {
  expect(
    await ranked([
      [1, 2],
      [2, 2],
    ]),
  ).toEqual([]);
  expect(
    await ranked([
      [0, 0],
      [0, 0],
      [0, 0],
    ]),
  ).toEqual([]);
  const same = await ranked([
    [2, 4],
    [3, 6],
    [4, 8],
  ]);
  for (const row of same) expect(row["shrunk"]).toBeCloseTo(0.5, 9);
  const none = await ranked([
    [0, 4],
    [0, 6],
    [0, 8],
  ]);
  for (const row of none) expect(row["shrunk"]).toBe(0);
});
