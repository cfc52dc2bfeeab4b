import { readFileSync } from "node:fs";
import { openSource } from "../ingest/source.ts";
import { UserError } from "../kit/errors.ts";
import { readPlanTable } from "../kit/plan-table.ts";
import { type ReadPlan, readPlanYaml } from "../kit/plan-yaml.ts";
import { isSopTable } from "../kit/sop-table.ts";
import { visible } from "../kit/visible.ts";

/** Reads a plan file: YAML by its name, else a table in any encoding. @throws UserError when it is no plan. */
export async function readPlanFile(path: string, scratch: string): Promise<ReadPlan> {
  const source = await openSource(path, scratch, { keepRows: true });
  try {
    const text = readFileSync(source.text, "utf8").replace(/^\uFEFF/, "");
    if (/\.ya?ml$/i.test(source.name)) return readPlanYaml(text);
    const read = readPlanTable(text, { sheet: source.workbook?.sheet });
    if (read.plan === undefined && read.steps.length === 0 && isSopTable(text)) throw ofOwnForm(source.name);
    return read;
  } finally {
    await source.dispose();
  }
}

/** A timetable is imported and judged; what the checks look at (roles, targets, cadences) it has no columns for. */
function ofOwnForm(name: string): UserError {
  return new UserError(
    {
      zh: `${visible(name)} 是自己排的时间表，没有“栏目”和“编号”两列，不能逐条检查`,
      en: `${visible(name)} is a timetable of your own, without the columns 栏目 and 编号, and can't be checked`,
    },
    {
      hint: {
        zh: "可以直接导入（fupan import），看不懂的行会列出来；要逐条检查，请用 fupan sop template 的表。",
        en: "Import it (fupan import): rows that are not understood are listed. To have it checked, use the table of fupan sop template.",
      },
    },
  );
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
