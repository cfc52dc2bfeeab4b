import type { Database } from "../warehouse/database.ts";
import type { WeekMark } from "./types.ts";

/** Holidays and shopping festivals of a week and of the one before, in order. */
export async function weekMarks(database: Database, week: string): Promise<WeekMark[]> {
  const rows = await database.all(
    `select weeks.label, marks.* from marts.week_marks as marks inner join report.weeks as weeks using (week)
     where week in ($week::date, $week::date - 7) order by week, from_day, id`,
    { week },
  );
  return rows.map((row) => ({
    week: String(row["label"]),
    id: String(row["id"]),
    kind: row["kind"] as WeekMark["kind"],
    title: { zh: String(row["title_zh"]), en: String(row["title_en"]) },
    from: String(row["from_day"]),
    to: String(row["to_day"]),
  }));
}
