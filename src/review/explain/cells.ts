import type { Catalog } from "../../warehouse/catalog.ts";
import type { Database, Params } from "../../warehouse/database.ts";
import type { Model } from "../../warehouse/model.ts";
import { type Measures, measuresOf } from "../../warehouse/people-measures.ts";
import type { Row } from "../../warehouse/rows.ts";
import { GROUP, keptPeopleSql, keptSplitSql, NEAR, OWN, peopleSql, rowsSql, splitSql } from "./cells-sql.ts";

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
/** Of a group and two weeks, or of what its parameters say. */
type Question = string | { sql: string; params: Params };
/** Whether the build has summed both weeks, and whether the rows are of few of all people. */
interface How {
  isKept: boolean;
  areFew: boolean;
}
type Splitting = Pick<Catalog, "dimensions" | "kpis">;

/**
 * Sums of the KPIs' person-level form in two weeks over everyone of a group (or "*"), by people partition and by
 * each dimension. KPIs that share a source are summed in one pass.
 */
export async function peopleCells(
  database: Database,
  catalog: Splitting,
  kpis: Kpis,
  scope: CellScope,
): Promise<Cells> {
  const [isKept] = await areKept(database, scope);
  return readCells(database, kpis, scope, (from, measures, own) => {
    const people = isKept
      ? { sql: keptPeopleSql(from, ids(own)), params: { week: scope.week, group: scope.group } }
      : peopleSql(rowsSql(from, measures, OWN), measures);
    return [people, ...splitsSql(from, measures, catalog, { isKept, areFew: scope.group !== "*" })];
  });
}

const ids = (own: readonly { id: string }[]) => own.map(({ id }) => id);

/**
 * Whether the build has summed the splits of both weeks, and counted who stayed: of the group that is looked at (of all together it
 * has each week's), and of each group (the newest weeks').
 */
async function areKept(
  database: Database,
  { group, week, previous }: CellScope,
): Promise<[own: boolean, each: boolean]> {
  const rows = await database.all(
    "select week, bool_or(group_id = '*') as own, bool_or(group_id <> '*') as each from report.combinations group by week order by week",
  );
  const isAmong = (part: "own" | "each") => {
    const weeks = rows.filter((row) => row[part]).map((row) => row["week"]);
    return weeks.indexOf(week) > 0 && weeks[weeks.indexOf(week) - 1] === previous;
  };
  return [isAmong(group === "*" ? "own" : "each"), isAmong("each")];
}

/**
 * By each dimension and by each pair of them: one more grouping of few rows beside reading and joining all people. Who
 * asks for the pairs later, of the same KPIs, asks this again, and a generation remembers the answer.
 */
function splitsSql(from: string, measures: Measures, catalog: Splitting, how: How): string[] {
  const single = ids(catalog.dimensions);
  const pairs = single.flatMap((a, at) => single.slice(at + 1).map((b) => [a, b]));
  return setsSql(from, measures, catalog, how, OWN, [...single.map((id) => [id]), ...pairs]);
}

function setsSql(
  from: string,
  measures: Measures,
  { dimensions, kpis }: Splitting,
  { isKept, areFew }: How,
  scope: string,
  sets: readonly (readonly string[])[],
): string[] {
  if (sets.length === 0) return [];
  if (!isKept)
    return [splitSql(rowsSql(from, measures, scope), measures, dimensions, sets, areFew ? scope : undefined)];
  const all = kpis.filter(({ header }) => header.people?.from === from);
  return [keptSplitSql(from, scope, all, measures, dimensions, sets)];
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
  catalog: Splitting,
  explained: Kpis,
  open: Kpis,
  scope: CellScope,
  near: readonly string[],
): Promise<Cells> {
  const [isKept, areGroupsKept] = await areKept(database, scope);
  const withGroup = near.length > 0 ? catalog.dimensions.map(({ id }) => [GROUP, id]) : [];
  const params = { week: scope.week, previous: scope.previous, near: JSON.stringify(near) };
  const [own, byGroup] = await Promise.all([
    readCells(database, explained, scope, (from, measures) =>
      splitsSql(from, measures, catalog, { isKept, areFew: scope.group !== "*" }),
    ),
    readCells(database, open, scope, (from, measures) =>
      setsSql(from, measures, catalog, { isKept: areGroupsKept, areFew: true }, NEAR, withGroup).map(
        (sql) => ({
          sql,
          params,
        }),
      ),
    ),
  ]);
  return new Map(open.map(({ id }) => [id, new Map([...(own.get(id) ?? []), ...(byGroup.get(id) ?? [])])]));
}

async function readCells(
  database: Database,
  kpis: Kpis,
  scope: CellScope,
  questions: (from: string, measures: Measures, own: Kpis) => readonly Question[],
): Promise<Cells> {
  const cells = new Map<string, Map<string, Slice[]>>();
  const sources = [...new Set(kpis.flatMap(({ header }) => header.people?.from ?? []))];
  const asked = sources.flatMap((from) => {
    const own = kpis.filter(({ header }) => header.people?.from === from);
    const measures = measuresOf(own);
    return questions(from, measures, own).map((question) => ({
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
      const slices = byId.get(String(dimension)) ?? [];
      slices.push(slice);
      byId.set(String(dimension), slices);
      cells.set(id, byId);
    }
  }
}
