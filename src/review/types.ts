import type { Text } from "../kit/say.ts";
import type { Action } from "../rules/suggestion.ts";
import type { Churn } from "./churn.ts";
import type { Explanation } from "./explain/types.ts";
import type { SopReview } from "./sop.ts";
import type { SuggestionLine } from "./suggestions.ts";

export type { Text } from "../kit/say.ts";

/**
 * The one object that the page, the sentences and every report read (`fupan review --json` prints it).
 * Rates are fractions (0.336 = 33.6 %), money is in the workspace's currency, weeks are ISO labels
 * ("2026-W47"), dates are "YYYY-MM-DD" in the workspace's time zone.
 */
export type Verdict = "better" | "worse" | "noise" | "insufficient";
export type Reason = "sample" | "baseline" | "incomplete" | "roster" | "gap" | "unsettled" | "no_data";

/** numerator / denominator = value; value is null when the denominator is 0. Counts have denominator null. */
export interface Figure {
  numerator: number | null;
  denominator: number | null;
  value: number | null;
}

export interface KpiLine extends Figure {
  id: string;
  title: Text;
  description: Text;
  unit: "ratio" | "count" | "money" | "number";
  good: "up" | "down" | null;
  minDenominator: number | null;
  /** What a denominator counts, as it stands behind a number (人 / people); null where the KPI does not say. */
  of: Text | null;
  /** The KPI that this is another reading of; such a one is shown beside it and makes no sentence of its own. */
  variantOf: string | null;
  /** Days for which people must have been seen, where the week is too new for any of them; else null. */
  waitsDays: number | null;
  previous: Figure | null;
  /** value − previous.value (a fraction for ratios), null when one side has no value. */
  delta: number | null;
  /** 95 % interval of delta, null where it cannot be computed. */
  interval: [number, number] | null;
  verdict: Verdict;
  strength: "clear" | "possible" | null;
  reason: Reason | null;
  /** Smallest change that could have been seen with 80 % power: 2.8·√(se²+τ²). */
  minDetectable: number | null;
  /** Mean ± 1.96 SD of the 12 weeks before this one. */
  baseline: { mean: number; lo: number; hi: number; weeks: number } | null;
  target: number | null;
  /** As it read when its week ended, where later refunds made it another; else null. */
  reported: Figure | null;
  /** A KPI that says how far this one can be trusted, shown beside it: how many orders match a person. */
  shownWith: string | null;
  /** The same number against other bases than last week; null where there is none. */
  against: {
    /** Mean of the four complete weeks before. */
    fourWeeks: Base | null;
    /** Mean of the last four complete weeks (of twelve) without holiday or shopping festival. */
    ordinaryWeeks: Base | null;
    /** The same week a year before (364 days). */
    lastYear: Base | null;
    /** In a week of a festival that follows the moon: the week a year before as far from it, where that is another than lastYear's. */
    festival: (Base & { week: string; title: Text }) | null;
    target: Base | null;
    /** Of a camp: the same day of the camp before, whatever weekday either began on. */
    campDay: CampBase | null;
  };
  /** Up to 12 weeks ending with this one, oldest first. */
  history: (Figure & { week: string; complete: boolean })[];
}

export interface Base {
  value: number;
  /** This week's value less that of the base. */
  delta: number;
}

/** A camp up to its day n of this week's end; `value` and `delta` are against the camp before, which alone is judged. */
export interface CampBase extends Base, Pick<KpiLine, "interval" | "verdict" | "strength" | "reason"> {
  day: number;
  own: Figure;
  previous: Figure;
  /** The camp before. */
  groupId: string;
  name: string;
  /** Mean of all earlier camps on that day. */
  earlier: { camps: number; value: number };
}

/** A holiday or shopping festival that makes a week hard to compare. */
export interface WeekMark {
  /** ISO label of the week, this one or the one before. */
  week: string;
  id: string;
  kind: "holiday" | "promotion";
  title: Text;
  from: string;
  to: string;
}

export interface GroupLine {
  groupId: string;
  name: string;
  kind: string | null;
  members: number;
  /** One entry per KPI id shown in the group table. */
  kpis: Record<
    string,
    Pick<
      KpiLine,
      "numerator" | "denominator" | "value" | "previous" | "delta" | "verdict" | "strength" | "reason"
    >
  >;
}

/** Null where the source that decides it was never imported: nobody can be seen to buy again without orders. */
export interface SegmentStock {
  segment: string;
  persons: number | null;
  previous: number | null;
  /** The count is of few people, or would tell one of few, and is not told to whoever asks; null without this is unknown to everybody. */
  isHidden?: true;
}

export interface SegmentFlow {
  from: string; // a segment of metrics.md §4 or "none"
  to: string; // a segment or "left"
  persons: number;
}

export interface QualityNotice {
  code: string;
  severity: "warn" | "info";
  text: Text;
  /** Where to fix it, a path of the server, if any. */
  href: string | null;
}

export interface Conclusion {
  tone: "better" | "worse" | "flat";
  kpi: string | null;
  tag: Text;
  text: Text;
  /** Anchor of the proof on the page, e.g. "#kpi-churn_rate". */
  href: string;
}

export interface Review {
  week: string;
  /** First and last day of the week. */
  from: string;
  to: string;
  complete: boolean;
  previous: string | null;
  /** What makes this week or the one before hard to compare (非可比周); empty = an ordinary pair of weeks. */
  marks: WeekMark[];
  /** "*" = all groups, else a group id. */
  group: string;
  groupName: string | null;
  generatedAt: string;
  asOf: string;
  generation: string;
  timezone: string;
  currency: string;
  /** Weeks and groups that can be chosen, newest week first. */
  weeks: { week: string; from: string; to: string; complete: boolean }[];
  groupChoices: { groupId: string; name: string }[];
  members: number;
  kpis: KpiLine[];
  groups: GroupLine[];
  conclusions: Conclusion[];
  /** The change of each KPI that moved, split exactly; by KPI id. */
  decomposition: Record<string, Explanation>;
  segments: {
    /** Persons per segment this week and last, in the order of metrics.md §4. */
    stock: SegmentStock[];
    flows: SegmentFlow[];
  };
  /** All dormant members (null: how many is not shown) by why, and the most valuable of them (at most 200). */
  dormant: { total: number | null; why: Record<string, number>; rows: DormantRow[] };
  churn: Churn;
  sop: SopReview;
  /** What to change, best first, as the rules found it in this week. */
  suggestions: SuggestionLine[];
  /** Accepted suggestions that this week follows up. */
  actions: Action[];
  quality: QualityNotice[];
  /** KPIs whose source was never imported, with what to do; their lines have no values. */
  missing: MissingKpi[];
  /** Sources (marts.sources) that were never imported for this group, or for any: what rests on them is unknown. */
  unknown: UnknownSource[];
  /** What differs from the report that was frozen for this week; absent where none is looked at. */
  restated?: Restated[];
}

export interface UnknownSource {
  source: string;
  text: Text;
  /** Where it can be brought. */
  href: string | null;
}

export interface MissingKpi {
  kpi: string;
  title: Text;
  text: Text;
  /** Where the source can be brought. */
  href: string | null;
}

/** The days of a week, and the zone whose midnight they begin at. */
export type FrozenDays = Pick<Review, "from" | "to" | "timezone">;

/** A figure as the frozen report has it, and as it is known now. */
export interface Restated {
  kpi: string;
  title: Text;
  unit: KpiLine["unit"];
  was: Figure;
  now: Figure;
  frozenAt: string;
}

export interface DormantRow {
  personId: string;
  /** Full name; mask it wherever it is shown. */
  name: string;
  /** Names of their groups, as they are written. */
  groups: readonly string[];
  /** never_spoke, went_silent, lapsed_buyer or not_heard (no log of any of their groups); of other segments their own name. */
  why: string;
  daysSilent: number | null;
  lastSpoke: string | null;
  lastOrder: string | null;
  /** Purchases and what they are worth; null where no orders were ever imported. */
  orders: number | null;
  value: number | null;
  /** Chance of still being a buyer, 0–1; null without purchases, and where the shop's data carry no model. */
  alive: number | null;
  /** Days since the last purchase, and after how many this buyer is late; null where that cannot be said. */
  daysSinceOrder: number | null;
  overdueAfter: number | null;
  /** RFM score as three digits; null without purchases. */
  rfm: string | null;
  level: string | null;
  /** What to write to them about; wait or none where they should be left alone. */
  scene: string;
  /** Who looks after their group; a name, so masked wherever it is shown. */
  owner: string;
  /** How often they were written to in 30 days, and when last. */
  addressed: number;
  lastAddressed: string | null;
  /** Left alone by a first campaign, to measure what it brings; null where nobody asked for it. */
  holdout: boolean | null;
}
