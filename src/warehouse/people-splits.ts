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
 * Weeks of which a build makes the splits of every group: the open one, three before it, and the one that the last of them is held
 * against. At ten million messages each takes seconds, which a page that is opened would take otherwise. Of all earlier
 * weeks it makes those of all groups together.
 */
const KEPT_WEEKS = 5;

/** Of how many people a statement makes splits at once: the tables that it joins to them stay near the processor, and fit beside the models. */
const PEOPLE_AT_ONCE = 700_000;

/**
 * Makes `report.combinations` and `report.stayers`: what the people of all groups ('*'), and in the newest weeks of each, add to the
 * KPIs that say so, once by all dimensions and once by who is counted in which of two weeks. The splits of a page
 * are sums of these; what is not there a page sums from people itself, to the same (`test/review/kept-splits.test.ts`).
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
    "select coalesce(list(week::varchar order by week desc), []) as weeks from report.weeks",
  );
  const all = weeks as string[];
  // Of a first week alone nobody knows who was there before.
  const kept = all.length < 2 ? [] : all.slice(0, KEPT_WEEKS).reverse();
  const sources = [...sourcesOf(kpis)];
  await database.run(
    `create table generation.report.combinations (source varchar, group_id varchar, week date, ${dimensions.map(({ id }) => `${by(id)} varchar, `).join("")}sums double[], people bigint[])`,
  );
  await database.run(
    "create table generation.report.stayers (source varchar, group_id varchar, week date, kpi varchar, value varchar, n_0 double, d_0 double, r_0 bigint, n_1 double, d_1 double, r_1 bigint)",
  );
  if (kept.length === 0) return;
  const fill = (table: string, selects: readonly string[]) =>
    database.run(
      `insert into generation.report.${table} by name ${selects.map((one) => `(${one})`).join(" union all ")}`,
    );
  const split = (groups: string, weeks: readonly string[]) =>
    fill(
      "combinations",
      sources.map(([from, own]) => combinationsSql(from, measuresOf(own), dimensions, { groups, weeks })),
    );
  const { people } = await database.one("select count(*) as people from marts.presence");
  const atOnce = Math.max(1, Math.floor((PEOPLE_AT_ONCE * all.length) / Math.max(1, Number(people))));
  for (let at = KEPT_WEEKS; at < all.length; at += atOnce) {
    await split(ALL_GROUPS, all.slice(at, at + atOnce));
  }
  await split("true", kept);
  // Of weeks before the kept ones those of all groups together; the first week has none before it.
  const earlier = all.slice(KEPT_WEEKS - 1).reverse();
  await fill("stayers", [
    ...sources.map(([from, own]) => stayersSql(from, own, "true", kept)),
    ...(earlier.length < 2 ? [] : sources).flatMap(([from, own]) => {
      const told = own.filter(({ header }) => header.people?.before);
      const others = own.filter((one) => !told.includes(one));
      return [
        ...(told.length > 0 ? [toldStayersSql(from, told, earlier)] : []),
        ...(others.length > 0 ? [stayersSql(from, others, ALL_GROUPS, earlier)] : []),
      ];
    }),
  ]);
}

const ALL_GROUPS = "group_id = '*'";

const among = (weeks: readonly string[]) =>
  `week in (${weeks.map((week) => `date ${literal(week)}`).join(", ")})`;

function combinationsSql(
  from: string,
  measures: Measures,
  dimensions: Dimensions,
  { groups, weeks }: { groups: string; weeks: readonly string[] },
): string {
  const counted = countedOf(measures);
  const rows = `(select ${measured(measures)} from ${from} where ${groups} and ${among(weeks)})`;
  const keys = ["group_id", "week", ...dimensions.map(({ id }) => by(id))].join(", ");
  const sums = measures.expressions.map((_, at) => `sum(m${at})`).join(", ");
  const people = measures.expressions.map((_, at) =>
    counted.includes(at) ? `count(*) filter (m${at} <> 0)` : "null",
  );
  return `select ${literal(from)} as source, ${["group_id", "week", ...dimensions.map(({ id }) => `${by(id)}::varchar as ${by(id)}`)].join(", ")},
      [${sums}] as sums, [${people.join(", ")}]::bigint[] as people
    from (${withDimensions(rows, dimensions, among(weeks))}) group by ${keys} order by ${keys}`;
}

function stayersSql(from: string, kpis: Kpis, groups: string, weeks: readonly string[]): string {
  const measures = measuresOf(kpis);
  const sums = measures.expressions.map((_, at) => `sum(m${at}) as m${at}`).join(", ");
  const each = (part: "numerator" | "denominator", side: string) =>
    `[${measures.of.map((one) => `coalesce(${side}.m${one[part]}, 0)`).join(", ")}]`;
  return `with
      own as materialized (
        select group_id, person_id, week, ${sums} from (select ${measured(measures)} from ${from} where ${groups} and ${among(weeks)}) group by group_id, person_id, week
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

/**
 * The same of KPIs whose rows say what a person added the week before, over all groups: read once, instead of holding everyone
 * of each week against everyone of another. Who has no row of a week is the rest of the week before.
 */
function toldStayersSql(from: string, kpis: Kpis, weeks: readonly string[]): string {
  const after = measuresOf(kpis);
  const before = measuresOf(kpis.map(({ header }) => ({ header: { people: header.people?.before } })));
  const named = (prefix: string, { expressions }: Measures) =>
    expressions.map((sql, at) => `coalesce((${sql})::double, 0) as ${prefix}${at}`);
  const columns = (prefix: string, { expressions }: Measures, sql: (column: string) => string) =>
    expressions.map((_, at) => `${sql(`${prefix}${at}`)} as ${prefix}${at}`);
  const parts = kpis.map((_, at) => ({
    n: [`b${before.of[at]?.numerator}`, `a${after.of[at]?.numerator}`],
    d: [`b${before.of[at]?.denominator}`, `a${after.of[at]?.denominator}`],
  }));
  const counted = (prefix: string, measures: Measures) => countedOf(measures).map((at) => `${prefix}${at}`);
  const denominators = [...counted("b", before), ...counted("a", after)];
  return `with
      own as (select week, ${[...named("b", before), ...named("a", after)].join(", ")} from ${from} where ${ALL_GROUPS} and ${among(weeks)}),
      alike as materialized (
        select week, ${denominators.map((one) => `${one} <> 0 as has_${one}`).join(", ")}, count(*) as people,
          ${[...columns("b", before, (one) => `sum(${one})`), ...columns("a", after, (one) => `sum(${one})`)].join(", ")}
        from own group by all
      ),
      lines as (
        select week, unnest([${kpis.map(({ id }) => literal(id)).join(", ")}]) as kpi, people,
          unnest([${parts.map(({ d }) => `has_${d[0]}`).join(", ")}]) as was, unnest([${parts.map(({ d }) => `has_${d[1]}`).join(", ")}]) as is_now,
          unnest([${parts.map(({ n }) => n[0]).join(", ")}]) as n_0, unnest([${parts.map(({ d }) => d[0]).join(", ")}]) as d_0,
          unnest([${parts.map(({ n }) => n[1]).join(", ")}]) as n_1, unnest([${parts.map(({ d }) => d[1]).join(", ")}]) as d_1
        from alike
      ),
      there as (
        select week, kpi, ${stays("was::integer", "is_now::integer")} as value, sum(n_0) as n_0, sum(d_0) as d_0, sum(people) filter (was) as r_0,
          sum(n_1) as n_1, sum(d_1) as d_1, sum(people) filter (is_now) as r_1
        from lines group by all
      ),
      whole as (
        select week, kpi, sum(n_1) as n, sum(d_1) as d, sum(people) filter (is_now) as r, sum(n_0) as told_n, sum(d_0) as told_d, sum(people) filter (was) as told_r
        from lines group by all
      ),
      slices as (
        select week, kpi, value, n_0, d_0, r_0, n_1, d_1, r_1 from there
        union all
        select this.week, this.kpi, 'left', before.n - this.told_n, before.d - this.told_d, coalesce(before.r, 0) - coalesce(this.told_r, 0), 0, 0, 0
        from whole as this inner join whole as before on before.kpi = this.kpi and before.week = this.week - 7
      )
    select ${literal(from)} as source, '*' as group_id, week, kpi, value, sum(n_0) as n_0, sum(d_0) as d_0, coalesce(sum(r_0), 0)::bigint as r_0,
      sum(n_1) as n_1, sum(d_1) as d_1, coalesce(sum(r_1), 0)::bigint as r_1
    from slices where ${among(weeks.slice(1))} group by all having sum(r_0) > 0 or sum(r_1) > 0 order by all`;
}
