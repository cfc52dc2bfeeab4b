import { join } from "node:path";
import { FACTS, type Fact } from "../ingest/facts.ts";
import type { Part } from "../state/ledger.ts";
import { type Database, literal, name } from "./database.ts";

/** One view per fact over the parts that the ledger lists; a fact without parts is an empty table of its shape. */
export async function createLakeViews(
  database: Database,
  lake: string,
  parts: readonly Part[],
  schema = "lake",
): Promise<void> {
  await database.run(`create schema if not exists ${schema}`);
  for (const fact of Object.keys(FACTS) as Fact[]) {
    const paths = parts.filter((part) => part.fact === fact).map((part) => literal(join(lake, part.path)));
    const columns = Object.entries(FACTS[fact]);
    const select =
      paths.length > 0
        ? `select ${columns.map(([column]) => name(column)).join(", ")} from read_parquet([${paths.join(", ")}], hive_partitioning = false)`
        : `select ${columns.map(([column, type]) => `null::${type} as ${name(column)}`).join(", ")} where false`;
    await database.run(`create or replace view ${schema}.${fact} as ${select}`);
  }
}
