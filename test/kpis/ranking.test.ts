import { expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { betaCdf } from "../../src/stats/special.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { createNumberFunctions } from "../../src/warehouse/number-functions.ts";
import { SQL_ROOT } from "../support/community.ts";

const WEEK = "2026-11-09";

async function ranked(groups: readonly (readonly [y: number, n: number, kind?: string])[], good = "up") {
  const database = await Database.open(":memory:");
  createNumberFunctions(database);
  await database.run(
    `create schema report; create schema marts; create table report.kpis as select 'r' as kpi, 'ratio' as unit, '${good}' as good;
     create table report.kpi_weekly (kpi varchar, group_id varchar, week date, segment varchar, numerator bigint, denominator bigint);
     create table marts.groups (group_id varchar, name varchar, kind varchar, kind_zh varchar, kind_en varchar)`,
  );
  for (const [at, [y, n, kind]] of groups.entries()) {
    await database.run(`insert into report.kpi_weekly values ('r', 'g${at}', '${WEEK}', '*', ${y}, ${n})`);
    await database.run("insert into marts.groups values ($id, $id, $kind, $kind, $kind)", {
      id: `g${at}`,
      kind: kind ?? null,
    });
  }
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
    expect(of(rows, group)?.["shrunk_rate"]).toBeCloseTo(shrunk, 8);
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
  for (const row of same) expect(row["shrunk_rate"]).toBeCloseTo(0.5, 9);
  const none = await ranked([
    [0, 4],
    [0, 6],
    [0, 8],
  ]);
  for (const row of none)
    expect([row["shrunk_rate"], row["low_rate"], row["high_rate"]]).toEqual([0, null, null]);
});

test("each rate has the interval that holds it with 90 %, wider the smaller the group", async () => {
  const rows = await ranked([
    [5, 6],
    [1, 5],
    [72, 120],
    [30, 150],
  ]);
  for (const row of rows) {
    const [y, n] = [Number(row["numerator"]), Number(row["denominator"])];
    const prior = Number(row["mean_value"]) * Number(row["mean_weight"]);
    const [a, b] = [y + prior, n - y + Number(row["mean_weight"]) - prior];
    expect(betaCdf(Number(row["low_rate"]), a, b)).toBeCloseTo(0.05, 10);
    expect(betaCdf(Number(row["high_rate"]), a, b)).toBeCloseTo(0.95, 10);
  }
  const width = (group: string) =>
    Number(of(rows, group)?.["high_rate"]) - Number(of(rows, group)?.["low_rate"]);
  expect(width("g0")).toBeGreaterThan(3 * width("g2"));
});

test("where a low rate is good, the lowest is first", async () => {
  const groups = [
    [1, 40],
    [9, 40],
    [30, 40],
  ] as const;
  expect((await ranked(groups, "down")).map((row) => row["group_id"])).toEqual(["g0", "g1", "g2"]);
  expect((await ranked(groups)).map((row) => row["group_id"])).toEqual(["g2", "g1", "g0"]);
});

test("groups stand against those of their kind only, and a kind of two has no ranking", async () => {
  const rows = await ranked([
    [9, 10, "camp"],
    [8, 10, "camp"],
    [7, 10, "camp"],
    [3, 10],
    [2, 10],
    [1, 10],
    [10, 10, "fan"],
    [9, 10, "fan"],
  ]);
  expect(rows.map((row) => [row["group_id"], row["place"], row["ranked_groups"]])).toEqual([
    ["g0", 1, 3],
    ["g1", 2, 3],
    ["g2", 3, 3],
    ["g3", 1, 3],
    ["g4", 2, 3],
    ["g5", 3, 3],
  ]);
  expect(of(rows, "g3")?.["mean_value"]).toBeCloseTo(0.2, 9);
});
