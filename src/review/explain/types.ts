import type { Figure, KpiLine, Text } from "../types.ts";

/** What a slice adds to the change: `rate` by its own behaviour, `mix` by its weight. Of a count all is `rate`. */
export interface Part {
  value: string;
  label: Text;
  before: Figure;
  after: Figure;
  rate: number;
  mix: number;
  total: number;
}

export interface Dimension {
  id: string;
  title: Text;
  /** Largest effect first. Their totals add up to the change (1e-9). */
  parts: Part[];
  /** Parts pull against each other: together they move more than twice as far as the whole. */
  offsetting: boolean;
}

/** One factor of a KPI that is a product, and its Shapley share of the change. */
export interface Factor {
  title: Text;
  before: number;
  after: number;
  effect: number;
}

/** Something that changed when and where the KPI did. Evidence, never proof: see `grade`. */
export interface Cause {
  /** Kind of action (sql/seeds/actions.csv). */
  action: string;
  title: Text;
  unit: Text;
  /** Amount in the groups that moved, last week and this week. */
  before: number;
  after: number;
  /** Names of the groups that moved and in which it changed, none of what is the same in all; how many groups it did not change in. */
  groups: string[];
  others: number;
  /** timing: unlike the four weeks before; segment: where it changed, the KPI moved; control: elsewhere it did not. */
  agrees: { timing: boolean; segment: boolean; control: boolean };
  /** E0 one week · E1 at least eight weeks · E2 difference-in-differences with a flat past. */
  grade: "E0" | "E1" | "E2";
  confidence: "low" | "medium" | "high";
  difference: { effect: number; interval: [number, number]; groups: number } | null;
  correlation: { rho: number; weeks: number } | null;
  text: Text;
}

/** The change of one KPI of one scope against the week before, split exactly in several ways. */
export interface Explanation {
  kpi: string;
  title: Text;
  unit: KpiLine["unit"];
  /** "*" = all groups. */
  group: string;
  /** ISO labels. */
  week: string;
  previous: string;
  before: Figure;
  after: Figure;
  delta: number;
  /** Of a rate: how much came from its numerator and how much from its denominator. */
  effects: { numerator: number; denominator: number } | null;
  /**
   * People who counted in both weeks, came, or went; `behaviour` = those who stayed doing more or less, `base` = who
   * is counted. Null without a person-level form.
   */
  people: (Dimension & { behaviour: number; base: number }) | null;
  dimensions: Dimension[];
  factors: Factor[];
  /**
   * The dimension that explains most with the fewest slices, or else two at once (`group*tier`, values joined by
   * U+001F); null when none stands out.
   */
  best: { dimension: string; values: string[]; share: number } | null;
  /** What may have moved it, best first; only for a change beyond ordinary variation. */
  causes: Cause[];
  /** When nothing was found: which records were looked at and which are missing. */
  nothingFound: Text | null;
}
