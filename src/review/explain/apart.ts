import type { Database } from "../../warehouse/database.ts";

/**
 * Records that nobody may call much as usual: those that a KPI is made of or followed by, which were not looked at for it, and
 * holidays where either week has one and says so.
 */
export async function apartOf(
  database: Database,
  week: string,
): Promise<(kpi: string) => ReadonlySet<string>> {
  const [own, marks] = await Promise.all([
    database.all("select source, not_for from marts.actions"),
    database.all("select week from marts.week_marks where week in ($week::date, $week::date - 7) limit 1", {
      week,
    }),
  ]);
  return (kpi) => {
    const looked = own.filter((row) => !String(row["not_for"]).split(";").includes(kpi));
    const sources = new Set(looked.map((row) => row["source"]));
    const left = own.map((row) => String(row["source"])).filter((source) => !sources.has(source));
    return new Set([...left, ...(marks.length > 0 ? ["holidays"] : [])]);
  };
}
