import { writeFileSync } from "node:fs";
import { reviewBeside } from "../campaigns/in-review.ts";
import { Campaigns } from "../campaigns/store.ts";
import { UserError } from "../kit/errors.ts";
import { REPORT_FORMATS, type ReportFormat } from "../report/formats.ts";
import { readFrozen, restatedSince } from "../review/frozen.ts";
import { nothingBuilt } from "../review/nothing-built.ts";
import { runQuery } from "../review/query.ts";
import { review } from "../review/review.ts";
import type { State } from "../state/state.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import type { Workspace } from "../workspace.ts";
import { type Context, callerPath, openHere, readerOf, say } from "./context.ts";
import { reviewMarkdown } from "./review-markdown.ts";

export interface ReviewFlags {
  week?: string;
  group?: string;
  format?: string;
  out?: string;
}

const FORMATS = ["json", "md", ...REPORT_FORMATS] as const;

/** The weekly review of the published generation: JSON and Markdown to stdout, files by `--out` or under their own name. */
export async function reviewCommand(context: Context, flags: ReviewFlags): Promise<void> {
  const { workspace, state } = await openHere(context);
  const format = context.globals.json ? "json" : (flags.format ?? "md");
  if (!FORMATS.some((one) => one === format)) {
    throw new UserError(
      { zh: `暂不支持 --format ${format}`, en: `--format ${format} is not available` },
      { hint: { zh: `可用：${FORMATS.join("、")}`, en: `Available: ${FORMATS.join(", ")}` } },
    );
  }
  const report = REPORT_FORMATS.find((one) => one === format);
  if (report) return writeReport(context, workspace, state, report, flags);
  const reader = readerOf(context, workspace);
  try {
    const catalog = readCatalog(context.content.sql);
    const { week, group } = flags;
    const made = await reader.read(async (database, pointer) =>
      reviewBeside(
        await review(database, pointer, catalog, { week, group }),
        (name, params) => runQuery(database, catalog, name, params),
        new Campaigns(workspace.lists).list(),
      ),
    );
    if (!made) throw nothingBuilt();
    made.restated = restatedSince(readFrozen(workspace.reports, made.week), made);
    const text = format === "json" ? JSON.stringify(made, null, 2) : reviewMarkdown(made, context.lang);
    if (flags.out) writeFileSync(callerPath(flags.out), `${text}\n`, { mode: 0o600 });
    else context.effects.out(text);
  } finally {
    reader.close();
  }
}

async function writeReport(
  context: Context,
  workspace: Workspace,
  state: State,
  format: ReportFormat,
  flags: ReviewFlags,
): Promise<void> {
  const [{ makeReport }, { closeChromium }, { Charts, readDashboard }, { createSource }] = await Promise.all([
    import("../report/reports.ts"),
    import("../report/chromium.ts"),
    import("../server/charts.ts"),
    import("../review/source.ts"),
  ]);
  const { source, close } = createSource(workspace.marts, readCatalog(context.content.sql));
  const dashboard = readDashboard(context.content.dashboards, "weekly");
  const campaigns = new Campaigns(workspace.lists);
  const shown = { dashboard, charts: new Charts(dashboard), assets: { css: "", script: null } };
  const site = { source, state, campaigns, ...shown };
  try {
    const { week, group } = flags;
    const { name, body } = await makeReport(site, format, { week, group, lang: context.lang });
    const path = callerPath(flags.out ?? name);
    writeFileSync(path, body, { mode: 0o600 });
    context.effects.log(say(context, { zh: `已写入 ${path}`, en: `Written to ${path}` }));
  } finally {
    close();
    await closeChromium();
  }
}
