import { assertWhole } from "../ingest/broken-parts.ts";
import { macros } from "../ingest/macros.ts";
import { listIdentityDecisions } from "../state/identity.ts";
import { listParts } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import type { Workspace } from "../workspace.ts";
import type { Catalog } from "./catalog.ts";
import { Database, literal } from "./database.ts";
import { createDecisions } from "./decisions.ts";
import { createLakeViews } from "./lake.ts";
import { tablesOf } from "./plan.ts";
import { createSettings } from "./settings.ts";
import { createTextFunctions } from "./text-functions.ts";

/** After every export: whoever is in the facts is known. */
const LAST = "2999-01-01T00:00:00";
const SCHEMAS = ["config", "seeds", "lake", "staging", "intermediate"];
export const PERSON_KEYS = "intermediate.int_person_keys";

/**
 * A database in memory with the facts and PERSON_KEYS, which says whose each key is: by the models of this program, from
 * what was imported and decided up to now. A published generation may be of other models, older than the last import, or missing.
 */
export async function openPersonKeys(
  workspace: Workspace,
  state: State,
  catalog: Catalog,
): Promise<Database> {
  const parts = await listParts(state);
  await assertWhole(workspace.lake, state, parts);
  const database = await Database.open(":memory:");
  try {
    for (const schema of SCHEMAS) await database.run(`create schema ${schema}`);
    await createLakeViews(database, workspace.lake, parts);
    for (const macro of macros(await state.secret(), workspace.config.timezone)) await database.run(macro);
    await createSettings(database, workspace.config, LAST, async (id) =>
      String((await database.one("select person_key($id) as key", { id }))["key"]),
    );
    await createDecisions(database, await listIdentityDecisions(state));
    for (const { name, path } of catalog.seeds)
      await database.run(
        `create table seeds.${name} as select * from read_csv(${literal(path)}, header = true, all_varchar = true, delim = ',', quote = '"')`,
      );
    await createTextFunctions(database);
    for (const macro of catalog.macros) await database.run(macro);
    const models = new Map(
      [...catalog.staging, ...catalog.intermediate].map((model) => [`${model.layer}.${model.id}`, model]),
    );
    // Only the few models that it rests on, each after what it reads.
    const make = async (table: string): Promise<void> => {
      const model = models.get(table);
      if (!model) return;
      models.delete(table);
      for (const read of await tablesOf(database, model)) await make(read);
      await database.run(`create table ${table} as ${model.sql}`);
    };
    await make(PERSON_KEYS);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
