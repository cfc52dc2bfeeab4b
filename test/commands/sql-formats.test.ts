import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Content, Context } from "../../src/commands/context.ts";
import { sql } from "../../src/commands/sql.ts";
import { FORMATS } from "../../src/commands/sql-formats.ts";
import { toArrow } from "../../src/server/arrow.ts";
import { toCsv } from "../../src/server/csv.ts";
import { Database } from "../../src/warehouse/database.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

let community: Community;
beforeAll(async () => {
  community = new Community();
  const said = [1, 2, 3].map((n) => ({
    group_id: "g",
    sender_id: `m${n}`,
    sent_at: `2026-11-1${n} 12:00:00`,
    text: "早",
  }));
  await community.import("messages.csv", csv(said));
  await community.build("2026-11-16T00:00:00");
});
afterAll(() => community.remove());

/** What a program that reads the output gets. */
async function given(statement: string, format: string, more: { out?: string; terminal?: boolean } = {}) {
  const got: (string | Buffer)[] = [];
  const context: Context = {
    content: { sql: SQL_ROOT, importers: [] } as unknown as Content,
    effects: {
      out: (text) => got.push(text),
      log: () => undefined,
      now: () => NOW,
      ...(more.terminal ? {} : { bytes: (data: Buffer) => got.push(data) }),
    },
    globals: { workspace: community.root },
    lang: "zh",
  };
  await sql(context, statement, { format, ...(more.out ? { out: more.out } : {}) });
  return got;
}
/** What a command left of its own; DuckDB keeps its folder. */
const left = () => readdirSync(community.workspace.scratch).filter((name) => name !== "spill");
const ASKED =
  "select week, count(*) as n, 'x' as word, null as nothing from marts.messages group by all -- all";

test("Parquet keeps the types, and leaves nothing behind", async () => {
  const out = join(community.root, "rows.parquet");
  expect(await given(ASKED, "parquet", { out })).toEqual([]);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  const database = await Database.open(":memory:");
  const row = await database.one(`select *, typeof(week) as type, typeof(n) as many from '${out}'`);
  database.close();
  expect(row).toMatchObject({ n: 3, word: "x", nothing: null, type: "DATE", many: "BIGINT" });
  const [bytes] = await given(`${ASKED}\n;`, "parquet");
  expect([Buffer.isBuffer(bytes), String(bytes).slice(0, 4)]).toEqual([true, "PAR1"]);
  expect(left()).toEqual([]);
});

test("facts go to another program as they were imported, persons as keys", async () => {
  const out = join(community.root, "facts.parquet");
  await given("from lake.messages", "parquet", { out });
  const database = await Database.open(":memory:");
  const { n, persons, facts } = await database.one(
    `select count(*) as n, count(distinct person_key) as persons, string_agg(to_json(facts)::varchar, '') as facts from '${out}' as facts`,
  );
  database.close();
  expect([Number(n), Number(persons)]).toEqual([3, 3]);
  expect(String(facts)).toContain("早");
  expect(String(facts)).not.toMatch(/\bm[123]\b/);
});

test("Arrow has the names also where there are no rows", async () => {
  const [bytes] = await given(ASKED, "arrow");
  const table = tableFromIPC(bytes as Buffer);
  expect(table.schema.fields.map(({ name }) => name)).toEqual(["week", "n", "word", "nothing"]);
  expect(table.toArray().map((row) => row.n)).toEqual([3]);
  const [empty] = await given("select group_id, person_id from marts.messages where false", "arrow");
  const fields = tableFromIPC(empty as Buffer).schema.fields;
  expect(fields.map(({ name }) => name)).toEqual(["group_id", "person_id"]);
});

test("an answer without a row has its names in every format, and no blank line", async () => {
  const none = "select group_id, count(*) as n from marts.messages where false group by all";
  expect(await given(none, "table")).toEqual(["group_id  n\n--------  -"]);
  expect(await given(none, "csv")).toEqual(["group_id,n"]);
  expect(await given(none, "json")).toEqual(["[]"]);
});

/** Many rows with what is odd: places at which lines end for some readers, a type that only a late row has. */
const MANY = `select i::bigint as i, if(i % 7 = 0, null, 'a' || chr(10) || '"' || chr(8232) || i) as word, [i, null] as list,
    if(i = 39999, 2.5, i) as late, i % 2 = 0 as flag, timestamp '2026-11-16 08:00:00' + interval (i) second as at, null as nothing
  from range(40000) as t (i) order by i`;

test("an answer of many rows is in every format what it is at once", async () => {
  const database = await Database.open(":memory:");
  const rows = await database.all(MANY);
  database.close();
  const names = Object.keys(rows[0] ?? {});
  const csvText = toCsv(names, rows).slice(1, -2);
  for (const [format, wanted] of [
    ["json", JSON.stringify(rows, null, 2)],
    ["csv", csvText],
  ] as const) {
    const out = join(community.root, `many.${format}`);
    await given(MANY, format, { out });
    expect(readFileSync(out, "utf8") === wanted).toBe(true);
    const pieces = await given(MANY, format);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join("\n") === wanted).toBe(true);
  }
  const at = (bytes: Buffer) => {
    const table = tableFromIPC(bytes);
    const kinds = table.schema.fields.map(({ name, type }) => `${name} ${type}`);
    return [kinds, table.numRows, JSON.stringify(table.toArray())];
  };
  const bytes = Buffer.concat((await given(MANY, "arrow")) as Buffer[]);
  expect(at(bytes)).toEqual(at(toArrow(names, rows)));
  const lines = (await given("select i as a, null as b from range(3) as t (i)", "table")).join("\n");
  expect(lines).toBe("a  b\n-  -\n0\n1\n2");
});

test("what fails in the middle leaves no file, neither half of one", async () => {
  const late = "select if(i = 90000, error('late'), i) as i from range(100000) as t (i)";
  const out = join(community.root, "half");
  for (const format of FORMATS) {
    await expect(given(late, format, { out })).rejects.toThrow();
    expect([format, existsSync(out), left()]).toEqual([format, false, []]);
  }
});

test("a terminal is sent no bytes, and a file that may not be read stays unread in every format", async () => {
  for (const format of ["arrow", "parquet"]) {
    await expect(given(ASKED, format, { terminal: true })).rejects.toMatchObject({
      text: { zh: expect.stringContaining("--out") },
    });
  }
  const path = join(community.root, "own.txt");
  writeFileSync(path, "whatever");
  for (const format of FORMATS) {
    await expect(given(`select * from read_text('${path}')`, format)).rejects.toThrow();
  }
  await expect(given("select 1", "xml")).rejects.toMatchObject({ text: { zh: "暂不支持 --format xml" } });
});
