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
  /** It is for single members, counted from their joining. */
  isPersonal: boolean;
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
    isPersonal: row["is_personal"] === true,
  };
}

/** A step at its moment in one or several groups. */
export interface Together {
  /** The first of them; `times` counts the members of all. */
  step: DueStep;
  groups: string[];
  /** What became of it, and in how many groups: in one it may be sent and in another not. Empty = open in all. */
  statuses: { status: string; count: number; minutesLate: number | null }[];
  /** Groups in which it is still open. */
  open: number;
}

/** Steps of one plan and moment in several groups are one thing to do. */
export function together(steps: readonly DueStep[]): Together[] {
  const found = new Map<string, DueStep[]>();
  for (const step of steps) {
    const key = [step.dueLocalAt, step.planId, step.planVersion, step.stepId].join(" ");
    found.set(key, [...(found.get(key) ?? []), step]);
  }
  return [...found.values()].map((all) => {
    const [step] = all as [DueStep];
    const known = [...new Set(all.flatMap(({ status }) => status ?? []))];
    return {
      step: { ...step, times: step.isPersonal ? all.reduce((sum, { times }) => sum + times, 0) : step.times },
      groups: all.map(({ groupName }) => groupName),
      statuses: known.map((status) => {
        const same = all.filter((one) => one.status === status);
        const [only] = same;
        return {
          status,
          count: same.length,
          minutesLate: all.length === 1 ? (only?.minutesLate ?? null) : null,
        };
      }),
      open: all.filter(({ status }) => status === null).length,
    };
  });
}
