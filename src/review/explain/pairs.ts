import { same } from "../../kit/say.ts";
import type { Catalog } from "../../warehouse/catalog.ts";
import type { Database } from "../../warehouse/database.ts";
import type { Text } from "../types.ts";
import { type CellScope, type Cells, pairCells, type Slice, UNKNOWN } from "./cells.ts";
import { GROUP, PAIRED } from "./cells-sql.ts";
import { formOf, OVERLAP, partsOf, withOverlap } from "./parts.ts";
import { bestOf, findDistinct } from "./search.ts";
import type { Dimension, Explanation, Part } from "./types.ts";

/** Cells of a pair that are listed one by one; the others stand together. */
const LISTED = 12;
const REST = "\u2026";

interface Names {
  title: Text;
  labelOf: (value: string) => Text;
}

/**
 * The second stage of the search: slices of two dimensions at once, for changes that no single dimension explains.
 * One-way slices come first and alone, so that nothing is called a special case of what is simply one group's move.
 * A pair that explains the change is set as `best` and added to the dimensions.
 */
export async function searchPairs(
  database: Database,
  catalog: Catalog,
  explained: readonly Explanation[],
  scope: CellScope,
): Promise<void> {
  const open = explained.filter(({ best, delta, people }) => best === null && delta !== 0 && people !== null);
  if (open.length === 0) return;
  const models = catalog.kpis.filter(({ id }) => open.some(({ kpi }) => kpi === id));
  const cells = await pairCells(database, catalog, models, scope);
  const groups = new Map(
    (await database.all("select group_id, name from marts.groups")).map((row) => [
      row["group_id"],
      String(row["name"]),
    ]),
  );
  const names = new Map<string, Names>([
    [GROUP, { title: { zh: "群", en: "Group" }, labelOf: (value) => same(groups.get(value) ?? value) }],
    ...catalog.dimensions.map(({ id, header }): [string, Names] => [
      id,
      {
        title: header.title,
        labelOf: (value) =>
          value === UNKNOWN ? { zh: "未知", en: "Unknown" } : (header.values[value] ?? same(value)),
      },
    ]),
  ]);
  for (const one of open) {
    const found = findDistinct(pairsOf(one, cells, names), one.unit);
    one.best = bestOf(found, one.delta);
    const chosen = found.find(({ dimension }) => dimension.id === one.best?.dimension);
    if (!chosen) continue;
    const { dimension, distinct } = chosen;
    one.dimensions.push({
      ...dimension,
      parts: shortened(dimension.parts, one.best?.values ?? []),
      offsetting: distinct.some(({ total }) => total > 0) && distinct.some(({ total }) => total < 0),
    });
  }
}

function pairsOf(one: Explanation, cells: Cells, names: ReadonlyMap<string, Names>): Dimension[] {
  return [...(cells.get(one.kpi) ?? [])].flatMap(([id, slices]: [string, readonly Slice[]]) => {
    const [a, b] = id.split("*").map((part) => names.get(part));
    if (!a || !b) return [];
    const both = (x: Text, y: Text): Text => ({ zh: `${x.zh} × ${y.zh}`, en: `${x.en} × ${y.en}` });
    const parts = partsOf(slices, formOf(one.unit, one.after), (value) => {
      const [left = "", right = ""] = value.split(PAIRED);
      return both(a.labelOf(left), b.labelOf(right));
    });
    if (!parts || parts.length < 2) return [];
    return [{ id, title: both(a.title, b.title), parts: withOverlap(parts, one.delta), offsetting: false }];
  });
}

/** The named cells and the largest others; what is left is summed, so that the parts still add up. */
function shortened(parts: readonly Part[], named: readonly string[]): Part[] {
  const kept = parts.filter(({ value }, at) => named.includes(value) || value === OVERLAP || at < LISTED);
  const rest = parts.filter((part) => !kept.includes(part));
  if (rest.length === 0) return kept;
  const sum = (of: (part: Part) => number) => rest.reduce((total, part) => total + of(part), 0);
  const side = (at: "before" | "after") => {
    const numerator = sum((part) => part[at].numerator ?? 0);
    if (rest.every((part) => part[at].denominator === null))
      return { numerator, denominator: null, value: numerator };
    const denominator = sum((part) => part[at].denominator ?? 0);
    return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
  };
  return [
    ...kept,
    {
      value: REST,
      label: { zh: `其余 ${rest.length} 格`, en: `${rest.length} other cells` },
      before: side("before"),
      after: side("after"),
      rate: sum(({ rate }) => rate),
      mix: sum(({ mix }) => mix),
      total: sum(({ total }) => total),
    },
  ];
}
