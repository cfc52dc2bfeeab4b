import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { State } from "../../src/state/state.ts";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import { NOW, SQL_ROOT } from "../support/community.ts";
import { type Demo, makeDemo } from "../support/demo.ts";

/* How the file of a generation is laid out: what a page reads of ten million messages is milliseconds or seconds by it. */
let demo: Demo;
let database: Database;
beforeAll(async () => {
  demo = await makeDemo();
  const generation = readPointer(demo.workspace.marts)?.generation ?? "";
  database = await Database.open(":memory:");
  await database.run(
    `attach '${generationPath(demo.workspace.marts, generation)}' as generation (read_only)`,
  );
});
afterAll(async () => {
  database.close();
  await demo.remove();
});

/** By how many weeks a row stands behind later ones at most; how many weeks there are. */
const disorderOf = async (table: string) => {
  const { behind, weeks } = await database.one(
    `select max(latest - week) // 7 as behind, count(distinct week) as weeks
     from (select week, max(week) over (order by rowid) as latest from ${table})`,
  );
  return { behind: Number(behind), weeks: Number(weeks) };
};

test("members by week are stored span after span, and are the same in one span and in many", async () => {
  const sql = mkdtempSync(join(tmpdir(), "fupan-sql-"));
  try {
    cpSync(SQL_ROOT, sql, { recursive: true });
    const spans = join(sql, "intermediate/int_week_parts.sql");
    const source = readFileSync(spans, "utf8");
    writeFileSync(spans, source.replace("rows / 500000", "rows / 100"));
    const { workspace } = demo;
    const made = await build(workspace, new State(workspace.state), readCatalog(sql), { now: NOW });
    await database.run(`attach '${generationPath(workspace.marts, made.generation)}' as many (read_only)`);
    const { behind, weeks } = await disorderOf("many.marts.presence");
    expect(weeks).toBeGreaterThan(20);
    // Thirteen spans of a few weeks, each by member.
    expect(behind).toBe(Math.ceil(weeks / 13) - 1);
    expect((await disorderOf("generation.marts.presence")).behind).toBeGreaterThan(15);
    const differ = (one: string, other: string) =>
      database.all(`select * from ${one}.marts.presence except all select * from ${other}.marts.presence`);
    expect(await differ("many", "generation")).toEqual([]);
    expect(await differ("generation", "many")).toEqual([]);
  } finally {
    rmSync(sql, { recursive: true, force: true });
  }
});

/** Numbers of 128 bits: sums of integers and of decimals are, and reading one takes a hundred times as long. */
const wide = async (catalog: string) =>
  (
    await database.all(
      `select schema_name || '.' || table_name || '.' || column_name as name from duckdb_columns()
       where database_name = '${catalog}' and (data_type = 'HUGEINT' or regexp_matches(data_type, '^DECIMAL\\((19|[23]\\d),'))
         and table_name in (select table_name from duckdb_tables() where database_name = '${catalog}') order by name`,
    )
  ).map(({ name }) => String(name));

test("no number is wider than 64 bits but the sums of whole files", async () => {
  const found = await wide("generation");
  expect(found.filter((name) => !/^marts\.(?:order_files|reconciliation)\./.test(name))).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
  await database.run(
    "create table planted as select sum(n) as nth, sum(n::decimal(18, 2)) as net from range(9) as t(n)",
  );
  expect(await wide("memory")).toEqual(["main.planted.net", "main.planted.nth"]);
});

/** Views that do not answer where the build's own functions are missing, as for whoever opens the file. */
const silent = async (catalog: string) => {
  const views = await database.all(
    `select schema_name || '.' || view_name as name from duckdb_views() where database_name = '${catalog}' and not internal order by name`,
  );
  const answers = views.map(({ name }) =>
    database.all(`select * from ${catalog}.${name} limit 0`).then(
      () => [],
      () => [String(name)],
    ),
  );
  return { asked: views.length, silent: (await Promise.all(answers)).flat() };
};

test("every view answers without the functions of the build", async () => {
  const { asked, silent: unanswered } = await silent("generation");
  expect(unanswered).toEqual([]);
  expect(asked).toBeGreaterThan(60);
  await database.run("create macro own_week(x) as x; create view planted_view as select own_week(1) as week");
  await database.run("drop macro own_week");
  expect((await silent("memory")).silent).toEqual(["main.planted_view"]);
});
