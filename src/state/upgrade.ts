import { UserError } from "../kit/errors.ts";
import type { Database } from "../warehouse/database.ts";
import { MIGRATIONS } from "./migrations.ts";

/**
 * Brings a state.duckdb of an earlier version to today's tables: all missing versions in one transaction, so that a
 * crash leaves the old file.
 * @throws UserError when a newer Fupan wrote the file: its tables are not known here.
 */
export async function upgrade(
  database: Database,
  path: string,
  migrations: readonly (readonly string[])[] = MIGRATIONS,
): Promise<void> {
  const { value } = await database.one("select value from settings where name = 'schema_version'");
  const version = Number(value);
  if (version === migrations.length) return;
  if (version > migrations.length) {
    throw newerVersion(path, version, migrations.length);
  }
  await database.transaction(async () => {
    for (const statement of migrations.slice(version).flat()) await database.run(statement);
    await database.run("update settings set value = $version where name = 'schema_version'", {
      version: String(migrations.length),
    });
  });
  await database.run("checkpoint");
}

export function newerVersion(path: string, version: number, known = MIGRATIONS.length): UserError {
  return new UserError(
    {
      zh: `${path} 是更新版本的复盘写的（第 ${version} 版，这里只认到第 ${known} 版）`,
      en: `${path} was written by a newer Fupan (version ${version}; this one knows ${known})`,
    },
    { hint: { zh: "请升级复盘后再打开。", en: "Upgrade Fupan, then open it again." } },
  );
}
