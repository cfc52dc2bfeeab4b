import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Database } from "../../src/warehouse/database.ts";

const folder = mkdtempSync(join(tmpdir(), "fupan-caged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("two readers of one file in a process both get it, shut and in UTC", async () => {
  const path = join(folder, "one.duckdb");
  const writer = await Database.open(path);
  await writer.run("create table t as select timestamptz '2026-11-09 00:00:00+08' as moment");
  writer.close();
  const options = { readOnly: true, caged: true };
  // Two at the same time, and one later.
  const [first, third] = await Promise.all([Database.open(path, options), Database.open(path, options)]);
  const second = await Database.open(path, options);
  for (const database of [first, second, third]) {
    expect(await database.one("select moment::varchar as text from t")).toEqual({
      text: "2026-11-08 16:00:00+00",
    });
    await expect(database.run("set threads = 1")).rejects.toThrow("locked");
    await expect(database.all("select * from read_csv('/etc/hostname')")).rejects.toThrow(/disabled/);
  }
  first.close();
  third.close();
  expect(await second.one("select count(*) as rows from t")).toEqual({ rows: 1 });
  second.close();
});
