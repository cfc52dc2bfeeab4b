import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { UserError } from "../../kit/errors.ts";
import type { Plan } from "../../kit/plan.ts";
import { limitsOf } from "../../sop/limits.ts";
import { acrossPlans, type PlanFile } from "../../sop/lint/across.ts";
import { type Finding, lint } from "../../sop/lint/lint.ts";
import { readPlanFile } from "../../sop/read-file.ts";
import type { Workspace } from "../../workspace.ts";
import { type Context, callerPath, openHere, print, say } from "../context.ts";

/** Checks plans: the files named, else every plan in the inbox. Exit 1 when there is a finding. */
export async function lintPlans(context: Context, files: readonly string[]): Promise<void> {
  const { workspace, importers } = await openHere(context);
  const paths = files.length > 0 ? files.map(callerPath) : await plansOf(workspace, importers);
  if (paths.length === 0) {
    throw new UserError(
      { zh: "inbox 里没有计划", en: "There is no plan in the inbox" },
      {
        hint: {
          zh: "指明文件，或用 fupan sop template 做一份。",
          en: "Name a file, or make one with fupan sop template.",
        },
      },
    );
  }
  const findings: Finding[] = [];
  const plans: PlanFile[] = [];
  for (const path of paths) {
    const read = await readPlanFile(path, workspace.scratch);
    const file = relative(callerPath("."), path);
    const limits = limitsOf(workspace.config, read.plan?.group_kind);
    plans.push({ file, read, limits });
    findings.push(
      ...lint(file, read, {
        words: context.content.plans.words,
        limits,
        groupNames: read.plan ? namesOf(read.plan, workspace) : [],
      }),
    );
  }
  findings.push(...acrossPlans(plans, context.content.plans.words));
  print(context, findings, () =>
    findings.length === 0
      ? say(context, {
          zh: `${paths.length} 份计划，没有发现问题。`,
          en: `${paths.length} plans, nothing found.`,
        })
      : findings
          .map(
            ({ file, sheet, line, code, text }) =>
              `${file}${sheet === undefined ? "" : ` [${sheet}]`}:${line}  ${text[context.lang]}  [${code}]`,
          )
          .join("\n"),
  );
  if (findings.length > 0) process.exitCode = 1;
}

/** Names as the operator wrote them: in fupan.yaml, or in the plan itself where it goes by names. */
function namesOf(plan: Plan, { config }: Workspace): string[] {
  const ids = plan.groups?.map((group) => (typeof group === "string" ? group : group.id));
  const known = ids ?? Object.keys(config.groups).filter((id) => config.groups[id]?.kind === plan.group_kind);
  return known.map((id) => config.groups[id]?.name ?? id);
}

async function plansOf(workspace: Workspace, importers: Parameters<typeof planFiles>[1]) {
  return planFiles(workspace, importers);
}

/** Files of the inbox that an importer of plans recognises. */
async function planFiles(
  workspace: Workspace,
  importers: Awaited<ReturnType<typeof openHere>>["importers"],
): Promise<string[]> {
  const { openSource } = await import("../../ingest/source.ts");
  const { readHead } = await import("../../ingest/head.ts");
  const { identify } = await import("../../ingest/identify.ts");
  const found: string[] = [];
  for (const entry of readdirSync(workspace.inbox, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:ya?ml|csv|tsv|xlsx)$/i.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const source = await openSource(path, workspace.scratch).catch(() => undefined);
    if (!source) continue;
    const { matches } = identify(await readHead(source), importers);
    await source.dispose();
    if (matches.length === 1 && matches[0]?.importer.kind === "plan") found.push(path);
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}
