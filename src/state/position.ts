import type { Database } from "../warehouse/database.ts";

const POSITION = "ledger_position";

/** How often the ledger was changed. What was published says it too, so that an earlier file is known as such. */
export async function positionOf(database: Database): Promise<number> {
  const [row] = await database.all("select value from settings where name = $name", { name: POSITION });
  return Number(row?.["value"] ?? 0);
}

/** With every change of the ledger, in its transaction. */
export async function advance(database: Database): Promise<void> {
  const value = String((await positionOf(database)) + 1);
  await database.run("insert or replace into settings values ($name, $value)", { name: POSITION, value });
}
