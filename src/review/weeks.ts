import { UserError } from "../kit/errors.ts";
import type { Database } from "../warehouse/database.ts";

export interface Week {
  /** First day, "2026-11-16". */
  week: string;
  /** "2026-W47". */
  label: string;
  complete: boolean;
}

/** Newest first. */
export async function listWeeks(database: Database): Promise<Week[]> {
  const rows = await database.all("select week, label, is_complete from report.weeks order by week desc");
  return rows.map((row) => ({
    week: String(row["week"]),
    label: String(row["label"]),
    complete: row["is_complete"] === true,
  }));
}

/** The week that is meant: by label or first day; without one the newest complete week, else the newest. */
export function chooseWeek(weeks: readonly Week[], wanted: string | undefined): Week {
  if (wanted !== undefined) {
    const found = weeks.find(({ week, label }) => week === wanted || label === wanted);
    if (found) return found;
    const [newest] = weeks;
    const oldest = weeks.at(-1);
    throw new UserError(
      { zh: `没有 ${wanted} 这一周的数据`, en: `There is no data for week ${wanted}` },
      {
        hint: {
          zh: `有数据的是 ${oldest?.label ?? "—"} 到 ${newest?.label ?? "—"}`,
          en: `There is data from ${oldest?.label ?? "—"} to ${newest?.label ?? "—"}`,
        },
      },
    );
  }
  const chosen = weeks.find(({ complete }) => complete) ?? weeks[0];
  if (chosen) return chosen;
  throw new UserError({ zh: "还没有可以复盘的数据", en: "There is no data to review yet" });
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
