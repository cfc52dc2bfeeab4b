import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "../state/lock.ts";
import { State } from "../state/state.ts";
import { build } from "../warehouse/build.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { openWorkspace } from "../workspace.ts";
import { type Context, print, say } from "./context.ts";
import { inboxFiles, runImports } from "./import.ts";
import { serveWorkspace } from "./serve.ts";

export interface DemoFlags {
  port?: string;
  /** Only make the workspace: tests and screenshots serve it themselves. */
  build?: boolean;
}

/** A temporary workspace with the invented community, imported the way a user would, and served. */
export async function demo(context: Context, flags: DemoFlags): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "fupan-demo-"));
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
