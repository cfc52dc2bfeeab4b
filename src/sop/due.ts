import { runQuery } from "../review/query.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import type { Database } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";

/** A step that falls due, for the calendar. Local times are the workspace's wall clock, without a zone. */
export interface DueStep {
  dueLocalAt: string;
  /** UTC. */
  dueAt: string;
  groupId: string;
  groupName: string;
  planId: string;
  planTitle: string | null;
  planVersion: string;
  stepId: string;
  phase: string | null;
  task: string;
  role: string | null;
  roleTitle: string | null;
  owner: string | null;
  contentType: string | null;
  text: string | null;
  link: string | null;
  target: string | null;
  /** What became of it, once it is over. */
  status: string | null;
  minutesLate: number | null;
  /** How many members it is for, for steps counted from their joining. */
  times: number;
}

export interface Scope {
  group?: string | undefined;
  role?: string | undefined;
}

/** Steps due from one local day to another, both included, in order of time. */
export async function dueSteps(
  database: Database,
  catalog: Catalog,
  from: string,
  to: string,
  { group, role }: Scope = {},
): Promise<DueStep[]> {
  const rows = await runQuery(database, catalog, "sop_calendar", { from, to, group_id: group, role });
  return rows.map(dueStep);
}

const text = (value: unknown) => (value === null || value === undefined ? null : String(value));

/** A row of the query `sop_calendar`. */
export function dueStep(row: Row): DueStep {
  return {
    dueLocalAt: String(row["due_local_at"]),
    dueAt: String(row["due_at"]),
    groupId: String(row["group_id"]),
    groupName: String(row["group_name"]),
    planId: String(row["plan_id"]),
    planTitle: text(row["plan_title"]),
    planVersion: String(row["plan_version"]),
    stepId: String(row["step_id"]),
    phase: text(row["phase"]),
    task: String(row["task"]),
    role: text(row["role"]),
    roleTitle: text(row["role_title"]),
    owner: text(row["owner"]),
    contentType: text(row["content_type"]),
    text: text(row["text"]),
    link: text(row["link"]),
    target: text(row["target"]),
    status: text(row["status"]),
    minutesLate: row["minutes_late"] === null ? null : Number(row["minutes_late"]),
    times: Number(row["times"]),
  };
}

/** Steps of one plan and moment in several groups are one thing to do. */
export function together(steps: readonly DueStep[]): { step: DueStep; groups: string[] }[] {
  const found = new Map<string, { step: DueStep; groups: string[] }>();
  for (const step of steps) {
    const key = [step.dueLocalAt, step.planId, step.planVersion, step.stepId].join(" ");
    const one = found.get(key);
    if (one) one.groups.push(step.groupName);
    else found.set(key, { step, groups: [step.groupName] });
  }
  return [...found.values()];
}
