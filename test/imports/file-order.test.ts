import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { columnsPlan } from "../../src/ingest/columns-select.ts";
import { withoutForgotten } from "../../src/ingest/forgotten.ts";
import { KINDS } from "../../src/ingest/kinds/index.ts";
import { macros } from "../../src/ingest/macros.ts";
import type { ColumnsImporter, TableImporter } from "../../src/kit/importer.ts";
import { Database, literal, name } from "../../src/warehouse/database.ts";

const tables = importers.filter(({ form }) => form === "table" || form === "columns") as (
  | TableImporter
  | ColumnsImporter
)[];

/** SQL of no rows with an importer's columns, and its select over them. */
function planned(importer: TableImporter | ColumnsImporter): { rows: string; select: string } {
  if (importer.form === "table" && "json" in importer.reader)
    return {
      rows: `select unnest(json_transform('{}', ${literal(JSON.stringify(importer.reader.json))}))`,
      select: importer.select,
    };
  const { reads, select } =
    importer.form === "columns"
      ? columnsPlan(importer, KINDS[importer.kind], Object.values(importer.columns).map(first), "x.csv")
      : {
          reads: (importer.reader as { csv: { columns: Record<string, string> } }).csv.columns,
          select: importer.select,
        };
  return {
    rows: `select ${Object.entries(reads).map(([column, type]) => `null::${type} as ${name(column)}`)}`,
    select,
  };
}

const first = (names: string | readonly string[]) => (typeof names === "string" ? names : (names[0] ?? ""));

describe("a table is read in the order of its file, since a record's number says its line", () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.open(":memory:");
    for (const macro of macros("secret", "Asia/Shanghai")) await database.run(macro);
    await database.run("create macro option(key) as null::varchar");
  });
  afterAll(() => database.close());

  async function joins({ rows, select }: { rows: string; select: string }): Promise<boolean> {
    await database.run(`create or replace table cells as select null::bigint as record, * from (${rows})`);
    const [plan] = await database.all(`explain with source as (from cells) ${select}`);
    return /JOIN/.test(String(plan?.["explain_value"]));
  }

  it.each(tables.map((importer) => [importer.id, importer] as const))(
    "%s joins nothing",
    async (_id, importer) => {
      expect(await joins(planned(importer))).toBe(false);
    },
  );

  it("nor does what empties links to ten people who were forgotten", async () => {
    const keys = Array.from({ length: 10 }, (_, at) => `'key${at}'`);
    const columns = ["buyer_key", "phone_key", "receiver_phone_key", "leader_key", "extra"];
    const rows = `select ${columns.map((column) => `null::varchar as ${column}`).join(", ")}`;
    for (const column of ["buyer_key", "extra"]) {
      const select = `select record, ${withoutForgotten("orders", column, column, keys)} as cell from source`;
      expect([column, await joins({ rows, select })]).toEqual([column, false]);
    }
  });

  it("finds a list of values that became a join", async () => {
    const select = "select record, text in ('a', 'b', 'c', 'd', 'e', 'f', 'g') as is_known from source";
    expect(await joins({ rows: "select null::varchar as text", select })).toBe(true);
  });
});
