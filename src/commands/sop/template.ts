import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { UserError } from "../../kit/errors.ts";
import type { Plan } from "../../kit/plan.ts";
import { readPlanYaml } from "../../kit/plan-yaml.ts";
import { writeWorkbook } from "../../report/workbook.ts";
import { planMarkdown, planPage } from "../../sop/print.ts";
import { planSheet } from "../../sop/sheet.ts";
import { type Context, callerPath, print, say } from "../context.ts";

export interface TemplateFlags {
  format: "yaml" | "xlsx" | "csv" | "md" | "html";
  out?: string;
}

/** A blank plan of a kind of group, in the form that the operator fills in or prints. */
export async function template(
  context: Context,
  kind: string | undefined,
  { format, out }: TemplateFlags,
): Promise<void> {
  const kinds = readdirSync(context.content.plans.templates)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.replace(/\.yaml$/, ""));
  if (kind === undefined) {
    const list = kinds.map((id) => ({ id, title: planOf(context, id).plan.title ?? id }));
    print(context, list, () => list.map(({ id, title }) => `${id.padEnd(10)} ${title}`).join("\n"));
    return;
  }
  if (!kinds.includes(kind)) {
    throw new UserError(
      { zh: `没有 ${kind} 的模板`, en: `There is no template ${kind}` },
      { hint: { zh: `可用：${kinds.join("、")}`, en: `Available: ${kinds.join(", ")}` } },
    );
  }
  const { plan, text } = planOf(context, kind);
  if (format === "xlsx") {
    const path = callerPath(out ?? `${kind}-sop.xlsx`);
    await writePlanSheet(plan, path);
    context.effects.log(say(context, { zh: `已写 ${path}`, en: `Written: ${path}` }));
    return;
  }
  // Excel takes a CSV without the mark for the system's own code page.
  const made =
    format === "yaml"
      ? text
      : format === "csv"
        ? `\uFEFF${Papa.unparse(planSheet(plan))}`
        : format === "md"
          ? planMarkdown(plan)
          : planPage(plan);
  if (out === undefined) context.effects.out(made.trimEnd());
  else writeFileSync(callerPath(out), `${made.trimEnd()}\n`);
}

function planOf(context: Context, kind: string): { plan: Plan; text: string } {
  const text = readFileSync(join(context.content.plans.templates, `${kind}.yaml`), "utf8");
  const { plan, problems } = readPlanYaml(text);
  if (!plan || problems.length > 0)
    throw new Error(`template ${kind}, line ${problems[0]?.line}: ${problems[0]?.column}`);
  return { plan, text };
}

/** Cells are text, so that a time or an id stays as it is written. */
export async function writePlanSheet(plan: Plan, path: string): Promise<void> {
  const [header = [], ...rows] = planSheet(plan);
  const wide = ["内容", "目标用户"];
  const heads = header.map((title) => ({
    title,
    kind: "text" as const,
    width: wide.includes(title) ? 60 : 12,
    wrap: true,
  }));
  writeFileSync(path, await writeWorkbook([{ name: "SOP", heads, rows }]));
}
