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

/** The pseudo-dimension of pairs over all groups, and what joins the two values of a pair. */
export const GROUP = "group";
export const PAIRED = "\u001f";

export interface CellScope {
  group: string;
  week: string;
  previous: string;
}

/** By KPI id: the people partition and every dimension of the catalogue. */
export type Cells = ReadonlyMap<string, ReadonlyMap<string, readonly Slice[]>>;

/**
 * Sums of the KPIs' person-level form in two weeks over everyone of a group (or "*"), by people partition and by
 * each dimension. KPIs that share a source are summed in one pass.
 */
export function peopleCells(
  database: Database,
  catalog: Catalog,
  kpis: readonly Model<"kpis">[],
  scope: CellScope,
): Promise<Cells> {
  return readCells(database, kpis, scope, (from, own) => cellsSql(from, own, catalog.dimensions));
}

/**
 * The same by two dimensions at once, every pair of the catalogue's and, over all groups, each with the group: there a
 * person counts once per group. The id is `a*b`, the value both values joined by PAIRED.
 */
export async function pairCells(
  database: Database,
  catalog: Catalog,
  kpis: readonly Model<"kpis">[],
  scope: CellScope,
): Promise<Cells> {
  const ids = catalog.dimensions.map(({ id }) => id);
  const pairs = ids.flatMap((a, at) => ids.slice(at + 1).map((b) => [a, b] as const));
  const own = await readCells(database, kpis, scope, (from, some) =>
    pairs.length === 0
      ? null
      : `${rowsSql(from, some, "group_id = $group")} ${byPairs(some, catalog.dimensions, pairs)}`,
  );
  if (scope.group !== "*" || ids.length === 0) return own;
  const withGroup = await readCells(
    database,
    kpis,
    scope,
    (from, some) =>
      `${rowsSql(from, some, "group_id <> $group")} ${byPairs(
        some,
        catalog.dimensions,
        ids.map((id) => [GROUP, id] as const),
      )}`,
  );
  return new Map(
    kpis.map(({ id }) => [id, new Map([...(own.get(id) ?? []), ...(withGroup.get(id) ?? [])])] as const),
  );
}

async function readCells(
  database: Database,
  kpis: Kpis,
  scope: CellScope,
  sqlOf: (from: string, own: Kpis) => string | null,
): Promise<Cells> {
  const cells = new Map<string, Map<string, Slice[]>>();
  for (const from of new Set(kpis.flatMap(({ header }) => header.people?.from ?? []))) {
    const own = kpis.filter(({ header }) => header.people?.from === from);
    const sql = sqlOf(from, own);
    if (sql === null) continue;
    const rows = await database.all(sql, { ...scope });
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
        const byId = cells.get(id) ?? new Map<string, Slice[]>();
        const slices = byId.get(dimension) ?? [];
        slices.push(slice);
        cells.set(id, byId.set(dimension, slices));
      }
    }
  }
  return cells;
}

type Kpis = readonly Model<"kpis">[];

function cellsSql(from: string, kpis: Kpis, dimensions: readonly Model<"dimensions">[]): string {
  const parts = [...kpis.keys()].map((at) => partition(at, kpis));
  if (dimensions.length > 0) parts.push(byDimension(kpis, dimensions));
  return `${rowsSql(from, kpis, "group_id = $group")} ${parts.join("\nunion all\n")}`;
}

function rowsSql(from: string, kpis: Kpis, scope: string): string {
  const each = (of: (at: number) => string) => kpis.map((_, at) => of(at)).join(", ");
  const numerator = (at: number) =>
    `coalesce((${kpis[at]?.header.people?.numerator ?? "0"})::double, 0) as n${at}`;
  const denominator = (at: number) =>
    `coalesce((${kpis[at]?.header.people?.denominator ?? "true"})::double, 0) as d${at}`;
  return `
    with rows as materialized (
      select group_id, person_id, week, if(week = $week::date, 1, 0) as side, ${each(numerator)}, ${each(denominator)}
      from ${from} where ${scope} and week in ($week::date, $previous::date)
    )`;
}

function byDimension(kpis: Kpis, dimensions: readonly Model<"dimensions">[]): string {
  const by = (id: string) => name(`by_${id}`);
  return `
    select case ${dimensions.map(({ id }) => `when grouping(${by(id)}) = 0 then ${literal(id)}`).join(" ")} end as dimension,
      coalesce(${dimensions.map(({ id }) => by(id)).join(", ")}) as value, ${sums(kpis)}
    from (${withDimensions(dimensions)})
    group by grouping sets (${dimensions.map(({ id }) => `(${by(id)})`).join(", ")})`;
}

function byPairs(
  kpis: Kpis,
  dimensions: readonly Model<"dimensions">[],
  pairs: readonly (readonly [string, string])[],
): string {
  const by = (id: string) => (id === GROUP ? "group_id" : name(`by_${id}`));
  const chosen = ([a, b]: readonly [string, string]) =>
    `when grouping(${by(a)}) + grouping(${by(b)}) = 0 then`;
  const value = (id: string) => `coalesce(${by(id)}::varchar, ${literal(UNKNOWN)})`;
  return `
    select case ${pairs.map((pair) => `${chosen(pair)} ${literal(pair.join("*"))}`).join(" ")} end as dimension,
      case ${pairs.map((pair) => `${chosen(pair)} ${value(pair[0])} || ${literal(PAIRED)} || ${value(pair[1])}`).join(" ")} end as value, ${sums(kpis)}
    from (${withDimensions(dimensions)})
    group by grouping sets (${pairs.map(([a, b]) => `(${by(a)}, ${by(b)})`).join(", ")})`;
}

function sums(kpis: Kpis): string {
  return kpis
    .flatMap((_, at) =>
      [0, 1].map(
        (side) =>
          `sum(n${at}) filter (side = ${side}) as n${at}_${side}, sum(d${at}) filter (side = ${side}) as d${at}_${side}, count(*) filter (side = ${side} and d${at} <> 0) as r${at}_${side}`,
      ),
    )
    .join(", ");
}

/** Every row with the value of each dimension as `by_<id>`; null where a person has none. */
function withDimensions(dimensions: readonly Model<"dimensions">[]): string {
  const joins = dimensions.map(({ id, header }) => {
    const keys = header.grain.map((key) => `split.${key} = rows.${key}`).join(" and ");
    // Said twice, so that only two weeks of the dimension are read.
    const weeks = header.grain.includes("week") ? " where week in ($week::date, $previous::date)" : "";
    return `left join (select * from dimensions.${name(id)}${weeks}) as split_${id} on ${keys.replaceAll("split.", `split_${id}.`)}`;
  });
  return `select rows.*, ${dimensions.map(({ id }) => `split_${id}.value as ${name(`by_${id}`)}`).join(", ")} from rows ${joins.join("\n")}`;
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
