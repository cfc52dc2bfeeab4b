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
  /** The dimension that explains most with the fewest slices; null when none stands out. */
  best: { dimension: string; values: string[]; share: number } | null;
}
