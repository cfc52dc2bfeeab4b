import type { Catalog } from "../../warehouse/catalog.ts";
import type { Database, Params } from "../../warehouse/database.ts";
import type { Model } from "../../warehouse/model.ts";
import type { Row } from "../../warehouse/rows.ts";
import { GROUP, listed, type Measures, measuresOf, peopleSql, rowsSql, splitSql } from "./cells-sql.ts";

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

/** Where a person has no value of a dimension. */
export const UNKNOWN = "";

export interface CellScope {
  group: string;
  week: string;
  previous: string;
}

/** By KPI id: the people partition and every dimension of the catalogue. */
export type Cells = ReadonlyMap<string, ReadonlyMap<string, readonly Slice[]>>;

type Kpis = readonly Model<"kpis">[];

const OWN = "group_id = $group";
const NEAR = `group_id in ${listed("near")}`;

/**
 * Sums of the KPIs' person-level form in two weeks over everyone of a group (or "*"), by people partition and by
 * each dimension. KPIs that share a source are summed in one pass.
 */
export function peopleCells(
  database: Database,
  { dimensions }: Pick<Catalog, "dimensions">,
  kpis: Kpis,
  scope: CellScope,
): Promise<Cells> {
  return readCells(database, kpis, scope, (from, measures) => [
    peopleSql(rowsSql(from, measures, OWN), measures),
    ...splitsSql(from, measures, dimensions),
  ]);
}

/**
 * By each dimension and by each pair of them: one more grouping of few rows beside reading and joining all people. Who
 * asks for the pairs later, of the same KPIs, asks this again, and a generation remembers the answer.
 */
function splitsSql(from: string, measures: Measures, dimensions: Catalog["dimensions"]): string[] {
  const ids = dimensions.map(({ id }) => id);
  const pairs = ids.flatMap((a, at) => ids.slice(at + 1).map((b) => [a, b]));
  const sets = [...ids.map((id) => [id]), ...pairs];
  return sets.length === 0 ? [] : [splitSql(rowsSql(from, measures, OWN), measures, dimensions, sets)];
}

/**
 * The same by two dimensions at once, every pair of the catalogue's and, over all groups, each with the group: there a
 * person counts once per group. The id is `a*b`, the value both values joined by PAIRED.
 * @param explained the KPIs of peopleCells.
 * @param open those of them that are looked at by group.
 * @param near the groups that stand for themselves in a pair; others have no slice.
 */
export async function pairCells(
  database: Database,
  { dimensions }: Pick<Catalog, "dimensions">,
  explained: Kpis,
  open: Kpis,
  scope: CellScope,
  near: readonly string[],
): Promise<Cells> {
  const withGroup = near.length > 0 ? dimensions.map(({ id }) => [GROUP, id]) : [];
  const params = { week: scope.week, previous: scope.previous, near: JSON.stringify(near) };
  const [own, byGroup] = await Promise.all([
    readCells(database, explained, scope, (from, measures) => splitsSql(from, measures, dimensions)),
    readCells(database, open, scope, (from, measures) =>
      withGroup.length === 0
        ? []
        : [{ sql: splitSql(rowsSql(from, measures, NEAR), measures, dimensions, withGroup), params }],
    ),
  ]);
  return new Map(open.map(({ id }) => [id, new Map([...(own.get(id) ?? []), ...(byGroup.get(id) ?? [])])]));
}

async function readCells(
  database: Database,
  kpis: Kpis,
  scope: CellScope,
  questions: (from: string, measures: Measures) => readonly (string | { sql: string; params: Params })[],
): Promise<Cells> {
  const cells = new Map<string, Map<string, Slice[]>>();
  const sources = [...new Set(kpis.flatMap(({ header }) => header.people?.from ?? []))];
  const asked = sources.flatMap((from) => {
    const own = kpis.filter(({ header }) => header.people?.from === from);
    const measures = measuresOf(own);
    return questions(from, measures).map((question) => ({
      own,
      measures,
      // In one order: what is asked again is known by its text.
      ...(typeof question === "string"
        ? { sql: question, params: { group: scope.group, week: scope.week, previous: scope.previous } }
        : question),
    }));
  });
  const answers = await Promise.all(asked.map(({ sql, params }) => database.all(sql, params)));
  for (const [at, one] of asked.entries()) addSlices(cells, one, answers[at] ?? []);
  return cells;
}

/** A row is one side of a slice: all measures, or `n`, `d` and `r` of the KPI at its `place`. */
function addSlices(
  cells: Map<string, Map<string, Slice[]>>,
  { own, measures }: { own: Kpis; measures: Measures },
  rows: readonly Row[],
): void {
  const pairs = new Map<string, [Row?, Row?]>();
  for (const row of rows) {
    const key = JSON.stringify([row["dimension"], row["value"], row["place"]]);
    const pair = pairs.get(key) ?? [];
    pair[row["side"] === 0 ? 0 : 1] = row;
    pairs.set(key, pair);
  }
  for (const pair of pairs.values()) {
    const { dimension, value, place } = pair[0] ?? pair[1] ?? {};
    for (const [at, { id }] of own.entries()) {
      if (place !== undefined && place !== at) continue;
      const { numerator = 0, denominator = 0 } = measures.of[at] ?? {};
      const [n, d, r] =
        place === undefined ? [`m${numerator}`, `m${denominator}`, `r${denominator}`] : ["n", "d", "r"];
      const side = (of: 0 | 1): Side => ({
        numerator: Number(pair[of]?.[n] ?? 0),
        denominator: Number(pair[of]?.[d] ?? 0),
        rows: Number(pair[of]?.[r] ?? 0),
      });
      const slice = { value: String(value ?? UNKNOWN), before: side(0), after: side(1) };
      if (slice.before.rows + slice.after.rows === 0) continue;
      const byId = cells.get(id) ?? new Map<string, Slice[]>();
      byId.set(String(dimension), [...(byId.get(String(dimension)) ?? []), slice]);
      cells.set(id, byId);
    }
  }
}
