import type { Generation } from "../review/source.ts";
import type { Review } from "../review/types.ts";
import type { Row } from "../warehouse/rows.ts";

/** Rows behind the sections that are no part of the review itself, by what they tell. */
export interface Extras {
  /** Counted messages by weekday (1 = Monday) and hour. */
  hours: readonly Row[];
  /** What the plan has due in the week. */
  posts: readonly Row[];
  /** Newcomers by the week they came, k weeks later; of all groups. */
  cohorts: readonly Row[];
  /** Reasons for leaving, as said and as inferred. */
  reasons: readonly Row[];
  /** Holidays, festivals and the calendar's events of the trend's weeks. */
  events: readonly Row[];
  /** A camp by day, up to the week's end, beside the camp before; none for other groups. */
  camp: readonly Row[];
  /** Members by level at the end of last week and of this one; none without levels. */
  levels: readonly Row[];
  /** First stays as far as they were watched, for how long members stay. */
  stays: readonly Row[];
  /** Messages by day, of the week and those before. */
  days: readonly Row[];
  /** Of all groups: the groups by the KPI that is looked at; of one group: its place by every rate. Small ones shrunk. */
  ranking: readonly Row[];
  /** Of one group: its place by every other number; none of all groups. */
  places: readonly Row[];
}

export const NO_EXTRAS: Extras = {
  hours: [],
  posts: [],
  cohorts: [],
  reasons: [],
  events: [],
  camp: [],
  levels: [],
  stays: [],
  days: [],
  ranking: [],
  places: [],
};
const COHORTS = 9;
const REASON_WEEKS = 4;
const TREND_WEEKS = 12;

/** @param kpi the KPI that is looked at. */
export async function loadExtras(
  query: Generation["query"],
  { from: week, to, group: group_id }: Pick<Review, "from" | "to" | "group">,
  kpi: string,
): Promise<Extras> {
  const [hours, posts, cohorts, reasons, events, camp, levels, stays, days, ranking, places] =
    await Promise.all([
      query("activity_hours", { week, group_id }),
      query("sop_calendar", { from: week, to, group_id }),
      group_id === "*" ? query("cohorts", { week, cohorts: COHORTS }) : [],
      query("churn_reasons", { week, group_id, weeks: REASON_WEEKS }),
      query("trend_events", { week, group_id, weeks: TREND_WEEKS }),
      group_id === "*" ? [] : query("camp_days", { group_id, until: to }),
      query("level_flows", { week, group_id }),
      query("stays", { week, group_id }),
      query("daily_messages", { week, group_id }),
      query("group_ranking", group_id === "*" ? { week, kpi } : { week, of_group: group_id }),
      group_id === "*" ? [] : query("group_places", { week, of_group: group_id }),
    ]);
  return { hours, posts, cohorts, reasons, events, camp, levels, stays, days, ranking, places };
}
