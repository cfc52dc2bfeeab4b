import { readFileSync } from "node:fs";
import { openSource } from "../ingest/source.ts";
import { UserError } from "../kit/errors.ts";
import { readPlanTable } from "../kit/plan-table.ts";
import { type ReadPlan, readPlanYaml } from "../kit/plan-yaml.ts";

/** Reads a plan file: YAML by its name, else a table in any encoding. @throws UserError when it is no plan. */
export async function readPlanFile(path: string, scratch: string): Promise<ReadPlan> {
  const source = await openSource(path, scratch, { keepRows: true });
  try {
    const text = readFileSync(source.text, "utf8").replace(/^\uFEFF/, "");
    return /\.ya?ml$/i.test(source.name)
      ? readPlanYaml(text)
      : readPlanTable(text, { sheet: source.workbook?.sheet });
  } finally {
    await source.dispose();
  }
}

/** The plan of a file, whole. @throws UserError naming the line of the first thing that is wrong. */
export async function wholePlan(path: string, scratch: string) {
  const { plan, problems } = await readPlanFile(path, scratch);
  const [problem] = problems;
  if (plan && !problem) return plan;
  throw new UserError(
    {
      zh: `${path} 第 ${problem?.line ?? 1} 行：${problem?.column ?? "计划"} 不对`,
      en: `${path} line ${problem?.line ?? 1}: ${problem?.column ?? "the plan"} is wrong`,
    },
    { hint: { zh: "先用 fupan sop lint 看全部问题。", en: "Run fupan sop lint to see everything." } },
  );
}
