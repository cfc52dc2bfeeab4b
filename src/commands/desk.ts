import { mkdirSync } from "node:fs";
import { ImportDesk } from "../server/imports/desk.ts";
import { rejectsFile } from "../server/imports/rejects.ts";
import type { State } from "../state/state.ts";
import type { Workspace } from "../workspace.ts";
import { type Context, importersOf } from "./context.ts";

/** This program as it was started, without its command: from a checkout through tsx, or installed. */
export function thisProgram(): string[] {
  return [process.execPath, ...process.execArgv, process.argv[1] ?? ""];
}

/** Imports through the browser, each in a process of this program. */
export function openDesk(
  context: Context,
  workspace: Workspace,
  state: State,
  command: readonly string[],
): ImportDesk {
  mkdirSync(workspace.scratch, { recursive: true, mode: 0o700 });
  return new ImportDesk({
    root: workspace.root,
    scratch: workspace.scratch,
    importers: () => importersOf(context, workspace, state),
    command,
    rejects: async (batch) =>
      rejectsFile(state, workspace.lake, batch, context.lang, await importersOf(context, workspace, state)),
  });
}
