import { join } from "node:path";
import { FACTS, type Fact } from "../ingest/facts.ts";
import { personalColumns } from "../ingest/personal.ts";
import type { Part } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import { Database, literal, name } from "../warehouse/database.ts";
import { createLakeViews } from "../warehouse/lake.ts";
import type { Row } from "../warehouse/rows.ts";
import type { Workspace } from "../workspace.ts";
import { findPerson } from "./person.ts";
import { patternOf } from "./spellings.ts";

/** Everything that is held about one person, for access and portability requests. Times as the sources state them. */
export interface HeldData {
  keys: string[];
  facts: Partial<Record<Fact, Row[]>>;
  /** Rows that were refused and kept as they were read, in which an id, name or number of the person stands. */
  refused: Row[];
}

/** @throws UserError when nobody is known by `wanted`. */
export async function exportPerson(
  workspace: Workspace,
  state: State,
  catalog: Catalog,
  wanted: string,
): Promise<HeldData> {
  const { keys, raw, numbers, parts } = await findPerson(workspace, state, catalog, wanted);
  const values = raw.filter((value) => value.length > 1);
  const database = await Database.open(":memory:");
  try {
    await createLakeViews(database, workspace.lake, parts);
    const list = keys.map(literal).join(", ");
    const facts: HeldData["facts"] = {};
    for (const fact of Object.keys(FACTS) as Fact[]) {
      const { own, links } = personalColumns(fact);
      // A record of somebody else that only names the person is that somebody's, save orders, which have no owner.
      const columns = own === null ? links.filter((column) => !column.endsWith("_keys")) : [own];
      if (columns.length === 0) continue;
      const rows = await database.all(
        `select * from lake.${fact} where ${columns.map((column) => `${name(column)} in (${list})`).join(" or ")}`,
      );
      if (rows.length > 0) facts[fact] = rows;
    }
    return {
      keys,
      facts,
      refused: await refusedRows(database, workspace.lake, parts, patternOf(values, numbers)),
    };
  } finally {
    database.close();
  }
}

async function refusedRows(
  database: Database,
  lake: string,
  parts: readonly Part[],
  pattern: string | null,
): Promise<Row[]> {
  const paths = parts.filter(({ fact }) => fact === "rejects").map(({ path }) => literal(join(lake, path)));
  if (paths.length === 0 || pattern === null) return [];
  return database.all(
    `select sha256, line, column_name, code, sample from read_parquet([${paths.join(", ")}], hive_partitioning = false, union_by_name = true)
     where regexp_matches(sample, ${literal(pattern)})`,
  );
}
