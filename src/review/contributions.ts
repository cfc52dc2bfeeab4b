import { beside } from "../kit/beside.ts";
import { OVERLAP } from "./explain/parts.ts";
import type { Dimension, Explanation, Part } from "./explain/types.ts";
import { shownContribution } from "./format.ts";
import type { KpiLine, Text } from "./types.ts";

/** A part of a change as it is printed. Rates in fractions, in steps of 0.01 percentage points. */
export interface Contribution extends Part {
  shown: { rate: number; mix: number; total: number };
}

export interface Contributions {
  rows: Contribution[];
  rate: number;
  mix: number;
  total: number;
}

/** The smallest figure that is printed of a change. */
export function stepOf(unit: KpiLine["unit"]): number {
  if (unit === "ratio") return 1e-4;
  return unit === "count" ? 1 : 0.01;
}

/**
 * Numbers rounded to steps so that they add up to the rounded sum: whoever adds what is printed gets what is printed.
 * Each is off by less than one step (largest remainders).
 */
export function roundedToSum(values: readonly number[], sum: number, step: number): number[] {
  const target = Math.round(sum / step);
  const floors = values.map((value) => Math.floor(value / step + 1e-9));
  let missing = target - floors.reduce((total, value) => total + value, 0);
  const order = values
    .map((value, at) => ({ at, rest: value / step - (floors[at] ?? 0) }))
    .sort((a, b) => b.rest - a.rest || a.at - b.at);
  for (let turn = 0; missing !== 0 && order.length > 0; turn++) {
    const { at } = order[turn % order.length] ?? { at: 0 };
    floors[at] = (floors[at] ?? 0) + Math.sign(missing);
    missing -= Math.sign(missing);
  }
  return floors.map((value) => value * step);
}

/** The parts of one dimension as printed; null when the explanation does not have it. */
export function contributions(explanation: Explanation | null, dimension: string): Contributions | null {
  const found = explanation?.dimensions.find(({ id }) => id === dimension);
  return explanation && found ? printedParts(explanation, found) : null;
}

/** The same of any split of that explanation. */
export function printedParts(
  { unit, delta }: Explanation,
  { parts }: Pick<Dimension, "parts">,
): Contributions {
  const step = stepOf(unit);
  const totals = roundedToSum(
    parts.map(({ total }) => total),
    delta,
    step,
  );
  const rows = parts.map((part, at) => {
    const total = totals[at] ?? 0;
    const mix = Math.round(part.mix / step) * step;
    return { ...part, shown: { total, mix, rate: total - mix } };
  });
  const sum = (of: "rate" | "mix") => rows.reduce((all, { shown }) => all + shown[of], 0);
  return { rows, rate: sum("rate"), mix: sum("mix"), total: Math.round(delta / step) * step };
}

export interface FirstAndRest {
  first: readonly Contribution[];
  /** How many groups the first are followed by, and their sum; null when none. */
  rest: { count: number; shown: Contribution["shown"] } | null;
  /** What is no group: people of several groups, who count once; null when nobody is. */
  overlap: Contribution | null;
}

/** The first groups, the sum of the others, and what is no group; what is printed still adds up. */
export function firstAndRest(rows: readonly Contribution[], most: number): FirstAndRest {
  const overlap = rows.find(({ value }) => value === OVERLAP) ?? null;
  const groups = rows.filter((row) => row !== overlap);
  if (groups.length <= most + 1) return { first: groups, rest: null, overlap };
  const others = groups.slice(most);
  const sum = (of: keyof Contribution["shown"]) => others.reduce((all, { shown }) => all + shown[of], 0);
  const shown = { rate: sum("rate"), mix: sum("mix"), total: sum("total") };
  return { first: groups.slice(0, most), rest: { count: others.length, shown }, overlap };
}

/** What explains most, in words: the fewest slices, alone or of two dimensions at once, that carry two thirds of it. */
export function bestText(explanation: Explanation): Text | null {
  const { best, dimensions, unit } = explanation;
  const dimension = dimensions.find(({ id }) => id === best?.dimension);
  if (!best || !dimension) return null;
  const named = printedParts(explanation, dimension).rows.filter(({ value }) => best.values.includes(value));
  const list = (lang: keyof Text, separator: string) =>
    named
      .map(({ label, shown }) => `${beside(label[lang])} ${shownContribution(shown.total, unit)}`)
      .join(separator);
  const share = Math.round(best.share * 100);
  const part =
    share > 100
      ? { zh: "比整体变化还大，其余的往回抵", en: "more than the whole change: the rest offsets it" }
      : { zh: `占整体变化的 ${share}%`, en: `${share} % of the whole change` };
  return {
    zh: `【事实】最能说明变化的是${dimension.title.zh}：${list("zh", "、")}，${part.zh}。`,
    en: `[fact] ${dimension.title.en} explains most: ${list("en", ", ")}, ${part.en}.`,
  };
}

/** N-02: those who stayed against who came and went, in figures that add up to the printed change. */
export function peopleText(explanation: Explanation): Text | null {
  const { people, delta, unit } = explanation;
  if (!people) return null;
  const [behaviour = 0, base = 0] = roundedToSum([people.behaviour, people.base], delta, stepOf(unit));
  // Twice nothing is no fact worth a line.
  if (behaviour === 0 && base === 0) return null;
  const [stayed, moved] = [behaviour, base].map((value) => shownContribution(value, unit));
  return {
    zh: `【事实】两周都算在内的人自己变了 ${stayed}，人员进出 ${moved}。`,
    en: `[fact] people who stayed changed by ${stayed}, people coming and going by ${moved}.`,
  };
}
