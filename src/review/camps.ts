import type { Database } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";
import type { CampBase } from "./types.ts";

/**
 * A camp on the last of its days in a week against the camp before it on the same day, by KPI id (handbook C-11).
 * Empty for other groups, for "*", for weeks in which no camp day ended, and for the first camp of all.
 */
export async function campBases(
  database: Database,
  week: string,
  group: string,
): Promise<Map<string, CampBase>> {
  const rows = await database.all(
    `select compared.*, previous.name as previous_name
     from marts.camp_comparisons as compared inner join marts.groups as previous on previous.group_id = compared.previous_group_id
     where compared.group_id = $group and local_day between $week::date and $week::date + 6
     qualify day = max(day) over ()`,
    { week, group },
  );
  return new Map(
    rows.filter(({ delta }) => delta !== null).map((row) => [String(row["kpi"]), baseOf(row)] as const),
  );
}

function baseOf(row: Row): CampBase {
  const figure = (numerator: unknown, denominator: unknown) => ({
    numerator: Number(numerator),
    denominator: Number(denominator),
    value: Number(numerator) / Number(denominator),
  });
  const previous = figure(row["previous_numerator"], row["previous_denominator"]);
  return {
    day: Number(row["day"]),
    own: figure(row["numerator"], row["denominator"]),
    previous,
    groupId: String(row["previous_group_id"]),
    name: String(row["previous_name"]),
    earlier: { camps: Number(row["earlier_camps"]), value: Number(row["earlier_mean"]) },
    value: previous.value,
    delta: Number(row["delta"]),
    interval: [Number(row["lo"]), Number(row["hi"])],
    verdict: row["verdict"] as CampBase["verdict"],
    strength: row["strength"] as CampBase["strength"],
    reason: row["reason"] as CampBase["reason"],
  };
}
