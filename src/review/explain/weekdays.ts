import type { Database } from "../../warehouse/database.ts";
import type { Model } from "../../warehouse/model.ts";
import type { Row } from "../../warehouse/rows.ts";
import type { Figure, Text } from "../types.ts";
import type { CellScope } from "./cells.ts";
import type { Dimension, Part } from "./types.ts";

export const WEEKDAY = "weekday";

const DAYS: readonly Text[] = [
  { zh: "周一", en: "Monday" },
  { zh: "周二", en: "Tuesday" },
  { zh: "周三", en: "Wednesday" },
  { zh: "周四", en: "Thursday" },
  { zh: "周五", en: "Friday" },
  { zh: "周六", en: "Saturday" },
  { zh: "周日", en: "Sunday" },
];

/** By KPI id: rows of what each weekday of the two weeks adds to the numerator of the KPIs that say so. */
export async function readWeekdays(
  database: Database,
  kpis: readonly Model<"kpis">[],
  scope: CellScope,
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const selects = kpis.flatMap(({ id, header: { weekdays } }) =>
    weekdays
      ? [
          `select '${id}' as kpi, week = $week::date as is_after, weekday, sum(${weekdays.numerator})::double as numerator
           from ${weekdays.from} where group_id = $group and week in ($week::date, $previous::date) group by all`,
        ]
      : [],
  );
  const rows = selects.length === 0 ? [] : await database.all(selects.join(" union all "), { ...scope });
  return new Map(kpis.map(({ id }) => [id, rows.filter((row) => row["kpi"] === id)]));
}

/**
 * The change by weekday. Of a rate each day adds its own people over everyone: the denominator has no weekday, so
 * there is no mix. The days add up to the change where they add up to the numerator.
 */
export function weekdayDimension(rows: readonly Row[], before: Figure, after: Figure): Dimension | null {
  if (rows.length === 0) return null;
  const side = (day: number, isAfter: boolean): Figure => {
    const { denominator } = isAfter ? after : before;
    const row = rows.find((one) => one["weekday"] === day && one["is_after"] === isAfter);
    const numerator = Number(row?.["numerator"] ?? 0);
    return { numerator, denominator, value: denominator === null ? numerator : numerator / denominator };
  };
  const parts = DAYS.map((label, at): Part => {
    const [was, is] = [side(at + 1, false), side(at + 1, true)];
    const total = Number(is.value) - Number(was.value);
    return { value: String(at + 1), label, before: was, after: is, rate: total, mix: 0, total };
  });
  const title =
    before.denominator === null
      ? { zh: "星期几", en: "Weekday" }
      : { zh: "星期几（每人算在本周头一天）", en: "Weekday (each person on their first day of the week)" };
  return { id: WEEKDAY, title, parts, offsetting: false };
}
