import { afterAll, expect, test, vi } from "vitest";
import { State } from "../../src/state/state.ts";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { files, read } from "../repo/files.ts";
import { MATRIX } from "../server/matrix.ts";
import { NOW, SQL_ROOT } from "../support/community.ts";
import { type Demo, makeDemo } from "../support/demo.ts";

let demo: Demo | undefined;
afterAll(() => demo?.remove());

/** What the server answers from its data to a reader who may see all; drawn and frozen reports read nothing else. */
const PAGES = Object.entries(MATRIX)
  .filter(
    ([route, { open }]) =>
      open.includes("o") && /^get \/(?!assets|healthz|api\/v1\/openapi|report|imports)/.test(route),
  )
  .map(([route, { at }]) => at || route.slice("get ".length));

interface Node {
  name: string;
  children?: Node[];
  extra_info?: Record<string, string>;
}

/** Models that hold rows against a list which does not grow with the data, and that list. */
const BY_LIST: Readonly<Record<string, string>> = {
  group_actions: "holidays and events of everyone",
  int_declared_reasons: "words of a seed",
  int_events: "a calendar",
  int_plan_groups: "groups that a plan names",
  service_cases: "the stages of a kind of case",
};

/**
 * Joins of a statement that have keys and look at every pair of rows all the same, because of what stands beside the
 * keys: a second in a demo, endless over ten million messages. (Ranges, and products such as groups by weeks, have none.)
 */
async function loops(database: Database, sql: string, params: unknown[] = []): Promise<string[]> {
  const [row] = await database.all(`explain (format json) ${sql}`, ...(params as []));
  const found: string[] = [];
  const isOne = ({ name, extra_info: info }: Node) =>
    name === "UNGROUPED_AGGREGATE" || Number(info?.["Estimated Cardinality"]) <= 1;
  const hasKeys = (info: Node["extra_info"] = {}) => /\w\)? = \(?\w/.test(JSON.stringify(info));
  const walk = (node: Node) => {
    const { name, children = [], extra_info: info } = node;
    if (/NL_JOIN|NESTED_LOOP/.test(name) && hasKeys(info) && !children.some(isOne)) found.push(name);
    for (const child of children) walk(child);
  };
  for (const node of JSON.parse(String(row?.["explain_value"])) as Node[]) walk(node);
  return found;
}

test("a condition beside the keys of an outer join, or of an anti join, is found out", async () => {
  const database = await Database.open(":memory:");
  await database.run("create table a as select range as k, range % 2 = 0 as is_even from range(5000)");
  const query = (on: string) => `select * from a as x left join a as y on ${on}`;
  expect(await loops(database, query("x.k = y.k"))).toEqual([]);
  expect(await loops(database, query("x.is_even and x.k = y.k"))).toEqual(["BLOCKWISE_NL_JOIN"]);
  const anti = (on: string) => `select * from a as x anti join a as y on ${on}`;
  expect(await loops(database, anti("x.k = y.k and x.is_even = y.is_even"))).toEqual([]);
  expect(await loops(database, anti("x.k = y.k and y.k in (0, x.k)"))).toEqual(["BLOCKWISE_NL_JOIN"]);
  expect(await loops(database, "select * from a as x, a as y where x.k < y.k")).toEqual([]);
  database.close();
});

/** Statements whose rows come from joins, and what they are called in a failure. */
function nameOf(sql: string): string | undefined {
  const made =
    /^\s*(?:create (?:or replace )?table|insert into) (?:\w+\.)*(\w+)(?: as\b| by name| \(?(?:select|with)\b)/.exec(
      sql,
    );
  return made?.[1] ?? (/^\s*(?:with|select)\b/.test(sql) ? sql.replace(/\s+/g, " ").slice(0, 80) : undefined);
}

test("no statement of a build, of one after it or of a page joins every row with every row", async () => {
  const found = new Set<string>();
  const asked = new Set<string>();
  const look = async (database: Database, sql: string, params: unknown[]) => {
    const name = nameOf(sql);
    if (name === undefined || name in BY_LIST || asked.has(sql)) return;
    asked.add(sql);
    for (const loop of await loops(database, sql, params)) found.add(`${name}: ${loop}`);
  };
  const spies = (["run", "all"] as const).map((method) => {
    const ask = Database.prototype[method] as (...args: unknown[]) => Promise<never>;
    return vi.spyOn(Database.prototype, method).mockImplementation(async function (
      this: Database,
      sql: string,
      ...rest: unknown[]
    ) {
      if (!sql.startsWith("explain")) await look(this, sql, rest);
      return ask.call(this, sql, ...rest);
    });
  });
  try {
    demo = await makeDemo();
    const first = asked.size;
    expect(first).toBeGreaterThan(150);
    const again = await build(demo.workspace, new State(demo.workspace.state), readCatalog(SQL_ROOT), {
      now: NOW,
    });
    // What it takes over it has compared with what is there.
    expect(again.judgedSince).not.toBeNull();
    expect(asked.size).toBeGreaterThan(first);
    const second = asked.size;
    const url = await demo.serve();
    const statuses: number[] = [];
    for (const path of PAGES) statuses.push((await fetch(new URL(path, url))).status);
    // The others are of people, groups and lists that were never there.
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(20);
    expect(asked.size).toBeGreaterThan(second + 50);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  expect([...found]).toEqual([]);
}, 600_000);

/**
 * `count(*)` with a filter over a window of all rows looks at each row from each row: 20 s for 200,000, where `sum`, `max`
 * and a count without a filter take milliseconds. Within partitions of few rows nobody notices.
 */
const slowCounts = (source: string) =>
  source.match(/count\(\*\)\s*filter\s*\((?:[^()]|\([^()]*\))*\)\s*over\s*\((?!\s*partition\b)/gi) ?? [];

test("no count of some rows over a window of all", () => {
  expect(slowCounts("select count(*) filter (came) over () as n")).toHaveLength(1);
  expect(slowCounts("count(*) filter(\n  (a or b) and c\n) over (\n  order by w)")).toHaveLength(1);
  expect(slowCounts("count(*) filter (came) over (partition by p order by w)")).toEqual([]);
  expect(slowCounts("count(*) filter(came) over (\n    partition by\n        p\n)")).toEqual([]);
  expect(slowCounts("count(*) filter (came) as n, max(x) over ()")).toEqual([]);
  const sources = files(/^(?:sql\/.*\.sql|src\/.*\.ts)$/);
  expect(sources.length).toBeGreaterThan(300);
  expect(sources.filter((path) => slowCounts(read(path)).length > 0)).toEqual([]);
});
