import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appendAudit, audit, brokenAudit } from "../../src/state/audit.ts";
import { State } from "../../src/state/state.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fupan-together-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

// Each opens and closes the file: between the last close and the next open DuckDB finds it neither open nor free.
test("many requests at once read and write the state, and each gets its answer", async () => {
  const [one, two] = [new State(join(root, "state.duckdb")), new State(join(root, "state.duckdb"))];
  await Promise.all([one.create(), two.create()]);
  const work = Array.from({ length: 96 }, async (_, at) => {
    await wait((at * 37) % 400);
    const state = at % 2 === 0 ? one : two;
    if (at % 8 > 0) return state.read((database) => database.all("select * from settings"));
    return state.write((database) =>
      database.run("insert into settings values ($name, 'x')", { name: `n${at}` }),
    );
  });
  await Promise.all(work);
  const { n } = await one.read((database) => database.one("select count(*) as n from settings"));
  expect(n).toBe(1 + 12);
});

test("lists that leave at the same moment follow one another in the audit", async () => {
  const state = new State(join(root, "state.duckdb"));
  await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      audit(state, { at: "2026-11-24T08:00:00.000Z", who: `w${at}`, action: "export", detail: "{}" }),
    ),
  );
  expect(await state.read(brokenAudit)).toEqual([]);
  const { n } = await state.read((database) => database.one("select count(*) as n from audit"));
  expect(n).toBe(12);
});

// A number taken from a sequence is gone though the line was taken back, where a reader keeps the file open.
test("a line of the audit that could not be kept leaves no gap behind it", async () => {
  const state = new State(join(root, "state.duckdb"));
  const line = { at: "2026-11-24T08:00:00.000Z", who: "w", action: "export", detail: "{}" };
  await audit(state, line);
  await state.read(async () => {
    const failing = state.write(async (database) => {
      await appendAudit(database, line);
      throw new Error("the disk is full");
    });
    await expect(failing).rejects.toThrow("full");
    await audit(state, line);
  });
  await audit(state, line);
  expect(await state.read(brokenAudit)).toEqual([]);
  const rows = await state.read((database) => database.all("select entry_id from audit order by 1"));
  expect(rows.map((row) => row["entry_id"])).toEqual([1, 2, 3]);
});

test("an audit in which such a gap was left is sound, and one without its first line is not", async () => {
  const state = new State(join(root, "state.duckdb"));
  for (const detail of ["1", "2", "3"])
    await audit(state, { at: "2026-11-24T08:00:00.000Z", who: "w", action: "export", detail });
  await state.write((database) => database.run("update audit set entry_id = 7 where entry_id = 3"));
  expect(await state.read(brokenAudit)).toEqual([]);
  await state.write((database) => database.run("delete from audit where entry_id = 1"));
  expect(await state.read(brokenAudit)).toEqual([2]);
});
