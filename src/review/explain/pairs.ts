import { same } from "../../kit/say.ts";
import type { Catalog } from "../../warehouse/catalog.ts";
import type { Database } from "../../warehouse/database.ts";
import type { Text } from "../types.ts";
import { type CellScope, type Cells, pairCells, type Side, type Slice, UNKNOWN } from "./cells.ts";
import { GROUP, PAIRED } from "./cells-sql.ts";
import { formOf, OVERLAP, partsOf, withOverlap } from "./parts.ts";
import { bestOf, findDistinct } from "./search.ts";
import type { Dimension, Explanation, Part } from "./types.ts";

/** Cells of a pair that are listed one by one; the others stand together. */
const LISTED = 12;
const REST = "\u2026";
/** Groups whose cells are looked at one by one, and what stands for all others. */
const NEAR = 100;
const OTHERS = "\u2026\u2026";

interface Names {
  title: Text;
  labelOf: (value: string) => Text;
}

/**
 * The second stage of the search: slices of two dimensions at once, for changes that no single dimension explains.
 * One-way slices come first and alone, so that nothing is called a special case of what is simply one group's move.
 * A pair that explains the change is set as `best` and added to the dimensions.
 * @param asked what was explained with these: their cells by pairs are there already.
 * @param most the groups that have cells of their own; of thousands only the largest can hold one worth naming.
 */
export async function searchPairs(
  database: Database,
  catalog: Catalog,
  explained: readonly Explanation[],
  scope: CellScope,
  { asked = explained, most = NEAR }: { asked?: readonly Explanation[]; most?: number } = {},
): Promise<void> {
  const open = explained.filter(({ best, delta, people }) => best === null && delta !== 0 && people !== null);
  if (open.length === 0) return;
  const modelsOf = (all: readonly Explanation[]) =>
    catalog.kpis.filter(({ id }) => all.some(({ kpi }) => kpi === id));
  const near = scope.group === "*" ? nearest(open, most) : [];
  const cells = await pairCells(database, catalog, modelsOf(asked), modelsOf(open), scope, near);
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
    const found = findDistinct(pairsOf(one, cells, names, near), one.unit).map(({ dimension, distinct }) => ({
      dimension,
      distinct: distinct.filter(({ value }) => value !== OTHERS),
    }));
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

/** The groups that may hold a cell worth naming: those whose people add most to the figure of either week. */
function nearest(open: readonly Explanation[], most: number): string[] {
  const near = open.flatMap(({ dimensions }) => {
    const parts = groupParts(dimensions);
    const whole = sideOf(parts, "before").numerator + sideOf(parts, "after").numerator || 1;
    const people = sideOf(parts, "before").denominator + sideOf(parts, "after").denominator || 1;
    const reach = ({ before, after }: Part) =>
      (Math.abs(before.numerator ?? 0) + Math.abs(after.numerator ?? 0)) / whole +
      ((before.denominator ?? 0) + (after.denominator ?? 0)) / people;
    return [...parts]
      .sort((x, y) => reach(y) - reach(x))
      .slice(0, most)
      .map(({ value }) => value);
  });
  return [...new Set(near)];
}

function groupParts(dimensions: readonly Dimension[]): Part[] {
  return (dimensions.find(({ id }) => id === GROUP)?.parts ?? []).filter(({ value }) => value !== OVERLAP);
}

/** The groups that have no cells of their own, as one cell; none where every group has. */
function others({ dimensions }: Explanation, near: readonly string[]): Slice[] {
  const far = groupParts(dimensions).filter(({ value }) => !near.includes(value));
  if (far.length === 0) return [];
  return [{ value: OTHERS, before: sideOf(far, "before"), after: sideOf(far, "after") }];
}

function sideOf(parts: readonly Part[], at: "before" | "after"): Side {
  const sum = (of: "numerator" | "denominator") => parts.reduce((all, part) => all + (part[at][of] ?? 0), 0);
  const [numerator, denominator] = [sum("numerator"), sum("denominator")];
  return { numerator, denominator, rows: denominator || numerator };
}

function pairsOf(
  one: Explanation,
  cells: Cells,
  names: ReadonlyMap<string, Names>,
  near: readonly string[],
): Dimension[] {
  return [...(cells.get(one.kpi) ?? [])].flatMap(([id, own]: [string, readonly Slice[]]) => {
    const [first = "", second = ""] = id.split("*");
    const [a, b] = [names.get(first), names.get(second)];
    if (!a || !b) return [];
    const slices = first === GROUP ? [...own, ...others(one, near)] : own;
    const both = (x: Text, y: Text): Text => ({ zh: `${x.zh} × ${y.zh}`, en: `${x.en} × ${y.en}` });
    const parts = partsOf(slices, formOf(one.unit, one.after), (value) => {
      if (value === OTHERS) return { zh: "其余的群", en: "All other groups" };
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
