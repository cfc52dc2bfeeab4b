import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DemoPlan } from "../../fixtures/demo/index.ts";
import { writeDemoWorkspace } from "../../fixtures/demo/workspace.ts";
import { importers } from "../../pipelines/index.ts";
import { lintWords } from "../../pipelines/plans/shared/lint-words.ts";
import type { ImportSummary } from "../../src/commands/import.ts";
import { inboxFiles, runImports } from "../../src/commands/import.ts";
import { createSource, type ReviewSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { listen } from "../../src/server/listen.ts";
import { State } from "../../src/state/state.ts";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import { openWorkspace, type Workspace } from "../../src/workspace.ts";
import { NOW, SQL_ROOT } from "./community.ts";

const TEMPLATES = new URL("../../pipelines/plans/templates", import.meta.url).pathname;
export const DASHBOARDS = new URL("../../dashboards", import.meta.url).pathname;

/** The demo community, imported and built once per test file, and served when asked. */
export interface Demo {
  root: string;
  plan: DemoPlan;
  imports: ImportSummary;
  workspace: Workspace;
  source: ReviewSource;
  serve(): Promise<string>;
  /** What is published, read-only; the caller closes it. */
  published(): Promise<Database>;
  remove(): Promise<void>;
}

export async function makeDemo(): Promise<Demo> {
  const root = mkdtempSync(join(tmpdir(), "fupan-demo-test-"));
  const plan = await writeDemoWorkspace(root);
  const workspace = openWorkspace(root);
  const state = new State(workspace.state);
  await state.create();
  const context = {
    content: {
      importers,
      sql: SQL_ROOT,
      dashboards: DASHBOARDS,
      version: "0",
      plans: { templates: TEMPLATES, words: lintWords },
      robots: [],
      writeDemo: async () => undefined,
    },
    effects: { out: () => undefined, log: () => undefined, now: () => NOW },
    globals: { json: true },
    lang: "zh" as const,
  };
  const imports = await runImports(
    context,
    workspace,
    state,
    importers,
    inboxFiles(workspace, importers),
    {},
  );
  const catalog = readCatalog(SQL_ROOT);
  await build(workspace, state, catalog, { now: NOW });
  const { source, close } = createSource(workspace.marts, catalog);
  const stops: (() => Promise<void>)[] = [];
  return {
    root,
    plan,
    imports,
    workspace,
    source,
    serve: async () => {
      const app = await createApp({
        source,
        dashboards: DASHBOARDS,
        lang: "zh",
        state,
        lists: workspace.lists,
      });
      const server = await listen(app, { host: "127.0.0.1", port: 0 });
      stops.push(server.close);
      return server.url;
    },
    published: () =>
      Database.open(generationPath(workspace.marts, readPointer(workspace.marts)?.generation ?? ""), {
        readOnly: true,
      }),
    remove: async () => {
      await Promise.all(stops.map((stop) => stop()));
      close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
