import { name } from "./database.ts";
import type { Model } from "./model.ts";

type Kpis = readonly Model<"kpis">[];
type Dimensions = readonly Model<"dimensions">[];

type Parts = Pick<NonNullable<Kpis[number]["header"]["people"]>, "numerator" | "denominator">;

/** What KPIs of one source sum per person: many count the same people, and each expression is summed once. */
export interface Measures {
  /** SQL of the columns `m0`, `m1` … */
  expressions: readonly string[];
  /** Of each KPI, which of them are its numerator and its denominator. */
  of: readonly { numerator: number; denominator: number }[];
}

export function measuresOf(kpis: readonly { header: { people?: Parts | undefined } }[]): Measures {
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

/** Which of the expressions are a denominator: their people are counted. */
export function countedOf({ of }: Measures): number[] {
  return [...new Set(of.map(({ denominator }) => denominator))];
}

/** Where KPIs say what one person adds to them, and which do. */
export function sourcesOf(kpis: Kpis): Map<string, Kpis> {
  const sources = new Map<string, Kpis>();
  for (const kpi of kpis) {
    const from = kpi.header.people?.from;
    if (from !== undefined) sources.set(from, [...(sources.get(from) ?? []), kpi]);
  }
  return sources;
}

/** Select list: the key of each person and week and what the person adds to each measure, `m0` …; never null. */
export function measured({ expressions }: Measures): string {
  return `group_id, person_id, week${expressions.map((sql, at) => `, coalesce((${sql})::double, 0) as m${at}`).join("")}`;
}

/**
 * Every row with the value of each dimension as `by_<id>`; null where a person has none.
 * @param rows relation with group_id, person_id and week. @param weeks condition on a column `week`, so that no others of a dimension are read.
 * @param few condition on a column `group_id` that the rows keep, where they are of few of all people: of no others a
 *   dimension is read, which rows of everyone would only be slowed by.
 */
export function withDimensions(rows: string, dimensions: Dimensions, weeks: string, few?: string): string {
  const joins = dimensions.map(({ id, header }) => {
    const keys = header.grain.map((key) => `${name(`of_${id}`)}.${key} = rows.${key}`).join(" and ");
    const has = (key: (typeof header.grain)[number]) => header.grain.includes(key);
    const conditions = [
      ...(has("week") ? [weeks] : []),
      // Groups are looked for while a dimension is read, people in what has been.
      ...(few !== undefined && has("group_id") ? [few] : []),
      ...(few !== undefined && has("person_id") && !has("group_id")
        ? [`person_id in (select person_id from ${rows})`]
        : []),
    ];
    const own = conditions.length > 0 ? ` where ${conditions.join(" and ")}` : "";
    return `left join (select * from dimensions.${name(id)}${own}) as ${name(`of_${id}`)} on ${keys}`;
  });
  const values = dimensions.map(({ id }) => `, ${name(`of_${id}`)}.value as ${by(id)}`);
  return `select rows.*${values.join("")} from ${rows} as rows ${joins.join(" ")}`;
}

export function by(id: string): string {
  return name(`by_${id}`);
}

/** Who is counted in both weeks, in this one only, in the last one only: SQL from the two weeks' denominators. */
export function stays(before: string, after: string): string {
  return `case when ${before} <> 0 and ${after} <> 0 then 'stayed' when ${after} <> 0 then 'joined' else 'left' end`;
}
