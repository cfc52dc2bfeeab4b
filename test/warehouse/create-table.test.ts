import { expect, test } from "vitest";
import { createTable } from "../../src/warehouse/create-table.ts";
import { Database } from "../../src/warehouse/database.ts";

const COLUMNS = { n: "integer", day: "date", text: "varchar" };
const ROWS = 45_000;

/** Rows that are counted as they are made. */
function* counted(made: { rows: number }) {
  for (let n = 0; n < ROWS; n++) {
    made.rows++;
    yield n % 3 === 0 ? { n } : { n, day: "2026-11-23", text: `第 ${n} 行` };
  }
}

test("rows that are made one by one all come, in their order, and stand in memory only for a while", async () => {
  const database = await Database.open(":memory:");
  const made = { rows: 0 };
  const before: number[] = [];
  const run = database.run.bind(database);
  database.run = async (...asked) => {
    if (/^insert into many/.test(asked[0])) before.push(made.rows);
    return run(...asked);
  };
  await createTable(database, "many", COLUMNS, counted(made));
  expect(made.rows).toBe(ROWS);
  // A batch is written before the next is made, but for the row that says that there is one.
  expect(before).toEqual([20_001, 40_001, ROWS]);
  expect(
    await database.all(
      "select count(*) as n, sum(n) as sum, count(text) as texts, bool_and(n = rowid) as ordered, min(day)::varchar as day from many",
    ),
  ).toEqual([{ n: ROWS, sum: (ROWS * (ROWS - 1)) / 2, texts: 30_000, ordered: true, day: "2026-11-23" }]);
  expect(await database.all("select 1 from duckdb_tables() where table_name = 'made_rows'")).toEqual([]);
  database.close();
});

test("without rows there is a table of these columns, in the place of the one before", async () => {
  const database = await Database.open(":memory:");
  await createTable(database, "many", { other: "varchar" }, [{ other: "x" }]);
  await createTable(database, "many", COLUMNS, []);
  expect(await database.all("from many")).toEqual([]);
  const { types } = await database.one(
    "select list(data_type order by column_index) as types from duckdb_columns() where table_name = 'many'",
  );
  expect(types).toEqual(["INTEGER", "DATE", "VARCHAR"]);
  database.close();
});
