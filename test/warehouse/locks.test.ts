import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../../src/state/lock.ts";
import { State } from "../../src/state/state.ts";
import { Database } from "../../src/warehouse/database.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fupan-locks-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Another process opens the file for writing. @returns "free", or DuckDB's message. */
function fromOutside(path: string): string {
  const script = `
    import { DuckDBInstance } from "@duckdb/node-api";
    DuckDBInstance.create(${JSON.stringify(path)}).then(() => console.log("free"), (error) => console.log(error.message));`;
  return execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }).trim();
}

test("a closed database is free for other processes at once, an open one is not", async () => {
  const path = join(root, "a.duckdb");
  const database = await Database.open(path);
  const sibling = await database.sibling();
  await database.run("create table t as select 1 as a");
  sibling.close();
  expect(fromOutside(path)).toContain("lock");
  expect(await database.all("select a from t")).toEqual([{ a: 1 }]);
  database.close();
  expect(fromOutside(path)).toBe("free");
});

test("closing one of two handles of a file leaves the other open", async () => {
  const path = join(root, "b.duckdb");
  const [one, two] = [await Database.open(path), await Database.open(path)];
  one.close();
  expect(await two.all("select 1 as a")).toEqual([{ a: 1 }]);
  two.close();
  expect(fromOutside(path)).toBe("free");
});

test("the state and the workspace's lock are held no longer than their work", async () => {
  const state = new State(join(root, "state.duckdb"));
  await state.create();
  expect(fromOutside(join(root, "state.duckdb"))).toBe("free");
  const lock = join(root, "lock.duckdb");
  await withLock(lock, async () => expect(fromOutside(lock)).toContain("lock"));
  expect(fromOutside(lock)).toBe("free");
});
