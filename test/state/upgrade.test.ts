import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../src/state/migrations.ts";
import { State } from "../../src/state/state.ts";
import { upgrade } from "../../src/state/upgrade.ts";
import { Database } from "../../src/warehouse/database.ts";

describe("the state of another version", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fupan-state-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A file as the first `version` migrations left it, with a secret that must survive. */
  const fileOf = async (version: number) => {
    const path = join(folder, "state.duckdb");
    const database = await Database.open(path);
    for (const statement of MIGRATIONS.slice(0, version).flat()) await database.run(statement);
    await database.run("insert into secrets values ('person_key', 'kept')");
    await database.run("insert into settings values ('schema_version', $version)", {
      version: String(version),
    });
    database.close();
    return path;
  };
  const tables = async (path: string) => {
    const database = await Database.open(path);
    const { names } = await database.one(
      "select list(table_name || '.' || column_name order by all) as names from information_schema.columns",
    );
    database.close();
    return names;
  };

  it.each(MIGRATIONS.map((_, at) => at + 1))(
    "version %i gets today's tables and keeps its rows",
    async (version) => {
      const path = await fileOf(version);
      expect(await new State(path).secret()).toBe("kept");
      const fresh = join(folder, "fresh.duckdb");
      await new State(fresh).create();
      expect(await tables(path)).toEqual(await tables(fresh));
    },
  );

  it("a failing step leaves the old version", async () => {
    const path = await fileOf(1);
    const database = await Database.open(path);
    const broken = [...MIGRATIONS, ["create table half (x integer)", "select nonsense"]];
    await expect(upgrade(database, path, broken)).rejects.toThrow();
    const { n } = await database.one(
      "select count(*) as n from information_schema.tables where table_name = 'half'",
    );
    expect(n).toBe(0);
    database.close();
  });

  it("a newer version is refused", async () => {
    const path = await fileOf(MIGRATIONS.length);
    const database = await Database.open(path);
    await database.run("update settings set value = '999' where name = 'schema_version'");
    database.close();
    await expect(new State(path).secret()).rejects.toThrow(/newer Fupan/);
  });
});
