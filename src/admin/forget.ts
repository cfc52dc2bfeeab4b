import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { listParts, sourcesOf } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import { recordErasure } from "../state/tombstones.ts";
import { Database } from "../warehouse/database.ts";
import { removeOldGenerations } from "../warehouse/publish.ts";
import type { Workspace } from "../workspace.ts";
import { everyFile, holds } from "./files.ts";
import { findPerson } from "./person.ts";
import { rewriteParts } from "./rewrite.ts";

export interface Erasure {
  /** Records taken out, by fact. */
  removed: Record<string, number>;
  /** Reports and lists from which the person was taken out; binary ones were deleted. Relative to the workspace. */
  cleaned: string[];
  /** Raw exports that still hold the person: they are the operator's to delete or to export again. */
  raw: string[];
}

const TEXT = new Set([".json", ".md", ".csv", ".html", ".txt", ".ics"]);
const ERASED = "已删除";

/**
 * Takes somebody out of everything the workspace derived, so that no byte of their ids, names and messages is left,
 * and lets no export bring them back. Orders stay for the books, as nobody's. What others wrote about them stays.
 * @param rebuild publishes a generation without the person; the older ones are removed then.
 * @throws UserError when nobody is known by `wanted`.
 */
export async function forget(
  workspace: Workspace,
  state: State,
  wanted: string,
  by: { who: string; at: Date },
  rebuild: () => Promise<void>,
): Promise<Erasure> {
  const { keys, raw, parts } = await findPerson(workspace, state, wanted);
  const database = await Database.open(":memory:");
  const { replacements, removed } = await rewriteParts(database, workspace.lake, parts, keys, raw).finally(
    () => database.close(),
  );
  const sources = new Set(
    await sourcesOf(
      state,
      replacements.map(({ old }) => old),
    ),
  );
  await recordErasure(state, keys, replacements, by);
  const listed = new Set((await listParts(state)).map(({ path }) => path));
  for (const { old } of replacements) {
    if (!listed.has(old)) rmSync(join(workspace.lake, old), { force: true });
  }
  await rebuild();
  removeOldGenerations(workspace.marts);
  await state.rewrite();
  rmSync(workspace.scratch, { recursive: true, force: true });
  const values = [...raw, ...keys].filter((value) => value.length > 1);
  const cleaned = [workspace.reports, workspace.lists].flatMap((folder) => clean(folder, values));
  const inbox = everyFile(workspace.inbox).filter(
    (file) => sources.has(basename(file)) || holds(file, values),
  );
  const shown = (file: string) => relative(workspace.root, file);
  return { removed, cleaned: cleaned.map(shown), raw: inbox.map(shown) };
}

function clean(folder: string, values: readonly string[]): string[] {
  return everyFile(folder).filter((file) => {
    if (!holds(file, values)) return false;
    if (!TEXT.has(extname(file))) rmSync(file);
    else {
      const text = values.reduce((rest, value) => rest.replaceAll(value, ERASED), readFileSync(file, "utf8"));
      writeFileSync(file, text);
    }
    return true;
  });
}
