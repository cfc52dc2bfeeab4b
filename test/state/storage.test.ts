import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UserError } from "../../src/kit/errors.ts";
import { State } from "../../src/state/state.ts";
import { Database } from "../../src/warehouse/database.ts";

// What DuckDB does to a file when nobody watches it: docs/reliability.md, the findings.
let root: string;
let path: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fupan-storage-"));
  path = join(root, "state.duckdb");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const set = (name: string) => (database: Database) =>
  database.run("insert into settings values ($name, 'x')", { name });
const names = async (state: State) => {
  const rows = await state.read((database) =>
    database.all("select name from settings where value = 'x' order by name"),
  );
  return rows.map(({ name }) => name);
};

test("one file opened twice, by its name and through a link, is one: no row of either is lost", async () => {
  symlinkSync(root, join(root, "link"));
  const one = await Database.open(path);
  await one.run("create table t as select 'one' as of from range(20000)");
  const two = await Database.open(join(root, "link", "state.duckdb"));
  await two.run("insert into t select 'two' from range(20000)");
  await one.run("insert into t select 'one' from range(20000)");
  await two.run("checkpoint");
  two.close();
  await one.run("checkpoint");
  one.close();
  const again = await Database.open(path);
  expect(await again.all("select of, count(*) as n from t group by all order by all")).toEqual([
    { of: "one", n: 40_000 },
    { of: "two", n: 20_000 },
  ]);
  again.close();
});

describe("a transaction in which a statement fails keeps nothing of it", () => {
  test.each([
    ["a constraint", "insert into settings values ('schema_version', 'twice')"],
    ["a conversion", "insert into settings select 'n', 'no number'::integer"],
    ["a word that is no SQL", "insert in to settings"],
    ["a table that is not there", "insert into nowhere values (1)"],
    ["a file that is not there", "copy settings from '/no/file.csv'"],
  ])("%s", async (_, statement) => {
    const state = new State(path);
    await state.write(set("before"));
    const failed = state.write(async (database) => {
      await set("half")(database);
      await database.run(statement);
      await set("rest")(database);
    });
    await expect(failed).rejects.toThrow();
    expect(await names(state)).toEqual(["before"]);
    await state.write(set("later"));
    expect(await names(state)).toEqual(["before", "later"]);
  });

  test("planted: a commit after it would say that all is well", async () => {
    const database = await Database.open(path);
    await database.run("create table t (a integer primary key)");
    await database.run("begin");
    await database.run("insert into t values (1)");
    await expect(database.run("insert into t values (1)")).rejects.toThrow();
    await database.run("commit");
    expect(await database.all("from t")).toEqual([]);
    database.close();
  });
});

test("nothing that was acknowledged is left in a log beside the file", async () => {
  const state = new State(path);
  await state.create();
  for (const name of ["a", "b", "c"]) {
    await state.write(set(name));
    expect(existsSync(`${path}.wal`)).toBe(false);
    copyFileSync(path, join(root, "copy.duckdb"));
    const copy = new State(join(root, "copy.duckdb"));
    expect((await names(copy)).at(-1)).toBe(name);
    rmSync(join(root, "copy.duckdb"));
  }
});

test("a log that belongs to another file is refused, not played into this one", async () => {
  const other = await Database.open(join(root, "other.duckdb"));
  await other.run("create table settings (name varchar, value varchar)");
  await other.run("checkpoint");
  await other.run("insert into settings values ('stranger', 'x')");
  const log = readFileSync(join(root, "other.duckdb.wal"));
  other.close();
  const state = new State(path);
  await state.write(set("own"));
  writeFileSync(`${path}.wal`, log);
  await expect(names(new State(path))).rejects.toThrow(UserError);
  rmSync(`${path}.wal`);
  expect(await names(new State(path))).toEqual(["own"]);
});

test.each(["before_truncate", "before_header", "after_free_list_write", "before_wal_finish"])(
  "a checkpoint that ends %s loses nothing that was acknowledged, and the next write goes on",
  async (point) => {
    const state = new State(path);
    await state.write(set("acknowledged"));
    const broken = state.write(async (database) => {
      await set("broken off")(database);
      await database.run(`set debug_checkpoint_abort = '${point}'`);
    });
    await expect(broken).rejects.toThrow();
    const left = await names(state);
    expect([["acknowledged"], ["acknowledged", "broken off"]]).toContainEqual(left);
    await state.write(set("later"));
    expect(await names(new State(path))).toEqual([...left, "later"]);
  },
);

test.each<[string, (whole: Buffer) => Buffer]>([
  ["of no bytes", () => Buffer.alloc(0)],
  ["of other bytes", () => Buffer.from("not a database".repeat(2000))],
  ["cut in the middle", (whole) => whole.subarray(0, whole.length / 2)],
  ["cut in its header", (whole) => whole.subarray(0, 3000)],
  ["with zeroes for its headers", (whole) => Buffer.concat([Buffer.alloc(12_288), whole.subarray(12_288)])],
])("a state %s is told in words, with the way out, and is left as it is", async (_, damage) => {
  const state = new State(path);
  await state.write(set("once"));
  const bytes = damage(readFileSync(path));
  writeFileSync(path, bytes);
  for (const use of [names, (one: State) => one.write(set("more"))])
    await expect(use(new State(path))).rejects.toMatchObject({
      text: { zh: expect.stringContaining("坏了") },
      hint: { en: expect.stringContaining("fupan restore") },
    });
  expect(readFileSync(path).equals(bytes)).toBe(true);
});
