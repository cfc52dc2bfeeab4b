import { macros } from "../../src/ingest/macros.ts";
import { listParts, listSources } from "../../src/state/ledger.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database, literal } from "../../src/warehouse/database.ts";
import { createLakeViews, createOrderParts } from "../../src/warehouse/lake.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { createSettings } from "../../src/warehouse/settings.ts";
import { type Community, SQL_ROOT } from "./community.ts";

/** Answers of the staging views as known at a moment, without a build: they are in no published generation. */
export async function staged(community: Community, sql: string, asOf: string): Promise<Row[]> {
  const { workspace, state } = community;
  const catalog = readCatalog(SQL_ROOT);
  const database = await Database.open(":memory:");
  try {
    await createLakeViews(database, workspace.lake, await listParts(state));
    await createOrderParts(database, workspace.lake, await listSources(state));
    for (const macro of macros(await state.secret(), workspace.config.timezone)) await database.run(macro);
    await createSettings(database, workspace.config, asOf, async () => "");
    await database.run("create schema seeds");
    for (const seed of catalog.seeds) {
      await database.run(
        `create table seeds.${seed.name} as select * from read_csv(${literal(seed.path)}, header = true, all_varchar = true, delim = ',', quote = '"')`,
      );
    }
    for (const macro of catalog.macros) await database.run(macro);
    await database.run("create schema staging");
    for (const view of catalog.staging) await database.run(`create view staging.${view.id} as ${view.sql}`);
    return await database.all(sql);
  } finally {
    database.close();
  }
}
