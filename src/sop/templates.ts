import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../kit/plan.ts";
import { readPlanYaml } from "../kit/plan-yaml.ts";
import { writeWorkbook } from "../report/workbook.ts";
import { planSheet } from "./sheet.ts";

/** Kinds of groups that a blank plan is there for. @param folder of the plans, a YAML file each. */
export function templateKinds(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.replace(/\.yaml$/, ""));
}

/** The blank plan of a kind, and its file as it is. */
export function templateOf(folder: string, kind: string): { plan: Plan; text: string } {
  const text = readFileSync(join(folder, `${kind}.yaml`), "utf8");
  const { plan, problems } = readPlanYaml(text);
  if (!plan || problems.length > 0)
    throw new Error(`template ${kind}, line ${problems[0]?.line}: ${problems[0]?.column}`);
  return { plan, text };
}

/** A plan as a workbook to fill in. Cells are text, so that a time or an id stays as it is written. */
export async function planWorkbook(plan: Plan): Promise<Buffer> {
  const [header = [], ...rows] = planSheet(plan);
  const wide = ["内容", "目标用户"];
  const heads = header.map((title) => ({
    title,
    kind: "text" as const,
    width: wide.includes(title) ? 60 : 12,
    wrap: true,
  }));
  return writeWorkbook([{ name: "SOP", heads, rows }]);
}
