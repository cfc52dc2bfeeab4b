import type { Plan } from "../kit/plan.ts";
import { SECTIONS } from "../kit/plan.ts";
import { FIELD_WORDS, SECTION_WORDS } from "../kit/plan-words.ts";
import { planSheet } from "./sheet.ts";

const zh = (words: readonly string[]) => words[0] ?? "";

/** The twenty fields by section: what a plan says of itself. */
function fields(plan: Plan): { section: string; rows: [string, string][] }[] {
  return (Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]).map((section) => ({
    section: zh(SECTION_WORDS[section]),
    rows: SECTIONS[section].map((field): [string, string] => [
      zh(FIELD_WORDS[field]),
      (plan[section] as Record<string, string> | undefined)?.[field] ?? "",
    ]),
  }));
}

const STEP_COLUMNS = [
  "阶段",
  "编号",
  "任务",
  "第几天",
  "星期",
  "日期",
  "起点",
  "延后",
  "时间",
  "角色",
  "类型",
  "内容",
  "目标",
];

/** Header and rows of the steps alone, without the columns that none of them fills. */
function steps(plan: Plan): string[][] {
  const [header = [], ...rows] = planSheet(plan);
  const own = rows.filter((row) => row[header.indexOf("栏目")] === zh(SECTION_WORDS.steps));
  const columns = STEP_COLUMNS.map((name) => header.indexOf(name)).filter(
    (at) => at >= 0 && own.some((row) => row[at]),
  );
  return [header, ...own].map((row) => columns.map((at) => row[at] ?? ""));
}

/** A plan as Markdown: for whoever reads or approves it. */
export function planMarkdown(plan: Plan): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", "<br>");
  const [header = [], ...rows] = steps(plan);
  const parts = fields(plan).map(
    ({ section, rows: list }) =>
      `## ${section}\n\n${list.map(([name, text]) => `- **${name}**：${text || "＿＿＿"}`).join("\n")}`,
  );
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [
    `# ${plan.title ?? plan.id ?? "SOP"}（${plan.version}）`,
    ...parts,
    `## 步骤\n\n${[line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n")}`,
  ].join("\n\n");
}

/** A plan on one printed page: a file of its own that opens anywhere. */
export function planPage(plan: Plan): string {
  const safe = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const title = safe(`${plan.title ?? plan.id ?? "SOP"}（${plan.version}）`);
  const [header = [], ...rows] = steps(plan);
  const sections = fields(plan)
    .map(
      ({ section, rows: list }) =>
        `<section><h2>${safe(section)}</h2><dl>${list.map(([name, text]) => `<dt>${safe(name)}</dt><dd>${safe(text) || "&nbsp;"}</dd>`).join("")}</dl></section>`,
    )
    .join("\n");
  const cells = (row: readonly string[], tag: string) =>
    `<tr>${row.map((text) => `<${tag}>${safe(text)}</${tag}>`).join("")}</tr>`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
@page { size: A4 landscape; margin: 9mm; }
body { font: 10px/1.35 "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 0 auto; max-width: 1080px; color: #1c1f23; }
h1 { font-size: 16px; margin: 0 0 6px; }
h2 { font-size: 11px; margin: 0 0 2px; }
main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6px 14px; }
dl { display: grid; grid-template-columns: 5em 1fr; gap: 0 6px; margin: 0; }
dt { color: #5b626b; } dd { margin: 0; border-bottom: 1px solid #d7dbe0; }
table { border-collapse: collapse; width: 100%; margin-top: 8px; }
th, td { border: 1px solid #d7dbe0; padding: 1px 4px; text-align: left; vertical-align: top; }
th { background: #f2f4f6; }
tr { break-inside: avoid; }
</style>
</head>
<body>
<h1>${title}</h1>
<main>
${sections}
</main>
<table>
<thead>${cells(header, "th")}</thead>
<tbody>
${rows.map((row) => cells(row, "td")).join("\n")}
</tbody>
</table>
</body>
</html>
`;
}
