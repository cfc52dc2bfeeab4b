import { existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../kit/errors.ts";
import { withLock } from "../state/lock.ts";
import { State } from "../state/state.ts";
import { build } from "../warehouse/build.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { openWorkspace } from "../workspace.ts";
import { type Context, callerPath, print, say } from "./context.ts";
import { inboxFiles, runImports } from "./import.ts";
import { serveWorkspace } from "./serve.ts";

export interface DemoFlags {
  port?: string;
  /** Only make the workspace: tests and screenshots serve it themselves. */
  build?: boolean;
}

/**
 * A workspace with the invented community, imported the way a user would, and served: in `--workspace` where that names a
 * new or an empty folder, else in a temporary one.
 * @throws UserError where the folder holds something: invented people never mix with real ones.
 */
export async function demo(context: Context, flags: DemoFlags): Promise<void> {
  const root = demoFolder(context.globals.workspace);
  await context.content.writeDemo(root);
  if (!existsSync(join(root, "fupan.yaml"))) throw new Error("the demo wrote no fupan.yaml");
  const workspace = openWorkspace(root);
  const state = new State(workspace.state);
  await state.create();
  const summary = await withLock(workspace.lock, async () => {
    const imports = await runImports(
      context,
      workspace,
      state,
      context.content.importers,
      inboxFiles(workspace, context.content.importers),
      {},
    );
    const built = await build(workspace, state, readCatalog(context.content.sql), {
      now: context.effects.now(),
    });
    return { workspace: root, totals: imports.totals, built };
  });
  if (flags.build) {
    print(context, summary, () => root);
    return;
  }
  context.effects.log(
    say(context, {
      zh: `示例社群在 ${root}，可随时删除。`,
      en: `The demo community is in ${root}; delete it any time.`,
    }),
  );
  await serveWorkspace(context, workspace, state, flags);
}

function demoFolder(wanted: string | undefined): string {
  if (wanted === undefined) return mkdtempSync(join(tmpdir(), "fupan-demo-"));
  const root = callerPath(wanted);
  if (existsSync(root) && readdirSync(root).length > 0) {
    throw new UserError(
      {
        zh: `${root} 不是空文件夹，示例社群没有写进去`,
        en: `${root} is not empty; no demo was written there`,
      },
      {
        hint: {
          zh: "换一个新文件夹，或去掉 --workspace（示例会放在临时文件夹）。",
          en: "Name a new folder, or leave out --workspace: the demo then makes a temporary one.",
        },
      },
    );
  }
  mkdirSync(root, { recursive: true, mode: 0o700 });
  return root;
}
