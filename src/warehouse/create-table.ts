import { TableAppender } from "./append.ts";
import type { Database } from "./database.ts";

type Value = string | number | boolean | null | undefined;

/** So many stand beside their table at once: rows may be texts of kilobytes, and hundreds of thousands. */
const BATCH_ROWS = 20_000;

/**
 * Creates or replaces a table of rows made in JavaScript, through an appender and a cast for each batch: a statement per
 * row costs a round trip, a plan and a commit, and rows as one JSON text cost 0.5 ms each where they hold JSON themselves.
 * @param columns DuckDB types by name, in the order of the table; the rows name them alike, absent is NULL.
 * @param rows may be made as they are asked for.
 */
export async function createTable<C extends string>(
  database: Database,
  table: string,
  columns: Readonly<Record<C, string>>,
  rows: Iterable<Readonly<Partial<Record<C, Value>>>>,
): Promise<void> {
  const list = Object.entries<string>(columns);
  await database.run(
    `create or replace table ${table} (${list.map(([column, type]) => `${column} ${type}`).join(", ")})`,
  );
  const each = rows[Symbol.iterator]();
  for (let next = each.next(); !next.done; ) {
    await database.run(
      `create or replace temp table made_rows (${list.map(([column]) => `${column} varchar`).join(", ")})`,
    );
    const appender = await TableAppender.open(database, "made_rows");
    for (let made = 0; made < BATCH_ROWS && !next.done; made++, next = each.next()) {
      const { value } = next;
      appender.add(list.map(([column]) => textOf(value[column as C])));
    }
    appender.close();
    await database.run(
      `insert into ${table} select ${list.map(([column, type]) => `${column}::${type}`).join(", ")} from made_rows`,
    );
    await database.run("drop table made_rows");
  }
}

function textOf(value: Value): string | null {
  return value === null || value === undefined ? null : String(value);
}
