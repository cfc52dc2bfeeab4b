import { QueryError } from "../kit/errors.ts";
import type { Catalog } from "./catalog.ts";
import { checkModel, describeMarts } from "./checks.ts";
import { type Database, literal, name } from "./database.ts";
import type { Model } from "./model.ts";
import { buildOrder } from "./plan.ts";

/** Schemas of the generation; the others are gone when it is built. */
export const PUBLISHED = ["marts", "kpis", "dimensions", "report"];

/** A model whose warning did not hold, and in how many rows. */
export interface Warning {
  model: string;
  check: string;
  rows: number;
}

/** What a build makes, and so how many steps it has. */
export function modelsToMake(catalog: Catalog): Model[] {
  return [
    ...catalog.staging,
    ...catalog.intermediate,
    ...catalog.marts,
    ...catalog.kpis,
    ...catalog.dimensions,
  ];
}

/**
 * Makes every model, each as soon as what it reads is there, as many side by side as there are connections.
 * @param lanes connections to one instance with the same variables.
 * @throws QueryError for the first model that fails, when none is running any more.
 */
export async function runModels(
  lanes: readonly Database[],
  catalog: Catalog,
  onStep: ((step: string) => void) | undefined,
): Promise<Warning[]> {
  const [database] = lanes as [Database];
  const models = modelsToMake(catalog);
  const { names } = await database.one(
    "select coalesce(list(table_schema || '.' || table_name), []) as names from information_schema.tables",
  );
  const order = await buildOrder(database, models, new Set(names as string[]));
  const waiting = new Map(order);
  const made = new Set<Model>();
  const warnings = new Map<Model, Warning[]>();
  let failed: { error: unknown } | undefined;
  let wake: (() => void)[] = [];
  const work = async (lane: Database) => {
    while (waiting.size > 0 && !failed) {
      const next = [...waiting].find(([, reads]) => reads.every((one) => made.has(one)));
      if (!next) {
        await new Promise<void>((go) => wake.push(go));
        continue;
      }
      const [model] = next;
      waiting.delete(model);
      onStep?.(`${model.layer}.${model.id}`);
      try {
        warnings.set(model, await makeModel(lane, model));
        made.add(model);
      } catch (error) {
        failed ??= { error };
      }
      for (const go of wake) go();
      wake = [];
    }
  };
  await Promise.all(lanes.map(work));
  if (failed) throw failed.error;
  await describeMarts(database, catalog.marts);
  return [...order.keys()].flatMap((model) => warnings.get(model) ?? []);
}

async function makeModel(database: Database, model: Model): Promise<Warning[]> {
  const isView =
    model.layer === "kpis" ||
    model.layer === "dimensions" ||
    model.layer === "staging" ||
    ("materialized" in model.header && model.header.materialized === "view");
  const catalogName = PUBLISHED.includes(model.layer) ? "generation." : "";
  const target = `${catalogName}${model.layer}.${model.id}`;
  const parts = "parts" in model.header ? model.header.parts : undefined;
  let rows: unknown;
  try {
    if (parts) rows = await database.transaction(() => makeInParts(database, target, model.sql, parts));
    else {
      const made = await database.all(`create ${isView ? "view" : "table"} ${target} as ${model.sql}`);
      rows = made[0]?.["Count"];
    }
  } catch (cause) {
    throw new QueryError(`sql/${model.path}`, model.sql, cause, model.line);
  }
  // Whatever is promised of rows holds where there are none.
  return rows === 0 ? [] : checkModel(database, model);
}

/** One part behind the other, in the order of the first column of their model. @returns how many rows there are. */
async function makeInParts(database: Database, target: string, sql: string, of: string): Promise<number> {
  const parts = await database.all(`select * from ${of} order by 1`);
  let rows = 0;
  for (const [at, part] of parts.entries()) {
    for (const [column, value] of Object.entries(part)) {
      await database.run(`set variable ${name(column)} = ${literal(String(value))}`);
    }
    const made = await database.all(
      `${at === 0 ? "create table" : "insert into"} ${target} ${at === 0 ? "as" : ""} ${sql}`,
    );
    rows += Number(made[0]?.["Count"]);
  }
  for (const column of Object.keys(parts[0] ?? {})) await database.run(`reset variable ${name(column)}`);
  return rows;
}
