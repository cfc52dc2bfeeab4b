import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cells, pairCells, peopleCells } from "../../src/review/explain/cells.ts";
import { addDays } from "../../src/review/weeks.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import { SQL_ROOT } from "../support/community.ts";
import { type Demo, makeDemo } from "../support/demo.ts";

const catalog = readCatalog(SQL_ROOT);
const kpis = catalog.kpis.filter(({ header }) => header.people);
let demo: Demo;
let kept: Database;
/** The same generation without the sums of the build: every split is summed from people. */
let live: Database;
/** And one whose sums are wrong. */
let wrong: Database;

beforeAll(async () => {
  demo = await makeDemo();
  const path = generationPath(demo.workspace.marts, readPointer(demo.workspace.marts)?.generation ?? "");
  const copy = async (name: string, change: readonly string[]) => {
    const own = join(demo.root, `${name}.duckdb`);
    copyFileSync(path, own);
    const database = await Database.open(own);
    for (const statement of change) await database.run(statement);
    return database;
  };
  kept = await Database.open(path, { readOnly: true });
  live = await copy("live", ["delete from report.combinations", "delete from report.stayers"]);
  wrong = await copy("wrong", [
    "update report.combinations set sums = list_transform(sums, lambda x: x + 1)",
    "update report.stayers set n_1 = n_1 + 1",
  ]);
});
afterAll(async () => {
  for (const database of [kept, live, wrong]) database.close();
  await demo.remove();
});

/** Sums in any order differ in their last digits. */
const plain = (cells: Cells) =>
  [...cells].map(([kpi, dimensions]) => [
    kpi,
    [...dimensions].map(([id, slices]) => [
      id,
      slices.map(({ value, before, after }) => [
        value,
        ...[before, after].flatMap(({ numerator, denominator, rows }) => [
          Number(numerator.toPrecision(9)),
          Number(denominator.toPrecision(9)),
          rows,
        ]),
      ]),
    ]),
  ]);

/** Weeks of which every group's splits are kept; of all groups together, those of every week are. */
const weeksOf = async (database: Database, groups = "group_id <> '*'") =>
  (await database.all(`select distinct week from report.combinations where ${groups} order by week`)).map(
    ({ week }) => String(week),
  );

const scopeOf = (week: string, group = "*") => ({ group, week, previous: addDays(week, -7) });

test("the splits of the newest weeks are those of their people, for every KPI", async () => {
  const weeks = await weeksOf(kept);
  expect(weeks.length).toBe(5);
  expect(kpis.length).toBeGreaterThan(8);
  for (const week of weeks.slice(1)) {
    const [own, people] = await Promise.all(
      [kept, live].map((database) => peopleCells(database, catalog, kpis, scopeOf(week))),
    );
    expect(plain(own as Cells)).toEqual(plain(people as Cells));
    expect(own?.size).toBe(kpis.length);
  }
});

test("and those of each group", async () => {
  const week = (await weeksOf(kept))[3] ?? "";
  const groups = await kept.all("select group_id from marts.groups order by group_id");
  expect(groups.length).toBeGreaterThan(5);
  for (const { group_id } of groups) {
    const [own, people] = await Promise.all(
      [kept, live].map((database) => peopleCells(database, catalog, kpis, scopeOf(week, String(group_id)))),
    );
    expect(plain(own as Cells)).toEqual(plain(people as Cells));
  }
});

test("and of a KPI alone, whose measures stand at other places", async () => {
  const week = (await weeksOf(kept))[3] ?? "";
  for (const kpi of kpis) {
    const [own, people] = await Promise.all(
      [kept, live].map((database) => peopleCells(database, catalog, [kpi], scopeOf(week))),
    );
    expect(plain(own as Cells)).toEqual(plain(people as Cells));
  }
});

test("and by pairs of dimensions and groups", async () => {
  const week = (await weeksOf(kept))[2] ?? "";
  const near = (await kept.all("select group_id from marts.groups order by group_id limit 4")).map((row) =>
    String(row["group_id"]),
  );
  const [own, people] = await Promise.all(
    [kept, live].map((database) => pairCells(database, catalog, kpis, kpis, scopeOf(week), near)),
  );
  expect(plain(own as Cells)).toEqual(plain(people as Cells));
  expect([...(own?.get(kpis[0]?.id ?? "") ?? [])].length).toBeGreaterThan(catalog.dimensions.length * 2);
});

test("all groups together have the splits of every week", async () => {
  const all = (await kept.all("select week from report.weeks order by week")).map(({ week }) => String(week));
  expect(all.length).toBeGreaterThan(20);
  expect(await weeksOf(kept, "group_id = '*'")).toEqual(all);
  for (const week of all.slice(1, -5)) {
    const [own, people] = await Promise.all(
      [kept, live].map((database) => peopleCells(database, catalog, kpis, scopeOf(week))),
    );
    expect(plain(own as Cells)).toEqual(plain(people as Cells));
  }
});

test("they are what a page reads, and one of a group in an older week is not", async () => {
  const weeks = await weeksOf(kept);
  const differs = async (week: string, group?: string) => {
    const [one, other] = await Promise.all(
      [kept, wrong].map((database) => peopleCells(database, catalog, kpis, scopeOf(week, group))),
    );
    return JSON.stringify(plain(one as Cells)) !== JSON.stringify(plain(other as Cells));
  };
  const { group } = await kept.one("select min(group_id) as group from marts.groups");
  expect(await differs(weeks[1] ?? "")).toBe(true);
  expect(await differs(weeks[4] ?? "")).toBe(true);
  expect(await differs(weeks[1] ?? "", String(group))).toBe(true);
  expect(await differs(addDays(weeks[0] ?? "", -70))).toBe(true);
  // A group's first kept week is there for the second to be held against.
  expect(await differs(weeks[0] ?? "", String(group))).toBe(false);
  expect(await differs(addDays(weeks[0] ?? "", -70), String(group))).toBe(false);
});
