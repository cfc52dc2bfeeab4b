import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { sha256Of } from "../kit/disk.ts";
import { comparisons } from "./comparisons.ts";
import { type Database, literal } from "./database.ts";
import type { Model } from "./model.ts";
import { generationPath, lastPointer } from "./publish.ts";
import { verdicts } from "./verdicts.ts";

type Kpi = Model<"kpis">;

const NEVER = "date '-infinity'";

/**
 * Makes `report.comparisons` and `report.verdicts`. Judging a week of a hundred groups by each KPI costs more than
 * computing them, and a week knows nothing of later ones (but whether its series has sampling errors at all): as long as all that it and the weeks before it were judged by
 * is what it was at the build before, its rows are taken from there. What they were judged by is compared, not what was
 * imported: a refund, a name that turns out to be another's each show in the figures that they move. Nothing is taken over
 * from other models: what is compared may not even be there.
 * Reads report.kpi_weekly, report.unjudged_kpis, report.gap_weeks, report.sample_errors, report.weeks, report.kpis, report.about, marts.groups,
 * marts.partial_weeks and marts.week_marks.
 * @param marts folder of the generations.
 * @returns the first week (YYYY-MM-DD) that was judged anew; null for all of them.
 */
export async function createVerdicts(
  database: Database,
  marts: string,
  { models, kpis }: { models: string; kpis: readonly Kpi[] },
  isFull: boolean,
): Promise<string | null> {
  const method = methodOf(kpis, models);
  await database.run(`create table generation.report.methods as select ${literal(method)} as verdicts`);
  const isThere = !isFull && (await attachBefore(database, marts, method));
  const since = isThere ? await firstChange(database) : null;
  const from = since === null ? NEVER : `date ${literal(since)}`;
  for (const [table, select] of [
    ["comparisons", comparisons(kpis, from)],
    ["verdicts", verdicts(from)],
  ] as const) {
    const all = since === null ? `(${select})` : behindSettled(`before.report.${table}`, select, from);
    await database.run(`create table generation.report.${table} as ${all}`);
  }
  if (isThere) await database.run("detach before");
  await database.run("drop table generation.report.sample_errors");
  return since;
}

/** The weeks of before and the new ones behind them, each as it was sorted: all groups together first, by week. */
function behindSettled(table: string, select: string, from: string): string {
  const parts = ["=", "<>"].flatMap((is) => [
    `select * from ${table} where week < ${from} and group_id ${is} '*'`,
    `select * from fresh where group_id ${is} '*'`,
  ]);
  return `with fresh as materialized (${select}) ${parts.join(" union all by name ")}`;
}

/** How numbers are judged, as a hash: rows that were judged otherwise are not taken over. */
function methodOf(kpis: readonly Kpi[], models: string): string {
  const rules = kpis.map(({ id, header: { unit, good, minDenominator, variantOf, judgedBy } }) => [
    id,
    unit,
    good,
    minDenominator,
    variantOf,
    judgedBy,
  ]);
  const all = JSON.stringify([models, rules, comparisons(kpis), verdicts()]);
  return createHash("sha256").update(all).digest("hex");
}

/**
 * The published generation as `before`; not when it is none, judged otherwise, or not what was
 * published: damage is not handed on.
 */
async function attachBefore(database: Database, marts: string, method: string): Promise<boolean> {
  const pointer = lastPointer(marts);
  if (!pointer) return false;
  const path = generationPath(marts, pointer.generation);
  if (!existsSync(path)) return false;
  if ((await sha256Of(path)) !== pointer.sha256) return false;
  await database.run(`attach ${literal(path)} as before (read_only)`);
  const { isThere } = await database.one(
    "select count(*) = 1 as isThere from duckdb_tables() where database_name = 'before' and schema_name = 'report' and table_name = 'methods'",
  );
  if (isThere && (await database.one("select verdicts from before.report.methods"))["verdicts"] === method)
    return true;
  await database.run("detach before");
  return false;
}

/** The first week that differs from `before`; the week after the last one when none does. A week that is not over always differs. */
async function firstChange(database: Database): Promise<string> {
  // The same numbers summed up in another order differ in their last digits.
  const differ = ["numerator", "denominator", "se", "changed"]
    .map(
      (one) =>
        `not coalesce(abs(now.${one} - past.${one}) <= 1e-12 * (abs(now.${one}) + abs(past.${one})), now.${one} is null and past.${one} is null)`,
    )
    .join(" or ");
  const { since } = await database.one(
    `with
       now as (
         -- "and weeks.is_complete" beside the keys would look at every pair of rows: an outer join is hashed by equalities alone.
         select weekly.kpi, weekly.group_id, weekly.week, numerator, denominator, se, changed, is_complete, kind
         from report.kpi_weekly as weekly
         inner join report.weeks as weeks on weeks.week = weekly.week
         left join report.sample_errors as errors on errors.kpi = weekly.kpi and errors.group_id = weekly.group_id and errors.week = if(weeks.is_complete, weekly.week, null)
         left join marts.groups as groups on groups.group_id = weekly.group_id
         where segment = '*'
       ),
       past as (
         select kpi, group_id, week, numerator, denominator, if(changed is null, null, se) as se, changed, is_complete, kind
         from before.report.comparisons left join before.marts.groups using (group_id)
       ),
       changes as (
         select coalesce(now.week, past.week) as week
         from now full join past on past.kpi = now.kpi and past.group_id = now.group_id and past.week = now.week
         where now.is_complete is distinct from past.is_complete or now.kind is distinct from past.kind or ${differ}
         union all
         select coalesce(now.week, past.week)
         from (select distinct week from marts.week_marks) as now full join (select distinct week from before.marts.week_marks) as past on past.week = now.week
         where now.week is null or past.week is null
         union all
         -- What still moved then and is settled now, or the other way round.
         select weekly.week
         from report.kpi_weekly as weekly inner join report.kpis as kpis using (kpi) cross join report.about as now cross join before.report.about as past
         where weekly.value is not null and (weekly.week + 7 + kpis.settle_days > now.as_of) <> (weekly.week + 7 + kpis.settle_days > past.as_of)
         union all
         -- A member list came, or went: what was not judged is, or the other way round.
         select min(weeks.week) from report.weeks as weeks
         where exists (
           select 1 from report.unjudged_kpis as now full join before.report.unjudged_kpis as past on past.kpi = now.kpi and past.group_id = now.group_id
           where now.kpi is null or past.kpi is null
         )
         union all
         -- A log that went on shows that a week's silence was one.
         select coalesce(now.week, past.week)
         from report.gap_weeks as now full join before.report.gap_weeks as past on past.kpi = now.kpi and past.group_id = now.group_id and past.week = now.week
         where now.kpi is null or past.kpi is null
         union all
         -- What it stands beside is computed for it alone.
         select week from report.weeks where not is_complete
         union all
         select now.week
         from (select kpi, group_id, min(week) as week, count(se) = 0 as has_none from now group by all) as now
           inner join (select kpi, group_id, count(se) = 0 as has_none from past group by all) as past using (kpi, group_id)
         where now.has_none <> past.has_none
       )
     select coalesce((select min(week) from changes), (select max(week) + 7 from report.weeks))::varchar as since`,
  );
  return String(since);
}
