import { afterAll, beforeAll, expect, test } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import type { Database } from "../../src/warehouse/database.ts";
import { SQL_ROOT } from "../support/community.ts";
import { type Demo, makeDemo } from "../support/demo.ts";

let demo: Demo;
let database: Database;
beforeAll(async () => {
  demo = await makeDemo();
  database = await demo.published();
});
afterAll(async () => {
  database.close();
  await demo.remove();
});

interface Operator {
  operator_cardinality?: number;
  extra_info?: object;
  children?: Operator[];
}

/** Pairs of people that a list of so many compares by their draw. */
async function compared(most: number | null, holdout = "yes"): Promise<number> {
  const sql = readCatalog(SQL_ROOT).queries.find(({ id }) => id === "segment_list")?.sql ?? "";
  const params = { week: "2026-11-16", segment: "dormant", group_id: "*", most, holdout };
  const [row] = await database.all(`explain (analyze, format json) ${sql}`, params);
  let pairs = 0;
  const walk = ({ operator_cardinality: rows = 0, extra_info: info, children = [] }: Operator) => {
    if (/draw <= draw|draw >= draw/.test(JSON.stringify(info ?? {}))) pairs += rows;
    children.forEach(walk);
  };
  walk(JSON.parse(String(row?.["explain_value"])) as Operator);
  return pairs;
}

test("only a short list holds its people against everybody: for a whole one that would be minutes", async () => {
  const people = Number(
    (
      await database.one(
        "select count(*) as n from marts.person_weeks where week = '2026-11-16' and segment = 'dormant'",
      )
    ).n,
  );
  expect(people).toBeGreaterThan(100);
  expect(await compared(20)).toBeGreaterThan(20);
  for (const most of [101, 1000, null]) expect(await compared(most)).toBe(0);
  expect(await compared(20, "no")).toBe(0);
});
