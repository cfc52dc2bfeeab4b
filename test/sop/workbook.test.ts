import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lintWords } from "../../pipelines/plans/shared/lint-words.ts";
import type { Context } from "../../src/commands/context.ts";
import { template } from "../../src/commands/sop/template.ts";
import { parseConfig } from "../../src/config.ts";
import { type Plan, SECTIONS } from "../../src/kit/plan.ts";
import { readPlanYaml } from "../../src/kit/plan-yaml.ts";
import { limitsOf } from "../../src/sop/limits.ts";
import { lint } from "../../src/sop/lint/lint.ts";
import { planPage } from "../../src/sop/print.ts";
import { readPlanFile } from "../../src/sop/read-file.ts";
import { planWorkbook } from "../../src/sop/templates.ts";

const FOLDER = new URL("../../pipelines/plans/templates/", import.meta.url).pathname;
const root = mkdtempSync(join(tmpdir(), "fupan-sheet-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const planOf = (name: string) => readPlanYaml(readFileSync(join(FOLDER, name), "utf8")).plan as Plan;

describe("a plan as a workbook", () => {
  it.each(readdirSync(FOLDER))(
    "%s comes back from its workbook as it was, with all twenty fields",
    async (name) => {
      const path = join(root, `${name}.xlsx`);
      const context = {
        content: { plans: { templates: FOLDER } },
        effects: { out: () => undefined, log: () => undefined },
        globals: {},
        lang: "zh",
      } as unknown as Context;
      await template(context, name.replace(".yaml", ""), { format: "xlsx", out: path });
      const { plan, problems } = await readPlanFile(path, root);
      expect(problems).toEqual([]);
      expect(plan).toEqual(planOf(name));
      for (const [section, fields] of Object.entries(SECTIONS))
        expect(Object.keys((plan as unknown as Record<string, object>)[section] ?? {})).toEqual([...fields]);
    },
  );

  it("keeps tolerances, several days, line ends and starts of groups", async () => {
    const plan = planOf("retail.yaml");
    const [first, ...rest] = plan.steps;
    const rich: Plan = {
      ...plan,
      groups: ["g1", { id: "g2", start: "2026-11-02" }],
      steps: [
        {
          ...(first as Plan["steps"][number]),
          weekday: ["mon", "thu"],
          text: "第一行\n第二行，带“引号”和,逗号",
          window: 5,
          tolerances: { 脂肪: { min: 16, max: 19 }, length: { max: 100 } },
        },
        ...rest,
      ],
    };
    const path = join(root, "rich.xlsx");
    writeFileSync(path, await planWorkbook(rich));
    expect((await readPlanFile(path, root)).plan).toEqual(rich);
  });

  it("is linted with sheet and row, although cells hold line ends", async () => {
    const plan = planOf("retail.yaml");
    const at = plan.steps.findLastIndex(
      ({ weekday, time, task }) =>
        weekday !== undefined && time !== undefined && (task ?? "publish") === "publish",
    );
    const bad: Plan = {
      ...plan,
      steps: plan.steps.map((step, nth) =>
        nth === at ? { ...step, time: "23:30" } : { ...step, text: step.text?.replace("，", "\n") },
      ),
    };
    const path = join(root, "bad.xlsx");
    writeFileSync(path, await planWorkbook(bad));
    const read = await readPlanFile(path, root);
    const limits = limitsOf(parseConfig("", "fupan.yaml"), plan.group_kind);
    const found = lint("bad.xlsx", read, { words: lintWords, limits, groupNames: [] });
    const rows = read.lineOf(`steps.${at}`);
    expect(found).toMatchObject([{ file: "bad.xlsx", sheet: "SOP", line: rows, code: "quiet_hours" }]);
    // A header, one row per field and thing, and the steps last.
    const lines = read.steps.map(({ line }) => line);
    expect(lines).toEqual(lines.map((_, at) => (lines[0] ?? 0) + at));
  });
});

describe("the printed plan", () => {
  it.each(readdirSync(FOLDER))("%s has every field and step on a page of its own size", (name) => {
    const plan = planOf(name);
    const page = planPage(plan);
    for (const section of Object.keys(SECTIONS) as (keyof typeof SECTIONS)[])
      for (const text of Object.values(plan[section] as Record<string, string>))
        expect(page.replaceAll("&amp;", "&")).toContain(text);
    expect(page).toContain("@page { size: A4 landscape");
  });
});
