import { rmSync } from "node:fs";
import { join } from "node:path";
import { everyFile } from "../admin/files.ts";
import { sweepDrafts } from "../durable.ts";
import { partsOf } from "../state/ledger.ts";
import { positionOf } from "../state/position.ts";
import type { State } from "../state/state.ts";
import { assertNewest } from "../warehouse/publish.ts";
import type { Workspace } from "../workspace.ts";

/**
 * Removes what interrupted runs left: drafts, decoded copies, and parts that the ledger does not list, which exist for
 * nobody. Only under the workspace's lock, since a running import has such parts until its ledger entry is written.
 * @returns how many files went. @throws UserError where the ledger is older than what was published.
 */
export async function sweepLake(workspace: Workspace, state: State): Promise<number> {
  const { position, parts } = await state.read(async (database) => ({
    position: await positionOf(database),
    parts: await partsOf(database),
  }));
  assertNewest(workspace, position);
  const listed = new Set(parts.map(({ path }) => join(workspace.lake, path)));
  const stray = everyFile(workspace.lake).filter((file) => !listed.has(file));
  for (const file of stray) rmSync(file, { force: true });
  const ours = /^(?:state|lock)\.duckdb\.tmp-|^fupan\.yaml\.tmp-/;
  return stray.length + sweepDrafts(workspace.root, ours) + sweepDrafts(workspace.scratch);
}
