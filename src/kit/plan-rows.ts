import { createHash } from "node:crypto";
import type { ImportRecord } from "./importer.ts";
import { issue } from "./importer.ts";
import { spanMinutes, weekdaysOf } from "./plan.ts";
import type { ReadPlan } from "./plan-yaml.ts";

const text = (value: number | string | undefined) => (value === undefined ? null : String(value));

/**
 * A read plan as the rows of the lake: one per step. Every row carries the hash of its whole plan, so that an edited
 * plan is a new revision with all of its steps, and what an older one missed stays missed.
 * @param stem id of a plan that names none.
 */
export function* planRows(
  { plan, steps, problems, unused = [] }: ReadPlan,
  stem: string,
): Iterable<ImportRecord> {
  for (const { line, column, sample } of problems) yield issue(line, "bad_plan", sample, column);
  if (unused.length > 0)
    yield {
      kind: "note",
      text: { zh: `没有用到的列：${unused.join("、")}`, en: `columns not used: ${unused.join(", ")}` },
    };
  if (!plan) return;
  const revision = createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 16);
  const groups = plan.groups?.map((group) =>
    typeof group === "string" ? { id: group, start: plan.start } : { start: plan.start, ...group },
  );
  const phases = new Map(plan.phases.map((phase) => [phase.id, phase]));
  for (const { step, line, definition } of steps) {
    const role = step.role === undefined ? undefined : plan.roles[step.role];
    const phase = step.phase === undefined ? undefined : phases.get(step.phase);
    yield {
      kind: "row",
      line,
      values: {
        plan_id: plan.id ?? stem,
        version: plan.version,
        revision,
        plan_title: plan.title ?? null,
        group_kind: plan.group_kind ?? null,
        groups: groups ? JSON.stringify(groups) : null,
        starts_on: plan.start ?? null,
        valid_from: plan.valid_from ?? null,
        phase: step.phase ?? null,
        phase_from: text(phase?.from),
        phase_to: text(phase?.to),
        step_id: step.id,
        task: step.task ?? "publish",
        since: step.since ?? (step.day === undefined && step.after === undefined ? null : "camp_start"),
        day: text(step.day),
        weekday: weekdaysOf(step.weekday).join(",") || null,
        date: step.date ?? null,
        time: step.time?.padStart(5, "0") ?? null,
        offset_minutes: step.after === undefined ? null : String(spanMinutes(step.after)),
        window_minutes: text(step.window),
        late_minutes: text(step.late),
        role: step.role ?? null,
        role_title: (typeof role === "string" ? role : role?.title) ?? null,
        role_people: typeof role === "object" ? (role.people?.join(";") ?? null) : null,
        owner: step.owner ?? null,
        content_type: step.content_type ?? null,
        message_kind: step.kind ?? null,
        link: step.link ?? null,
        scene: step.scene ?? null,
        text: step.text ?? null,
        target: step.target ?? null,
        definition: JSON.stringify(definition),
      },
    };
  }
}
