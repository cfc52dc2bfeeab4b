import { afterEach, beforeEach, expect, test } from "vitest";
import type { Catalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import type { Model } from "../../src/warehouse/model.ts";
import { runModels } from "../../src/warehouse/run-models.ts";

let database: Database;
let twin: Database;
beforeEach(async () => {
  database = await Database.open(":memory:", { threads: 1 });
  await database.run(
    "create schema intermediate; create schema seeds; create table seeds.numbers as from range(9)",
  );
  twin = await database.sibling();
});
afterEach(() => {
  twin.close();
  database.close();
});

const model = (id: string, sql: string, header: object = {}): Model =>
  ({ layer: "intermediate", id, path: `${id}.sql`, line: 1, sql, header }) as unknown as Model;
const catalog = (...intermediate: Model[]) =>
  ({ staging: [], intermediate, marts: [], kpis: [], dimensions: [] }) as unknown as Catalog;

/** A chain of twenty and forty models beside it, in an order that is nobody's. */
const many = catalog(
  ...Array.from({ length: 20 }, (_, at) =>
    model(
      `chain_${19 - at}`,
      at === 19 ? "select 1 as n" : `select n + 1 as n from intermediate.chain_${18 - at}`,
    ),
  ),
  ...Array.from({ length: 40 }, (_, at) => model(`own_${at}`, "select sum(range) as n from seeds.numbers")),
);

test("models side by side: each once, after what it reads, and two at a time", async () => {
  const steps: string[] = [];
  await runModels([database, twin], many, (step) => steps.push(step.replace("intermediate.", "")));
  expect(new Set(steps).size).toBe(60);
  expect(steps).toHaveLength(60);
  const chain = steps.filter((step) => step.startsWith("chain"));
  expect(chain).toEqual(Array.from({ length: 20 }, (_, at) => `chain_${at}`));
  expect(await database.all("select n from intermediate.chain_19 union all from intermediate.own_7")).toEqual(
    [{ n: 20 }, { n: 36 }],
  );
  // While one link of the chain is made, the other connection makes what is its own.
  expect(steps.indexOf("own_0")).toBeLessThan(steps.indexOf("chain_19"));
});

test("the first failure ends it, names its file, and nothing runs on behind it", async () => {
  const steps: string[] = [];
  const broken = catalog(
    model(
      "slow",
      "select count(*) as n from range(300000) as a(x), range(200) as b(y) where hash(x + y) % 7 = 0",
    ),
    model("wrong", "select nothing from seeds.numbers"),
    model("after", "select n from intermediate.slow"),
  );
  await expect(runModels([database, twin], broken, (step) => steps.push(step))).rejects.toThrow(
    "sql/wrong.sql",
  );
  expect(steps).not.toContain("intermediate.after");
  const { n } = await database.one("select count(*) as n from duckdb_tables() where table_name = 'slow'");
  expect(n).toBe(1);
});

test("a promise that does not hold is told of the model, whichever connection made it", async () => {
  const warned = catalog(
    ...["b", "a"].map((id) =>
      model(id, "select range as n from seeds.numbers", { warnings: ["n < 7"], checks: ["n >= 0"] }),
    ),
  );
  expect(await runModels([database, twin], warned, undefined)).toEqual([
    { model: "intermediate.b", check: "n < 7", rows: 2 },
    { model: "intermediate.a", check: "n < 7", rows: 2 },
  ]);
  const failing = catalog(model("c", "select range as n from seeds.numbers", { checks: ["n < 3"] }));
  await expect(runModels([database, twin], failing, undefined)).rejects.toThrow(
    "check failed in 6 rows: n < 3",
  );
});
