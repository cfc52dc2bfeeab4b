import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { audit, brokenAudit } from "../../src/state/audit.ts";
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
