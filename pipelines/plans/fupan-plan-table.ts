import { hasColumns } from "../../src/kit/evidence.ts";
import { documentImporter } from "../../src/kit/importer.ts";
import { planRows } from "../../src/kit/plan-rows.ts";
import { readPlanTable } from "../../src/kit/plan-table.ts";

// The SOP plan as a table: each row is a field of the SOP table, a phase, a role, a cadence, a target or a step.
export default documentImporter({
  id: "fupan-plan-table",
  title: { zh: "复盘 SOP 计划表", en: "Fupan SOP plan table" },
  kind: "plan",
  matches: (head) =>
    hasColumns(head, [
      ["栏目", "部分", "section"],
      ["编号", "项目", "id"],
      ["内容", "文案", "话术", "text"],
      ["任务", "task"],
      ["时间", "time"],
    ]),
  read: (text, { stem }) => planRows(readPlanTable(text), stem),
});
