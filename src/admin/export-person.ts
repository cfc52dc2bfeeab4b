import { FACTS, type Fact } from "../ingest/facts.ts";
import { personalColumns } from "../ingest/personal.ts";
import type { State } from "../state/state.ts";
import { Database, literal, name } from "../warehouse/database.ts";
import { createLakeViews } from "../warehouse/lake.ts";
import type { Row } from "../warehouse/rows.ts";
import type { Workspace } from "../workspace.ts";
import { findPerson } from "./person.ts";

/** Everything that is held about one person, for access and portability requests. Times as the sources state them. */
export interface HeldData {
  keys: string[];
  facts: Partial<Record<Fact, Row[]>>;
}

/** @throws UserError when nobody is known by `wanted`. */
export async function exportPerson(workspace: Workspace, state: State, wanted: string): Promise<HeldData> {
  const { keys, parts } = await findPerson(workspace, state, wanted);
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
    return { keys, facts };
  } finally {
    database.close();
  }
}
