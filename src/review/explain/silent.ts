import type { Database } from "../../warehouse/database.ts";
import { listed } from "./cells-sql.ts";

/** Condition on group_id: of the groups that moved. */
export const MOVED = `group_id in ${listed("moved")}`;

/** Records that are read off the chat log (sql/seeds/actions.csv, source). */
export const FROM_LOG: readonly string[] = ["labels", "staff", "sop"];

interface Span {
  /** First days of weeks: of the groups that moved from `since` on, of all others from `previous` on. */
  since: string;
  previous: string;
  week: string;
  /** Ids as a JSON list. */
  moved: string;
}

/**
 * By group the weeks of which its log has nothing, neither of members nor of staff: it had not begun, or was not exported to the
 * end. What was posted in them is unknown, not nothing.
 */
export async function silentWeeks(database: Database, span: Span): Promise<Map<string, Set<string>>> {
  const rows = await database.all(
    `select group_id, week from marts.group_weeks
     anti join (
       select group_id, week from marts.group_actions
       where action in (select action from marts.actions where source in ('labels', 'staff'))
     ) as heard using (group_id, week)
     where messages = 0 and week between $since::date and $week::date and (week >= $previous::date or ${MOVED})`,
    { ...span },
  );
  const silent = new Map<string, Set<string>>();
  for (const row of rows) {
    const id = String(row["group_id"]);
    silent.set(id, (silent.get(id) ?? new Set()).add(String(row["week"])));
  }
  return silent;
}
