import type { Catalog } from "../../warehouse/catalog.ts";
import { type Database, literal, name } from "../../warehouse/database.ts";
import type { Model } from "../../warehouse/model.ts";

/** One slice of a KPI in both weeks. `rows` are the people behind it. */
export interface Slice {
  value: string;
  before: Side;
  after: Side;
}

export interface Side {
  numerator: number;
  denominator: number;
  rows: number;
}

/** Id of the partition into people who counted in both weeks, in this one only, in the last one only. */
export const PEOPLE = "people";
/** Where a person has no value of a dimension. */
export const UNKNOWN = "";

/** By KPI id: the people partition and every dimension of the catalogue. */
export type Cells = ReadonlyMap<string, ReadonlyMap<string, readonly Slice[]>>;

/**
 * Sums of the KPIs' person-level form in two weeks over everyone of a group (or "*"), by people partition and by
 * each dimension. KPIs that share a source are summed in one pass.
 */
export async function peopleCells(
  database: Database,
  catalog: Catalog,
  kpis: readonly Model<"kpis">[],
  scope: { group: string; week: string; previous: string },
): Promise<Cells> {
  const cells = new Map<string, Map<string, Slice[]>>();
  for (const from of new Set(kpis.flatMap(({ header }) => header.people?.from ?? []))) {
    const own = kpis.filter(({ header }) => header.people?.from === from);
    const rows = await database.all(cellsSql(from, own, catalog.dimensions), scope);
    for (const row of rows) {
      const dimension = String(row["dimension"]);
      const value = String(row["value"] ?? UNKNOWN);
      for (const [at, { id }] of own.entries()) {
        const side = (week: 0 | 1): Side => ({
          numerator: Number(row[`n${at}_${week}`] ?? 0),
          denominator: Number(row[`d${at}_${week}`] ?? 0),
          rows: Number(row[`r${at}_${week}`] ?? 0),
        });
        const slice = { value, before: side(0), after: side(1) };
        if (slice.before.rows + slice.after.rows === 0) continue;
        const slices = cells.get(id) ?? new Map<string, Slice[]>();
        slices.set(dimension, [...(slices.get(dimension) ?? []), slice]);
        cells.set(id, slices);
      }
    }
  }
  return cells;
}

type Kpis = readonly Model<"kpis">[];

function cellsSql(from: string, kpis: Kpis, dimensions: readonly Model<"dimensions">[]): string {
  const each = (of: (at: number) => string) => kpis.map((_, at) => of(at)).join(", ");
  const numerator = (at: number) =>
    `coalesce((${kpis[at]?.header.people?.numerator ?? "0"})::double, 0) as n${at}`;
  const denominator = (at: number) =>
    `coalesce((${kpis[at]?.header.people?.denominator ?? "true"})::double, 0) as d${at}`;
  const parts = [...kpis.keys()].map((at) => partition(at, kpis));
  if (dimensions.length > 0) parts.push(byDimension(kpis, dimensions));
  return `
    with rows as materialized (
      select group_id, person_id, week, if(week = $week::date, 1, 0) as side, ${each(numerator)}, ${each(denominator)}
      from ${from} where group_id = $group and week in ($week::date, $previous::date)
    )
    ${parts.join("\nunion all\n")}`;
}

function byDimension(kpis: Kpis, dimensions: readonly Model<"dimensions">[]): string {
  const by = (id: string) => name(`by_${id}`);
  const sums = kpis.flatMap((_, at) =>
    [0, 1].map(
      (side) =>
        `sum(n${at}) filter (side = ${side}) as n${at}_${side}, sum(d${at}) filter (side = ${side}) as d${at}_${side}, count(*) filter (side = ${side} and d${at} <> 0) as r${at}_${side}`,
    ),
  );
  const joins = dimensions.map(({ id, header }) => {
    const keys = header.grain.map((key) => `split.${key} = rows.${key}`).join(" and ");
    // Said twice, so that only two weeks of the dimension are read.
    const weeks = header.grain.includes("week") ? " where week in ($week::date, $previous::date)" : "";
    return `left join (select * from dimensions.${name(id)}${weeks}) as split_${id} on ${keys.replaceAll("split.", `split_${id}.`)}`;
  });
  return `
    select case ${dimensions.map(({ id }) => `when grouping(${by(id)}) = 0 then ${literal(id)}`).join(" ")} end as dimension,
      coalesce(${dimensions.map(({ id }) => by(id)).join(", ")}) as value, ${sums.join(", ")}
    from (
      select rows.*, ${dimensions.map(({ id }) => `split_${id}.value as ${by(id)}`).join(", ")}
      from rows ${joins.join("\n")}
    )
    group by grouping sets (${dimensions.map(({ id }) => `(${by(id)})`).join(", ")})`;
}

/** Who stays depends on the KPI's own denominator: a KPI of buyers or newcomers has stayers of its own. */
function partition(at: number, kpis: Kpis): string {
  const columns = kpis.flatMap((_, other) =>
    [0, 1].map((side) =>
      other === at
        ? `sum(n_${side}) as n${other}_${side}, sum(d_${side}) as d${other}_${side}, count(*) filter (d_${side} <> 0) as r${other}_${side}`
        : `null as n${other}_${side}, null as d${other}_${side}, 0 as r${other}_${side}`,
    ),
  );
  const sums = [0, 1].map(
    (side) =>
      `coalesce(sum(n${at}) filter (side = ${side}), 0) as n_${side}, coalesce(sum(d${at}) filter (side = ${side}), 0) as d_${side}`,
  );
  return `
    select ${literal(PEOPLE)} as dimension,
      case when d_0 <> 0 and d_1 <> 0 then 'stayed' when d_1 <> 0 then 'joined' else 'left' end as value, ${columns.join(", ")}
    from (select person_id, ${sums.join(", ")} from rows group by person_id)
    where d_0 <> 0 or d_1 <> 0 or n_0 <> 0 or n_1 <> 0
    group by 2`;
}
