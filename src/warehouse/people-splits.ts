import { type Database, literal } from "./database.ts";
import type { Model } from "./model.ts";
import {
  by,
  countedOf,
  type Measures,
  measured,
  measuresOf,
  sourcesOf,
  stays,
  withDimensions,
} from "./people-measures.ts";

type Kpis = readonly Model<"kpis">[];
type Dimensions = readonly Model<"dimensions">[];

/**
 * Weeks whose splits a build makes: the open one, three before it, and the one that the last of them is held against. At ten
 * million messages each takes seconds, which a page that is opened would take otherwise.
 */
const KEPT_WEEKS = 5;

/**
 * Makes `report.combinations` and `report.stayers`: of the newest weeks, what the people of each group and of all ('*') add to the
 * KPIs that say so, once by all dimensions and once by who is counted in which of two weeks. The splits of a page are sums of
 * these; a page of an older week sums people itself, to the same (`test/review/kept-splits.test.ts`).
 * report.combinations: source, group_id, week, by_<dimension>, sums and people (of every measure, in the order of measuresOf over all
 * KPIs of the source; people only of denominators).
 * report.stayers: source, group_id, week, kpi, value (stayed, joined, left), numerator, denominator and people of the week before (n_0, d_0,
 * r_0) and of the week (n_1, d_1, r_1).
 */
export async function createPeopleSplits(
  database: Database,
  { kpis, dimensions }: { kpis: Kpis; dimensions: Dimensions },
): Promise<void> {
  const { weeks } = await database.one(
    `select coalesce(list(week::varchar order by week), []) as weeks from (from report.weeks order by week desc limit ${KEPT_WEEKS})`,
  );
  const kept = weeks as string[];
  const sources = [...sourcesOf(kpis)];
  const each = async (table: string, none: string, select: (from: string, own: Kpis) => string) => {
    // Of a first week alone nobody knows who was there before.
    const selects = kept.length < 2 ? [] : sources.map(([from, own]) => select(from, own));
    await database.run(
      `create table generation.report.${table} as ${selects.length === 0 ? none : selects.map((one) => `(${one})`).join(" union all ")}`,
    );
  };
  await each(
    "combinations",
    `select null::varchar as source, null::varchar as group_id, null::date as week, ${dimensions.map(({ id }) => `null::varchar as ${by(id)}, `).join("")}null::double[] as sums, null::bigint[] as people where false`,
    (from, own) => combinationsSql(from, measuresOf(own), dimensions, kept),
  );
  await each(
    "stayers",
    "select null::varchar as source, null::varchar as group_id, null::date as week, null::varchar as kpi, null::varchar as value, null::double as n_0, null::double as d_0, null::bigint as r_0, null::double as n_1, null::double as d_1, null::bigint as r_1 where false",
    (from, own) => stayersSql(from, own, kept),
  );
}

const among = (weeks: readonly string[]) =>
  `week in (${weeks.map((week) => `date ${literal(week)}`).join(", ")})`;

function combinationsSql(
  from: string,
  measures: Measures,
  dimensions: Dimensions,
  weeks: readonly string[],
): string {
  const counted = countedOf(measures);
  const rows = `(select ${measured(measures)} from ${from} where ${among(weeks)})`;
  const keys = ["group_id", "week", ...dimensions.map(({ id }) => by(id))].join(", ");
  const sums = measures.expressions.map((_, at) => `sum(m${at})`).join(", ");
  const people = measures.expressions.map((_, at) =>
    counted.includes(at) ? `count(*) filter (m${at} <> 0)` : "null",
  );
  return `select ${literal(from)} as source, ${["group_id", "week", ...dimensions.map(({ id }) => `${by(id)}::varchar as ${by(id)}`)].join(", ")},
      [${sums}] as sums, [${people.join(", ")}]::bigint[] as people
    from (${withDimensions(rows, dimensions, among(weeks))}) group by ${keys} order by ${keys}`;
}

function stayersSql(from: string, kpis: Kpis, weeks: readonly string[]): string {
  const measures = measuresOf(kpis);
  const sums = measures.expressions.map((_, at) => `sum(m${at}) as m${at}`).join(", ");
  const each = (part: "numerator" | "denominator", side: string) =>
    `[${measures.of.map((one) => `coalesce(${side}.m${one[part]}, 0)`).join(", ")}]`;
  return `with
      own as materialized (
        select group_id, person_id, week, ${sums} from (select ${measured(measures)} from ${from} where ${among(weeks)}) group by group_id, person_id, week
      ),
      lines as (
        select coalesce(later.group_id, earlier.group_id) as group_id, coalesce(later.week, earlier.week + 7) as week, unnest([${kpis.map(({ id }) => literal(id)).join(", ")}]) as kpi,
          unnest(${each("numerator", "earlier")}) as n_0, unnest(${each("denominator", "earlier")}) as d_0,
          unnest(${each("numerator", "later")}) as n_1, unnest(${each("denominator", "later")}) as d_1
        from own as later full join own as earlier on earlier.group_id = later.group_id and earlier.person_id = later.person_id and earlier.week = later.week - 7
      )
    select ${literal(from)} as source, group_id, week, kpi, ${stays("d_0", "d_1")} as value,
      sum(n_0) as n_0, sum(d_0) as d_0, count(*) filter (d_0 <> 0) as r_0, sum(n_1) as n_1, sum(d_1) as d_1, count(*) filter (d_1 <> 0) as r_1
    from lines
    where (d_0 <> 0 or d_1 <> 0 or n_0 <> 0 or n_1 <> 0) and ${among(weeks.slice(1))}
    group by all order by all`;
}
