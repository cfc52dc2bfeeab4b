import type { Plan, Step } from "../kit/plan.ts";

/** One difference of two plans. `before` and `after` are YAML-like values, null where there is none. */
export interface PlanChange {
  kind: "added" | "removed" | "changed";
  /** `steps.mon-tip.time`, `targets.activity_rate`. */
  path: string;
  before: unknown;
  after: unknown;
}

/** What a new version changes. Steps, phases and groups are known by their ids, so that moving one is no change. */
export function diffPlans(before: Plan, after: Plan): PlanChange[] {
  const changes: PlanChange[] = [];
  compare("", shape(before), shape(after), changes);
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Lists with ids as maps by id. */
function shape(plan: Plan): Record<string, unknown> {
  const byId = <T extends { id: string }>(list: readonly T[]) =>
    Object.fromEntries(list.map(({ id, ...rest }) => [id, rest]));
  const groups = plan.groups?.map((group) => (typeof group === "string" ? { id: group } : group));
  return {
    ...plan,
    steps: byId<Step>(plan.steps),
    phases: byId(plan.phases),
    ...(groups ? { groups: byId(groups) } : {}),
  };
}

function compare(path: string, before: unknown, after: unknown, changes: PlanChange[]): void {
  if (isMap(before) && isMap(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(path === "" ? key : `${path}.${key}`, before[key], after[key], changes);
    return;
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  changes.push({
    kind: before === undefined ? "added" : after === undefined ? "removed" : "changed",
    path,
    before: before ?? null,
    after: after ?? null,
  });
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
