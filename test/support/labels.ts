import { parseConfig } from "../../src/config.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database, literal } from "../../src/warehouse/database.ts";
import { createSettings } from "../../src/warehouse/settings.ts";
import { createTextFunctions } from "../../src/warehouse/text-functions.ts";
import { SQL_ROOT } from "./community.ts";

/** The lexicon and the macros that match it, without a build. */
export async function labelDatabase(threads: number): Promise<Database> {
  const database = await Database.open(":memory:", { threads });
  await createSettings(database, parseConfig("", "fupan.yaml"), "2026-11-24T00:00:00", async () => "");
  await database.run("create schema seeds");
  const catalog = readCatalog(SQL_ROOT);
  for (const { name, path } of catalog.seeds) {
    await database.run(
      `create table seeds.${name} as select * from read_csv(${literal(path)}, header = true, all_varchar = true)`,
    );
  }
  await createTextFunctions(database);
  for (const statement of catalog.macros) {
    if (
      /^set variable|macro (has_word|has_label|may_say|unmasked|says|facet_score|may_have) /.test(statement)
    )
      await database.run(statement);
  }
  return database;
}
