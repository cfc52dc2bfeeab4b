import { importers } from "../../pipelines/index.ts";
import { lintWords } from "../../pipelines/plans/shared/lint-words.ts";
import type { Context } from "../../src/commands/context.ts";
import { openDesk } from "../../src/commands/desk.ts";
import type { ImportDesk } from "../../src/server/imports/desk.ts";
import type { State } from "../../src/state/state.ts";
import type { Workspace } from "../../src/workspace.ts";
import { NOW, SQL_ROOT } from "./community.ts";

const CLI = new URL("../../src/cli.ts", import.meta.url).pathname;

/** What the commands are given, with all that they say thrown away. */
export function testContext(): Context {
  return {
    content: {
      importers,
      sql: SQL_ROOT,
      dashboards: "",
      version: "0",
      plans: { templates: "", words: lintWords },
      robots: [],
      writeDemo: async () => undefined,
    },
    effects: { out: () => undefined, log: () => undefined, now: () => NOW },
    globals: {},
    lang: "zh",
  };
}

/** The imports page's desk over a workspace of the tests; its jobs are processes of this checkout. */
export function testDesk(workspace: Workspace, state: State): ImportDesk {
  return openDesk(testContext(), workspace, state, [
    process.execPath,
    "--import",
    import.meta.resolve("tsx"),
    CLI,
  ]);
}
