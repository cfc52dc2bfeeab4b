import { literal, name } from "../../warehouse/database.ts";
import type { Model } from "../../warehouse/model.ts";

/** Id of the partition into people who counted in both weeks, in this one only, in the last one only. */
export const PEOPLE = "people";

/** The pseudo-dimension of pairs over all groups, and what joins the two values of a pair. */
export const GROUP = "group";
export const PAIRED = "\u001f";

type Dimensions = readonly Model<"dimensions">[];

/** What KPIs of one source sum per person: many count the same people, and each expression is summed once. */
export interface Measures {
  /** SQL of the columns `m0`, `m1` … */
  expressions: readonly string[];
  /** Of each KPI, which of them are its numerator and its denominator. */
  of: readonly { numerator: number; denominator: number }[];
}

export function measuresOf(kpis: readonly Model<"kpis">[]): Measures {
  const expressions: string[] = [];
  const place = (sql: string) => {
    if (!expressions.includes(sql)) expressions.push(sql);
    return expressions.indexOf(sql);
  };
  const of = kpis.map(({ header: { people } }) => ({
    numerator: place(people?.numerator ?? "0"),
    denominator: place(people?.denominator ?? "true"),
  }));
  return { expressions, of };
}

/** `with rows`: the people of two weeks with what each adds to the KPIs; side 0 is the week before. */
export function rowsSql(from: string, { expressions }: Measures, scope: string): string {
  return `
    with rows as materialized (
      select group_id, person_id, week, if(week = $week::date, 1, 0) as side,
        ${list(expressions, (at) => `coalesce((${expressions[at]})::double, 0) as m${at}`)}
      from ${from} where ${scope} and week in ($week::date, $previous::date)
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
      select place, case when d_0 <> 0 and d_1 <> 0 then 'stayed' when d_1 <> 0 then 'joined' else 'left' end as value,
        sum(n_0) as n_0, sum(d_0) as d_0, count(*) filter (d_0 <> 0) as r_0, sum(n_1) as n_1, sum(d_1) as d_1, count(*) filter (d_1 <> 0) as r_1
      from lines where d_0 <> 0 or d_1 <> 0 or n_0 <> 0 or n_1 <> 0 group by all
    )
    select ${literal(PEOPLE)} as dimension, value, place, 0 as side, n_0 as n, d_0 as d, r_0 as r from slices
    union all select ${literal(PEOPLE)}, value, place, 1, n_1, d_1, r_1 from slices order by all`;
}

/**
 * A row is one side of a slice by sets of one or two dimensions: the sum of every measure, `m0` …, and of those that are a
 * denominator how many people have it, `r0` …. People are first summed by all dimensions at once, which few combinations
 * are; the sets read those. (Grouping sets over people cost tens of milliseconds each, even of a hundred.)
 */
export function splitSql(
  rows: string,
  { expressions, of }: Measures,
  dimensions: Dimensions,
  sets: readonly (readonly string[])[],
): string {
  const used = dimensions.filter(({ id }) => sets.some((set) => set.includes(id)));
  const columns = [...used.map(({ id }) => by(id)), ...(sets.flat().includes(GROUP) ? [by(GROUP)] : [])];
  const counted = [...new Set(of.map(({ denominator }) => denominator))];
  const sums = (rows: (at: number) => string) =>
    [
      ...expressions.map((_, at) => `sum(m${at}) as m${at}`),
      ...counted.map((at) => `${rows(at)} as r${at}`),
    ].join(", ");
  const value = (set: readonly string[]) =>
    set.map((id) => `coalesce(${by(id)}::varchar, '')`).join(` || ${literal(PAIRED)} || `);
  return `${rows},
    combinations as materialized (
      select ${columns.join(", ")}, side, ${sums((at) => `count(*) filter (m${at} <> 0)`)} from (${joined(used)}) group by all
    ),
    slices as (
      select unnest([${sets.map((set) => literal(set.join("*"))).join(", ")}]) as dimension, unnest([${sets.map(value).join(", ")}]) as value, side,
        ${list(expressions, (at) => `m${at}`)}, ${counted.map((at) => `r${at}`).join(", ")} from combinations
    )
    select dimension, value, side, ${sums((at) => `sum(r${at})`)} from slices group by all order by all`;
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

/** Texts of a parameter that is a JSON list. */
export function listed(parameter: string): string {
  return `(select unnest(from_json($${parameter}, '["varchar"]')))`;
}

function by(id: string): string {
  return name(`by_${id}`);
}

function list(things: readonly unknown[], of: (at: number) => string): string {
  return [...things.keys()].map(of).join(", ");
}
