import { addDays } from "../review/weeks.ts";
import { type Database, name } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";
import { effectOf, type Move } from "./effect.ts";
import type { ParamValue } from "./header.ts";
import { boundIn, type GroupKind } from "./params.ts";
import type { Action, Effect, Expectation, Figure } from "./suggestion.ts";

/** What keeps the page from judging a week of a number, whichever earlier week it is held against. */
const UNJUDGED = ["roster", "gap", "unsettled", "baseline"] as const;

export interface Found {
  action: Action;
  /** The log shows it in one of the weeks after the suggestion. */
  isDone: boolean;
  /** Null until the week of the follow-up is complete, and for rules that expect nothing measurable. */
  effect: Effect | null;
}

/** The effect of an action by a random holdout in a week; null where there was none. */
export type ByHoldout = (action: Action, week: string) => Promise<Effect | null>;

/** What the weeks after each accepted suggestion show: was it done, and what moved. */
export async function followUp(
  database: Database,
  actions: readonly Action[],
  groups: readonly GroupKind[],
  byHoldout: ByHoldout,
): Promise<Found[]> {
  const complete = new Set(
    (await database.all("select week from report.weeks where is_complete")).map((row) => String(row["week"])),
  );
  const found: Found[] = [];
  for (const action of actions) {
    if (!["accepted", "done"].includes(action.status) || action.baseWeek === null) continue;
    const { followUp: plan, expect } = action.suggestion;
    const last = addDays(action.baseWeek, 7 * plan.weeks);
    const [measure] = expect;
    const drawn = await byHoldout(action, last);
    found.push({
      action,
      // Whoever drew the lot and wrote to the others has done it.
      isDone: drawn !== null || (plan.done !== null && (await wasDone(database, action, plan.done, last))),
      effect:
        measure && complete.has(last)
          ? (drawn ??
            (await effect(database, action, measure, last, comparable(action, actions, groups, last))))
          : null,
    });
  }
  return found;
}

/** Groups of the same kind in which the same rule's action does not run in these weeks. */
function comparable(
  action: Action,
  actions: readonly Action[],
  groups: readonly GroupKind[],
  last: string,
): string[] {
  const kind = groups.find(({ groupId }) => groupId === action.groupId)?.kind ?? null;
  const acting = new Set(
    actions
      .filter(
        ({ rule, baseWeek, status }) =>
          rule === action.rule && status !== "rejected" && baseWeek !== null && baseWeek < last,
      )
      .filter(
        ({ baseWeek, suggestion }) =>
          addDays(baseWeek ?? "", 7 * suggestion.followUp.weeks) >= (action.baseWeek ?? ""),
      )
      .map(({ groupId }) => groupId),
  );
  return groups
    .filter((group) => group.groupId !== action.groupId && group.kind === kind && !acting.has(group.groupId))
    .map(({ groupId }) => groupId);
}

async function wasDone(database: Database, action: Action, done: string, last: string): Promise<boolean> {
  const all = Object.fromEntries(action.suggestion.params.map(({ id, value }) => [id, value as ParamValue]));
  const { found } = await database.one(
    `select coalesce(bool_or(${done}), false) as found from marts.rule_inputs as inputs inner join report.weeks as weeks using (week)
     where inputs.group_id = $group_id and week > $base::date and week <= $last::date and weeks.is_complete`,
    { ...boundIn(done, all), group_id: action.groupId, base: action.baseWeek, last },
  );
  return found === true;
}

async function effect(
  database: Database,
  action: Action,
  measure: Expectation,
  last: string,
  others: readonly string[],
): Promise<Effect | null> {
  const about = await aboutOf(database, measure);
  const base = action.baseWeek ?? action.week;
  const rows = await series(database, measure, [addDays(base, -14), addDays(base, -7), base, last]);
  const moves = new Map(
    [action.groupId, ...others].map((group) => [group, moveOf(group, rows, base, last, about.unit)]),
  );
  const own = moves.get(action.groupId);
  if (!own) return null;
  // How much this group's weeks move by themselves: the verdicts of the page know it.
  const [judged] = await database.all(
    "select tau, reason from report.verdicts where kpi = $kpi and group_id = $group and week = $week::date",
    { kpi: measure.id, group: action.groupId, week: last },
  );
  return effectOf({
    measure,
    ...about,
    wasWeek: base,
    nowWeek: last,
    own,
    others: others.flatMap((group) => moves.get(group) ?? []),
    tauSquared: Number(judged?.["tau"] ?? 0) ** 2,
    unjudged: UNJUDGED.find((reason) => reason === judged?.["reason"]) ?? null,
  });
}

async function aboutOf(database: Database, measure: Expectation) {
  const [row] = await database.all("select * from report.kpis where kpi = $kpi", { kpi: measure.id });
  if (row && measure.measure === "kpi") {
    return {
      title: { zh: String(row["title_zh"]), en: String(row["title_en"]) },
      unit: row["unit"] as Effect["unit"],
      minDenominator: Number(row["min_denominator"] ?? 0),
    };
  }
  return {
    title: measure.name ?? { zh: measure.id, en: measure.id },
    unit: "count" as const,
    minDenominator: 0,
  };
}

async function series(
  database: Database,
  { measure, id }: Expectation,
  weeks: readonly string[],
): Promise<Row[]> {
  const list = weeks.map((week) => `'${week}'::date`).join(", ");
  return measure === "kpi"
    ? database.all(
        `select group_id, week, numerator, denominator, value from report.kpi_weekly where kpi = $kpi and segment = '*' and week in (${list})`,
        { kpi: id },
      )
    : database.all(
        `select group_id, week, ${name(id)} as numerator, null as denominator, ${name(id)} as value from marts.rule_inputs where week in (${list})`,
      );
}

function moveOf(groupId: string, rows: readonly Row[], was: string, now: string, unit: Effect["unit"]): Move {
  const at = (week: string): Figure => {
    const row = rows.find((one) => one["group_id"] === groupId && one["week"] === week);
    const number = (value: Row[string] | undefined) =>
      value === null || value === undefined ? null : Number(value);
    return {
      numerator: number(row?.["numerator"]),
      denominator: number(row?.["denominator"]),
      value: number(row?.["value"]),
    };
  };
  const [first, second] = [at(addDays(was, -14)), at(addDays(was, -7))];
  const [from, to] = [at(was), at(now)];
  const pairs = [
    [first, second],
    [second, from],
  ] as const;
  return {
    groupId,
    was: from,
    now: to,
    se: samplingError(from, to, unit),
    before: pairs.flatMap(([a, b]) => (a.value === null || b.value === null ? [] : [b.value - a.value])),
  };
}

/** Independent trials for a rate, Poisson for a count: wider than the paired error, never narrower than it should be. */
function samplingError(was: Figure, now: Figure, unit: Effect["unit"]): number | null {
  if (was.value === null || now.value === null) return null;
  if (unit === "count") return Math.sqrt(was.value + now.value) || 1;
  if (unit !== "ratio" || !was.denominator || !now.denominator) return null;
  const one = ({ value, denominator }: Figure) => ((value ?? 0) * (1 - (value ?? 0))) / (denominator ?? 1);
  return Math.sqrt(one(was) + one(now));
}
