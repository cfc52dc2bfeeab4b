import { writeFileSync } from "node:fs";
import Papa from "papaparse";
import { UserError } from "../../kit/errors.ts";
import { planMarkdown, planPage } from "../../sop/print.ts";
import { planSheet } from "../../sop/sheet.ts";
import { planWorkbook, templateKinds, templateOf } from "../../sop/templates.ts";
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
  const folder = context.content.plans.templates;
  const kinds = templateKinds(folder);
  if (kind === undefined) {
    const list = kinds.map((id) => ({ id, title: templateOf(folder, id).plan.title ?? id }));
    print(context, list, () => list.map(({ id, title }) => `${id.padEnd(10)} ${title}`).join("\n"));
    return;
  }
  if (!kinds.includes(kind)) {
    throw new UserError(
      { zh: `没有 ${kind} 的模板`, en: `There is no template ${kind}` },
      { hint: { zh: `可用：${kinds.join("、")}`, en: `Available: ${kinds.join(", ")}` } },
    );
  }
  const { plan, text } = templateOf(folder, kind);
  if (format === "xlsx") {
    const path = callerPath(out ?? `${kind}-sop.xlsx`);
    writeFileSync(path, await planWorkbook(plan));
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
