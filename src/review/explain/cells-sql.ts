import { literal } from "../../warehouse/database.ts";
import type { Model } from "../../warehouse/model.ts";
import {
  by,
  countedOf,
  type Measures,
  measured,
  measuresOf,
  stays,
  withDimensions,
} from "../../warehouse/people-measures.ts";

/** Id of the partition into people who counted in both weeks, in this one only, in the last one only. */
export const PEOPLE = "people";

/** The pseudo-dimension of pairs over all groups, and what joins the two values of a pair. */
export const GROUP = "group";
export const PAIRED = "\u001f";

type Dimensions = readonly Model<"dimensions">[];

/** Conditions on group_id: of the group that is looked at, of some of them. */
export const OWN = "group_id = $group";
export const NEAR = `group_id <> '*' and group_id in ${listed("near")}`;

/** `with rows`: the people of two weeks with what each adds to the KPIs; side 0 is the week before. */
export function rowsSql(from: string, measures: Measures, scope: string): string {
  return `
    with rows as materialized (
      select ${measured(measures)}, ${SIDE} as side from ${from} where ${scope} and ${TWO_WEEKS}
    )`;
}

/**
 * A row is one side of a slice of the KPI at `place`. Who stays depends on the KPI's own denominator: a KPI of buyers or
 * newcomers has stayers of its own.
 */
export function peopleSql(rows: string, { expressions, of }: Measures): string {
  const side = (at: 0 | 1) =>
    `select person_id, ${list(expressions, (m) => `sum(m${m}) as m${m}_${at}`)} from rows where side = ${at} group by person_id`;
  const each = (part: "numerator" | "denominator", at: 0 | 1) =>
    `[${of.map((one) => `coalesce(m${one[part]}_${at}, 0)`).join(", ")}]`;
  return `${rows},
    lines as (
      select unnest([${list(of, String)}]) as place, unnest(${each("numerator", 0)}) as n_0, unnest(${each("denominator", 0)}) as d_0,
        unnest(${each("numerator", 1)}) as n_1, unnest(${each("denominator", 1)}) as d_1
      from (${side(0)}) as earlier full join (${side(1)}) as later using (person_id)
    ),
    slices as (
      select place, ${stays("d_0", "d_1")} as value,
        sum(n_0) as n_0, sum(d_0) as d_0, count(*) filter (d_0 <> 0) as r_0, sum(n_1) as n_1, sum(d_1) as d_1, count(*) filter (d_1 <> 0) as r_1
      from lines where d_0 <> 0 or d_1 <> 0 or n_0 <> 0 or n_1 <> 0 group by all
    )
    select ${literal(PEOPLE)} as dimension, value, place, 0 as side, n_0 as n, d_0 as d, r_0 as r from slices
    union all select ${literal(PEOPLE)}, value, place, 1, n_1, d_1, r_1 from slices order by all`;
}

/**
 * The same of one group from what the build has summed (`report.stayers`).
 * @param kpis those of the measures, at their places.
 */
export function keptPeopleSql(from: string, kpis: readonly string[]): string {
  const side = (at: 0 | 1) =>
    `select ${literal(PEOPLE)} as dimension, value, list_position([${kpis.map(literal).join(", ")}], kpi) - 1 as place, ${at} as side, n_${at} as n, d_${at} as d, r_${at} as r
     from report.stayers where source = ${literal(from)} and ${OWN} and week = $week::date and list_contains([${kpis.map(literal).join(", ")}], kpi)`;
  return `${side(0)} union all ${side(1)} order by all`;
}

/**
 * A row is one side of a slice by sets of one or two dimensions: the sum of every measure, `m0` …, and of those that are a
 * denominator how many people have it, `r0` …. People are first summed by all dimensions at once, which few combinations
 * are; the sets read those. @param few the rows' condition on group_id, where they are of few of all people. (Grouping sets over people cost tens of milliseconds each, even of a hundred.)
 */
export function splitSql(
  rows: string,
  measures: Measures,
  dimensions: Dimensions,
  sets: Sets,
  few?: string,
): string {
  const used = dimensions.filter(({ id }) => sets.some((set) => set.includes(id)));
  const columns = [
    ...used.map(({ id }) => by(id)),
    ...(sets.flat().includes(GROUP) ? [`group_id as ${by(GROUP)}`] : []),
  ];
  const sums = sumsOf(measures, (at) => `count(*) filter (m${at} <> 0)`);
  return `${rows},
    combinations as materialized (
      select ${columns.join(", ")}, side, ${sums} from (${withDimensions("rows", used, TWO_WEEKS, few)}) group by all
    ), ${slicesSql(measures, sets)}`;
}

/**
 * The same from what the build has summed (`report.combinations`).
 * @param scope condition on group_id. @param kpis all KPIs of the source, whose measures those sums are. @param measures the wanted ones.
 */
export function keptSplitSql(
  from: string,
  scope: string,
  kpis: readonly Model<"kpis">[],
  measures: Measures,
  dimensions: Dimensions,
  sets: Sets,
): string {
  const all = measuresOf(kpis).expressions;
  const place = (at: number) => all.indexOf(measures.expressions[at] ?? "") + 1;
  const columns = [
    ...dimensions.map(({ id }) => by(id)),
    `group_id as ${by(GROUP)}`,
    `${SIDE} as side`,
    ...measures.expressions.map((_, at) => `sums[${place(at)}] as m${at}`),
    ...countedOf(measures).map((at) => `people[${place(at)}] as r${at}`),
  ];
  return `
    with combinations as materialized (
      select ${columns.join(", ")} from report.combinations where source = ${literal(from)} and ${scope} and ${TWO_WEEKS}
    ), ${slicesSql(measures, sets)}`;
}

type Sets = readonly (readonly string[])[];

const TWO_WEEKS = "week in ($week::date, $previous::date)";
const SIDE = "if(week = $week::date, 1, 0)";

/** From `combinations`, sums by all dimensions, to those by each set. */
function slicesSql(measures: Measures, sets: Sets): string {
  const value = (set: readonly string[]) =>
    set.map((id) => `coalesce(${by(id)}::varchar, '')`).join(` || ${literal(PAIRED)} || `);
  return `slices as (
      select unnest([${sets.map((set) => literal(set.join("*"))).join(", ")}]) as dimension, unnest([${sets.map(value).join(", ")}]) as value, side,
        ${[...measures.expressions.keys()].map((at) => `m${at}`).join(", ")}, ${countedOf(measures)
          .map((at) => `r${at}`)
          .join(", ")} from combinations
    )
    select dimension, value, side, ${sumsOf(measures, (at) => `sum(r${at})`)} from slices group by all order by all`;
}

function sumsOf(measures: Measures, people: (at: number) => string): string {
  return [
    ...measures.expressions.map((_, at) => `sum(m${at}) as m${at}`),
    ...countedOf(measures).map((at) => `${people(at)} as r${at}`),
  ].join(", ");
}

/** Texts of a parameter that is a JSON list. */
export function listed(parameter: string): string {
  return `(select unnest(from_json($${parameter}, '["varchar"]')))`;
}

function list(things: readonly unknown[], of: (at: number) => string): string {
  return [...things.keys()].map(of).join(", ");
}
