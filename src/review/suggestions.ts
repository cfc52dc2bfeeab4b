import type { Action, Suggestion } from "../rules/suggestion.ts";
import type { Database } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";
import { addDays } from "./weeks.ts";

/** A suggestion of a list with what was decided on it, if anything. */
export interface SuggestionLine extends Suggestion {
  status: Action["status"];
  action: Action | null;
}

/** What a generation says: the suggestions of a week, best first, decided ones with their decision. */
export async function suggestionsOf(
  database: Database,
  week: string,
  group: string,
  actions?: readonly Action[],
): Promise<SuggestionLine[]> {
  const rows = await database.all(
    `select suggestion from report.suggestions where outcome = 'shown' and week = $week::date and ($group = '*' or group_id in ($group, '*'))
     order by json_extract_string(suggestion, '$.lowered') is not null, score desc, id`,
    { week, group },
  );
  return withDecisions(rows.map(toSuggestion), actions ?? (await actionsOf(database, week, group)).all);
}

/** One suggestion of any week by its id; null when no rule made it. */
export async function findSuggestion(database: Database, id: string): Promise<Suggestion | null> {
  const rows = await database.all(
    "select suggestion from report.suggestions where id = $id and outcome = 'shown' order by week desc limit 1",
    { id },
  );
  return rows[0] ? toSuggestion(rows[0]) : null;
}

/** Decisions as they stood at the build: all of the group, and those whose effect or term falls into the week. */
export async function actionsOf(
  database: Database,
  week: string,
  group: string,
): Promise<{ all: Action[]; due: Action[] }> {
  const rows = await database.all(
    "select action from report.actions where $group = '*' or group_id in ($group, '*') order by week desc, id",
    { group },
  );
  const all = rows.map((row) => JSON.parse(String(row["action"])) as Action);
  return { all, due: dueIn(all, week) };
}

/** The actions a meeting about this week looks at: begun before it ended, and not followed up before it. */
export function dueIn(actions: readonly Action[], week: string): Action[] {
  return actions.filter(
    ({ status, baseWeek, effect, suggestion }) =>
      (status === "accepted" || status === "done") &&
      baseWeek !== null &&
      baseWeek < week &&
      (effect === null ? isAwaited(suggestion, baseWeek, week) : effect.nowWeek >= week),
  );
}

/** What expects nothing that could be measured is looked at until its term is over; it had been due for ever. */
function isAwaited({ expect, followUp }: Suggestion, baseWeek: string, week: string): boolean {
  return expect.length > 0 || addDays(baseWeek, 7 * followUp.weeks) >= week;
}

export function withDecisions(
  suggestions: readonly Suggestion[],
  actions: readonly Action[],
): SuggestionLine[] {
  const byId = new Map(actions.map((action) => [action.id, action]));
  return suggestions.map((one) => {
    const action = byId.get(one.id) ?? null;
    return action
      ? { ...one, text: action.text, owner: action.owner ?? one.owner, status: action.status, action }
      : { ...one, status: "open", action: null };
  });
}

function toSuggestion(row: Row): Suggestion {
  return JSON.parse(String(row["suggestion"])) as Suggestion;
}
