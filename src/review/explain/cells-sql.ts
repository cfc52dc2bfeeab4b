import { literal, name } from "../../warehouse/database.ts";
import type { Model } from "../../warehouse/model.ts";

/** Id of the partition into people who counted in both weeks, in this one only, in the last one only. */
export const PEOPLE = "people";

/** The pseudo-dimension of pairs over all groups, and what joins the two values of a pair. */
export const GROUP = "group";
export const PAIRED = "\u001f";

type Kpis = readonly Model<"kpis">[];
type Dimensions = readonly Model<"dimensions">[];

/** `with rows`: the people of two weeks with what each adds to the KPIs; side 0 is the week before. */
export function rowsSql(from: string, kpis: Kpis, scope: string): string {
  const of = (at: number) => kpis[at]?.header.people;
  return `
    with rows as materialized (
      select group_id, person_id, week, if(week = $week::date, 1, 0) as side,
        ${list(kpis, (at) => `coalesce((${of(at)?.numerator ?? "0"})::double, 0) as n${at}, coalesce((${of(at)?.denominator ?? "true"})::double, 0) as d${at}`)}
      from ${from} where ${scope} and week in ($week::date, $previous::date)
    )`;
}

/**
 * A row is one side of a slice of the KPI at `place`. Who stays depends on the KPI's own denominator: a KPI of buyers or
 * newcomers has stayers of its own.
 */
export function peopleSql(rows: string, kpis: Kpis): string {
  const side = (of: 0 | 1) =>
    `select person_id, ${list(kpis, (at) => `sum(n${at}) as n${at}_${of}, sum(d${at}) as d${at}_${of}`)} from rows where side = ${of} group by person_id`;
  const each = (column: string) =>
    `[${list(kpis, (at) => `coalesce(${column.replace("?", String(at))}, 0)`)}]`;
  return `${rows},
    lines as (
      select unnest([${list(kpis, String)}]) as place, unnest(${each("n?_0")}) as n_0, unnest(${each("d?_0")}) as d_0,
        unnest(${each("n?_1")}) as n_1, unnest(${each("d?_1")}) as d_1
      from (${side(0)}) as earlier full join (${side(1)}) as later using (person_id)
    ),
    slices as (
      select place, case when d_0 <> 0 and d_1 <> 0 then 'stayed' when d_1 <> 0 then 'joined' else 'left' end as value,
        sum(n_0) as n_0, sum(d_0) as d_0, count(*) filter (d_0 <> 0) as r_0, sum(n_1) as n_1, sum(d_1) as d_1, count(*) filter (d_1 <> 0) as r_1
      from lines where d_0 <> 0 or d_1 <> 0 or n_0 <> 0 or n_1 <> 0 group by all
    )
    select ${literal(PEOPLE)} as dimension, value, place, 0 as side, n_0 as n, d_0 as d, r_0 as r from slices
    union all select ${literal(PEOPLE)}, value, place, 1, n_1, d_1, r_1 from slices order by all`;
}

/**
 * A row is one side of a slice with `n0`, `d0`, `r0` … of every KPI, by sets of one or two dimensions. People are first summed by all dimensions at once, which few
 * combinations are; the sets read those. (Grouping sets over people cost tens of milliseconds each, even of a hundred.)
 */
export function splitSql(
  rows: string,
  kpis: Kpis,
  dimensions: Dimensions,
  sets: readonly (readonly string[])[],
): string {
  const used = dimensions.filter(({ id }) => sets.some((set) => set.includes(id)));
  const columns = [...used.map(({ id }) => by(id)), ...(sets.flat().includes(GROUP) ? [by(GROUP)] : [])];
  const sum = (rows: (at: number) => string) =>
    list(kpis, (at) => `sum(n${at}) as n${at}, sum(d${at}) as d${at}, ${rows(at)} as r${at}`);
  const value = (set: readonly string[]) =>
    set.map((id) => `coalesce(${by(id)}::varchar, '')`).join(` || ${literal(PAIRED)} || `);
  return `${rows},
    combinations as materialized (
      select ${columns.join(", ")}, side, ${sum((at) => `count(*) filter (d${at} <> 0)`)} from (${joined(used)}) group by all
    ),
    slices as (
      select unnest([${sets.map((set) => literal(set.join("*"))).join(", ")}]) as dimension, unnest([${sets.map(value).join(", ")}]) as value, side,
        ${list(kpis, (at) => `n${at}, d${at}, r${at}`)} from combinations
    )
    select dimension, value, side, ${sum((at) => `sum(r${at})`)} from slices group by all order by all`;
}

/** Every row with its group and the value of each dimension as `by_<id>`; null where a person has none. */
function joined(dimensions: Dimensions): string {
  const joins = dimensions.map(({ id, header }) => {
    const keys = header.grain.map((key) => `${name(`of_${id}`)}.${key} = rows.${key}`).join(" and ");
    // Said twice, so that only two weeks of the dimension are read.
    const weeks = header.grain.includes("week") ? " where week in ($week::date, $previous::date)" : "";
    return `left join (select * from dimensions.${name(id)}${weeks}) as ${name(`of_${id}`)} on ${keys}`;
  });
  const values = dimensions.map(({ id }) => `, ${name(`of_${id}`)}.value as ${by(id)}`);
  return `select rows.*, rows.group_id as ${by(GROUP)}${values.join("")} from rows ${joins.join(" ")}`;
}

function by(id: string): string {
  return name(`by_${id}`);
}

function list(kpis: Kpis, of: (at: number) => string): string {
  return [...kpis.keys()].map(of).join(", ");
}
