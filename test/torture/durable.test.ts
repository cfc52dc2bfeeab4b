import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFile, draftOf, publishNew, replaceFile, sweepDrafts } from "../../src/durable.ts";
import { withLock } from "../../src/state/lock.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fupan-durable-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("of two processes that create one file, one gives way", () => {
  const path = join(root, "state");
  for (const name of ["one", "two"]) writeFileSync(join(root, name), name);
  expect([publishNew(join(root, "one"), path), publishNew(join(root, "two"), path)]).toEqual([true, false]);
  expect(readFileSync(path, "utf8")).toBe("one");
  expect(readdirSync(root)).toEqual(["state"]);
  expect(createFile(path, "three")).toBe(false);
  replaceFile(path, "four");
  expect(readFileSync(path, "utf8")).toBe("four");
});

test("drafts of processes that are gone are swept away, those of living ones stay", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const mine = draftOf("CURRENT");
  for (const file of [`CURRENT.tmp-${pid}`, `draft-${pid}.tmp.wal`, mine, "CURRENT", `${pid}.txt`])
    writeFileSync(join(root, file), "");
  expect(sweepDrafts(root, /^CURRENT/)).toBe(1);
  expect(sweepDrafts(root)).toBe(1);
  expect(new Set(readdirSync(root))).toEqual(new Set([mine, "CURRENT", `${pid}.txt`]));
});

test("in a container every run has one PID: what the last one left is known by its age", () => {
  const [left, mine] = [`fupan-backup-1.tmp-${process.pid}`, `fupan-backup-2.tmp-${process.pid}`];
  for (const folder of [left, mine]) mkdirSync(join(root, folder));
  const before = Date.now() / 1000 - process.uptime() - 60;
  utimesSync(join(root, left), before, before);
  expect(sweepDrafts(root)).toBe(1);
  expect(readdirSync(root)).toEqual([mine]);
});

test("a lock is whole from its first moment on", async () => {
  const path = join(root, "lock.duckdb");
  await withLock(path, async () => expect(existsSync(path)).toBe(true));
  expect(readdirSync(root)).toEqual(["lock.duckdb"]);
});
