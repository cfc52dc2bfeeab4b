import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowHash } from "../../src/ingest/compute-facts.ts";
import { FACTS } from "../../src/ingest/facts.ts";
import { fixedColumns } from "../../src/ingest/fixed-columns.ts";
import { listParts } from "../../src/state/ledger.ts";
import { Database, literal } from "../../src/warehouse/database.ts";
import { Community } from "../support/community.ts";

let database: Database;
beforeAll(async () => {
  database = await Database.open(":memory:");
  await database.run("create macro option(key) as (case key when 'stem' then '茶''s' end)::varchar");
});
afterAll(() => database.close());

describe("columns that are the same in every row", () => {
  it.each([
    ["option('stem')", { a: "'茶''s'::varchar" }],
    ["coalesce(option('group_id'), option('stem'))", { a: "'茶''s'::varchar" }],
    ["option('group_id')", { a: "null::varchar" }],
    ["nullif(m.room, '')", {}],
    ["if(room is null, 'x', 'y')", {}],
    ["(select max(room) from source)", {}],
    ["list_aggregate(list_transform([room], lambda x: x), 'string_agg', '')", {}],
    ["row_number() over ()::varchar", {}],
    ["1", {}],
    ["[option('stem')]", {}],
  ])("%s", async (sql, expected) => {
    const select = `with source as (select 'r' as room) select ${sql} as a, room as b from source as m`;
    expect(Object.fromEntries(await fixedColumns(database, select, (one) => one === "a"))).toEqual(expected);
  });

  it("are none of a column that nobody asked for, nor of a union", async () => {
    const union = "select 'x' as a union all select 'y'";
    expect([...(await fixedColumns(database, union, () => true))]).toEqual([]);
    expect([...(await fixedColumns(database, "select 'x' as a", () => false))]).toEqual([]);
  });
});

describe("with columns known to be the same in every row", () => {
  const known = new Map([
    ["shop", "'tea'::varchar"],
    ["seen", "timestamp '2026-11-23 10:00:00'"],
    ["coupon", "null::varchar"],
  ]);

  it("what is made of them alone is so as well, of any type", async () => {
    const select =
      "select upper(shop) as a, seen as b, coalesce(coupon, 'none') as c, shop || id as d, coupon as e, shop, id from t join u using (id)";
    expect(Object.fromEntries(await fixedColumns(database, select, () => true, known))).toEqual({
      a: "'TEA'::varchar",
      b: "'2026-11-23 10:00:00'::varchar",
      c: "'none'::varchar",
      e: "null::varchar",
      shop: "'tea'::varchar",
    });
  });

  it("of rows that are put together only what is written out", async () => {
    const select = "select 'shop' as a, max(seen) as b, count(*) as c, shop as d from t group by all";
    expect(Object.fromEntries(await fixedColumns(database, select, () => true, known))).toEqual({
      a: "'shop'::varchar",
    });
  });

  it("a row's key is the same as when each column is looked at", async () => {
    const fixed = new Map([
      ["shop_id", "'tea'::varchar"],
      ["as_of", "'2026-11-23 10:00:00'::varchar"],
      ["as_of_is_utc", "'false'::varchar"],
      ["group_id", "null::varchar"],
      ["amount", "'5.5'::varchar"],
    ]);
    const cells = Object.entries(FACTS.orders).map(
      ([column, type]) =>
        `${column === "order_id" ? "'1'" : (fixed.get(column) ?? "null")}::${type} as "${column}"`,
    );
    const { same, other } = await database.one(
      `select ${rowHash("orders")} = ${rowHash("orders", fixed)} as same,
         ${rowHash("orders")} = ${rowHash("orders", new Map([["amount", "'5.6'::varchar"]]))} as other
       from (select ${cells.join(", ")})`,
    );
    expect([same, other]).toEqual([true, false]);
  });
});

const HEAD = "group_id,sender_id,sent_at,text,message_id\n";
const row = (group: string, at: number) =>
  `${group},p${at % 3},2026-11-0${1 + (at % 9)} 10:00:00,t${at},m${at}`;

describe("parts of messages", () => {
  it("read as texts and tell which groups they hold", async () => {
    const community = new Community();
    try {
      const rows = Array.from({ length: 30 }, (_, at) => row(at % 2 ? "b" : "a", at));
      await community.import("two.csv", HEAD + rows.join("\n"));
      await community.import("one.csv", HEAD + row("c", 40));
      const parts = (await listParts(community.state)).filter(({ fact }) => fact === "messages");
      const files = parts.map(({ path }) => literal(`${community.workspace.lake}/${path}`)).join(", ");
      const types = await database.all(
        `select distinct typeof(group_id) as g, typeof(kind) as k, typeof(person_key) as p, typeof(source_format) as f from read_parquet([${files}])`,
      );
      expect(types).toEqual([{ g: "VARCHAR", k: "VARCHAR", p: "VARCHAR", f: "VARCHAR" }]);
      const told = await database.all(
        `select stats_min_value as first, stats_max_value as last from parquet_metadata([${files}]) where path_in_schema = 'group_id' order by all`,
      );
      expect(told).toEqual([
        { first: "a", last: "b" },
        { first: "c", last: "c" },
      ]);
    } finally {
      community.remove();
    }
  });
});
