import { join } from "node:path";
import { ADDED, FACTS, type Fact } from "../ingest/facts.ts";
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
        ? `select ${columns.map(([column]) => name(column)).join(", ")} from ${rowsOf(fact, paths)}`
        : `select ${columns.map(([column, type]) => `null::${type} as ${name(column)}`).join(", ")} where false`;
    await database.run(`create or replace view ${schema}.${fact} as ${select}`);
  }
}

/** SQL: the rows of parts of a fact with today's columns. @param paths as SQL literals. */
export function rowsOf(fact: Fact, paths: readonly string[]): string {
  const files = `read_parquet([${paths.join(", ")}], hive_partitioning = false`;
  const types: Record<string, string> = FACTS[fact];
  const added = ADDED[fact]?.map((column) => `null::${types[column]} as ${name(column)}`);
  if (added === undefined) return `${files})`;
  return `(select ${added.join(", ")} where false union all by name from ${files}, union_by_name = true))`;
}

/** `lake.order_parts`: which file gave each order, by the part it lies in. */
export async function createOrderParts(
  database: Database,
  lake: string,
  sources: readonly { path: string; fact: string; sha256: string }[],
): Promise<void> {
  const orders = sources.filter(({ fact }) => fact === "orders");
  const rows = orders.map(({ path, sha256 }) => `(${literal(join(lake, path))}, ${literal(sha256)})`);
  const paths = orders.map(({ path }) => literal(join(lake, path)));
  await database.run(
    orders.length === 0
      ? "create view lake.order_parts as select null::varchar as sha256, null::ubigint as row_key where false"
      : `create view lake.order_parts as select files.sha256, orders.row_key
         from read_parquet([${paths.join(", ")}], hive_partitioning = false, filename = true) as orders
         join (values ${rows.join(", ")}) as files (path, sha256) on files.path = orders.filename`,
  );
}
