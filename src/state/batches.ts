import { rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../kit/errors.ts";
import { advance } from "./position.ts";
import type { State } from "./state.ts";

export interface Undone {
  /** File names whose rows are gone. */
  removed: string[];
  /** Later files that repeated rows of these: to be imported once more, or the rows stay missing. */
  reopened: string[];
}

/**
 * Takes a batch out of the ledger in one transaction, then its files out of the lake. Call with the workspace's lock
 * held, and build afterwards. @throws UserError when there is no such batch.
 */
export async function undoBatch(state: State, lake: string, batch: string): Promise<Undone> {
  const { paths, ...undone } = await state.write(async (database) => {
    const names = (rows: readonly Record<string, unknown>[]) => rows.map((row) => String(row["file_name"]));
    const mine = await database.all("select file_name from imports where batch = $batch order by import_id", {
      batch,
    });
    if (mine.length === 0)
      throw new UserError({ zh: `没有批次 ${batch}，可能已经撤销`, en: `There is no batch ${batch}` });
    await advance(database);
    const reopened = await database.all(
      `update imports set is_incomplete = true
       where (batch is null or batch <> $batch) and duplicate > 0 and exists (
         select 1 from imports as mine
         where mine.batch = $batch and mine.import_id < imports.import_id and mine.kind = imports.kind
           and coalesce(mine.from_at <= imports.to_at and mine.to_at >= imports.from_at, true))
       returning file_name`,
      { batch },
    );
    // What was read again for an earlier undoing goes as well: the first reading lacks those rows once more.
    const again = await database.all(
      `update imports set is_incomplete = true
       where (batch is null or batch <> $batch) and not is_incomplete and exists (
         select 1 from imports as mine
         where mine.batch = $batch and mine.accepted > 0 and mine.sha256 = imports.sha256
           and mine.importer = imports.importer and mine.options = imports.options)
       returning file_name`,
      { batch },
    );
    const parts = await database.all(
      "delete from parts where import_id in (select import_id from imports where batch = $batch) returning path",
      { batch },
    );
    await database.run("delete from imports where batch = $batch", { batch });
    return {
      removed: names(mine),
      reopened: names([...reopened, ...again]),
      paths: parts.map((row) => String(row["path"])),
    };
  });
  for (const path of paths) rmSync(join(lake, path), { force: true });
  return undone;
}

/** Column maps that were drawn on the imports page, oldest first: importers of this workspace. */
export async function listColumnMaps(state: State): Promise<unknown[]> {
  const rows = await state.read((database) =>
    database.all("select spec from column_maps order by saved_at, id"),
  );
  return rows.map((row) => JSON.parse(String(row["spec"])) as unknown);
}

export async function saveColumnMap(state: State, id: string, spec: unknown, now: Date): Promise<void> {
  await state.write((database) =>
    database.run("insert or replace into column_maps values ($id, $spec, $now::timestamp)", {
      id,
      spec: JSON.stringify(spec),
      now: now.toISOString().replace("Z", ""),
    }),
  );
}
