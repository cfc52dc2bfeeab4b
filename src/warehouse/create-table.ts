import type { Database } from "./database.ts";
import type { Cell } from "./rows.ts";

const ROWS_AT_ONCE = 5000;

/**
 * Creates or replaces a table of a few rows made in JavaScript: one statement for all of them, since each one costs
 * a round trip, a plan and a commit.
 * @param columns DuckDB types by name, in the order of the table; the rows name them alike.
 */
export async function createTable<C extends string>(
  database: Database,
  table: string,
  columns: Readonly<Record<C, string>>,
  rows: readonly Readonly<Record<C, Cell | undefined>>[],
): Promise<void> {
  const list = Object.entries<string>(columns);
  await database.run(
    `create or replace table ${table} (${list.map(([column, type]) => `${column} ${type}`).join(", ")})`,
  );
  const shape = JSON.stringify([
    Object.fromEntries(list.map(([column, type]) => [column, type.toUpperCase()])),
  ]);
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const values = rows
      .slice(at, at + ROWS_AT_ONCE)
      .map((row) => Object.fromEntries(list.map(([column]) => [column, row[column as C] ?? null])));
    await database.run(
      `insert into ${table} select unnest(from_json($rows::json, '${shape}'), recursive := true)`,
      { rows: JSON.stringify(values) },
    );
  }
}
