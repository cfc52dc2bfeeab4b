import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { seal } from "../admin/seal.ts";
import { reviewBeside } from "../campaigns/in-review.ts";
import { Campaigns } from "../campaigns/store.ts";
import { createFile, draftOf, rename, sweepDrafts } from "../durable.ts";
import { runQuery } from "../review/query.ts";
import { GenerationReader } from "../review/reader.ts";
import { review } from "../review/review.ts";
import type { Review } from "../review/types.ts";
import { withLock } from "../state/lock.ts";
import type { State } from "../state/state.ts";
import { build } from "../warehouse/build.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import type { Workspace } from "../workspace.ts";
import { buildLines } from "./build.ts";
import { type Context, openHere, print, say } from "./context.ts";
import { inboxFiles, runImports } from "./import.ts";
import { importLines } from "./import-lines.ts";
import { reviewMarkdown } from "./review-markdown.ts";

/** The Monday command: imports the inbox, builds, checks, and keeps the finished week's report as it stands now. */
export async function run(context: Context): Promise<void> {
  const { workspace, state, importers } = await openHere(context);
  const done = await withLock(workspace.lock, async () => {
    const imports = await runImports(
      context,
      workspace,
      state,
      importers,
      inboxFiles(workspace, importers),
      {},
    );
    const built = await build(workspace, state, readCatalog(context.content.sql), {
      now: context.effects.now(),
    });
    return { imports, built };
  });
  const frozen = await freeze(context, workspace, state);
  print(context, { ...done, frozen }, () =>
    [
      importLines(done.imports, context.lang),
      buildLines(context, done.built),
      frozen
        ? say(context, { zh: `已存下周报：${frozen}`, en: `Report kept: ${frozen}` })
        : say(context, {
            zh: "还没有完整的一周，没有存周报。",
            en: "No week is complete yet, so no report was kept.",
          }),
    ].join("\n"),
  );
  if (done.imports.totals.failed > 0) process.exitCode = 1;
}

/** A week's report is written once and never changed: what the meeting saw stays readable when late refunds move it. */
async function freeze(context: Context, workspace: Workspace, state: State): Promise<string | null> {
  const reader = new GenerationReader(workspace.marts);
  try {
    const catalog = readCatalog(context.content.sql);
    const made: Review | null = await reader.read(async (database, pointer) =>
      reviewBeside(
        await review(database, pointer, catalog),
        (name, params) => runQuery(database, catalog, name, params),
        new Campaigns(workspace.lists).list(),
      ),
    );
    if (!made?.complete) return null;
    const folder = join(workspace.reports, made.week);
    const file = join(folder, "review.json");
    if (existsSync(file)) return file;
    // All of it under another name: a run that is interrupted leaves no half of a report, and no two of different hours.
    sweepDrafts(workspace.reports);
    const draft = draftOf(folder);
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    try {
      createFile(join(draft, "review.json"), `${JSON.stringify(made, null, 2)}\n`);
      createFile(join(draft, "review.md"), `${reviewMarkdown(made, context.lang)}\n`);
      await keepReports(context, workspace, state, { folder: draft, week: made.week });
      await seal(draft);
      if (!existsSync(file)) {
        rmSync(folder, { recursive: true, force: true });
        rename(draft, folder);
      }
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    return file;
  } finally {
    reader.close();
  }
}

async function keepReports(
  context: Context,
  workspace: Workspace,
  state: State,
  { folder, week }: { folder: string; week: string },
): Promise<void> {
  const [{ freezeReports }, { Charts, readDashboard }, { createSource }] = await Promise.all([
    import("../report/freeze.ts"),
    import("../server/charts.ts"),
    import("../review/source.ts"),
  ]);
  const { source, close } = createSource(workspace.marts, readCatalog(context.content.sql));
  const dashboard = readDashboard(context.content.dashboards, "weekly");
  const campaigns = new Campaigns(workspace.lists);
  const shown = { dashboard, charts: new Charts(dashboard), assets: { css: "", script: null } };
  const site = { source, state, campaigns, ...shown };
  try {
    const missing = await freezeReports(site, folder, { week, lang: context.lang });
    for (const text of missing) context.effects.log(say(context, text));
  } finally {
    close();
  }
}
