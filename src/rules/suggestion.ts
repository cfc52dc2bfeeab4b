import type { Lang, Text } from "../kit/say.ts";
import type { Row } from "../warehouse/rows.ts";
import type { Outcome } from "./choose.ts";
import type { RuleHeader } from "./header.ts";

/** What is measured after an action: a KPI or a column of marts.rule_inputs, and where it should go. */
export interface Expectation {
  measure: "kpi" | "input";
  id: string;
  direction: "up" | "down";
  /** Of an input; a KPI has its own title. */
  name?: Text;
}

/** A suggestion of a group and week, as `report.suggestions` keeps it and pages show it. Weeks are first days. */
export interface Suggestion {
  id: string;
  rule: string;
  title: Text;
  description: Text;
  groupId: string;
  week: string;
  outcome: Outcome;
  rank: number | null;
  score: number;
  severity: RuleHeader["severity"];
  cost: RuleHeader["cost"];
  strength: "clear" | "possible";
  /** Shown, but the data is to be mended first. */
  greyed: boolean;
  /** Rests on words found in texts: counts are at least these, a person looks first. */
  tick: boolean;
  text: Text;
  owner: string;
  /** What the rule's owner is called; unknown of suggestions that were kept before it was said. */
  role?: Text;
  sample: number;
  minSample: number;
  affected: number;
  /** The evidence as numbers, and how each column is called. */
  evidence: {
    id: string;
    name: Text;
    unit: RuleHeader["evidence"][string]["unit"];
    value: Row[string];
    shown: string;
  }[];
  params: { id: string; name: Text; value: Row[string] }[];
  expect: Expectation[];
  followUp: { weeks: number; text: Text; done: string | null };
  sources: string[];
  falsePositives: Text;
  /** How often shown undecided, and since which week. */
  times: number;
  firstWeek: string;
  /** How often the rule was followed up, and with what success. */
  followUps: number;
  improved: number;
  lowered: "rule" | "group" | null;
}

/** Who acts, in the reader's language where it is the rule's own role; a name that a person entered stays as it is. */
export function ownerIn(owner: string, { role }: Pick<Suggestion, "role">, lang: Lang): string {
  return role && (owner === role.zh || owner === role.en) ? role[lang] : owner;
}

export type EffectVerdict = "improved" | "unchanged" | "worse" | "insufficient";

/** What came after an action. Rates are fractions. */
export interface Effect {
  measure: Expectation;
  title: Text;
  unit: "ratio" | "count" | "money" | "number";
  wasWeek: string;
  nowWeek: string;
  was: Figure;
  now: Figure;
  /** The move, against comparable groups where there are any, with its 95 % interval. */
  delta: number | null;
  interval: [number, number] | null;
  /** Mean move of the comparable groups and how many they are. */
  others: { mean: number; groups: number } | null;
  verdict: EffectVerdict;
  /** E0 same time only · E2 against comparable groups · E3 random holdout (statistics: what may be said). */
  level: "E0" | "E2" | "E3";
  text: Text;
}

export interface Figure {
  numerator: number | null;
  denominator: number | null;
  value: number | null;
}

export interface Step {
  step: "edited" | "accepted" | "rejected" | "done" | "measured";
  /** UTC, ISO 8601. */
  at: string;
  by: string;
  detail: string | null;
}

/** A suggestion on which the team decided, with every step. */
export interface Action {
  id: string;
  rule: string;
  groupId: string;
  week: string;
  status: "open" | "accepted" | "rejected" | "done";
  text: Text;
  owner: string | null;
  /** "2026-11-30", local. */
  due: string | null;
  reason: string | null;
  /** The week before the action: what its effect is measured against. */
  baseWeek: string | null;
  doneAt: string | null;
  doneSource: "log" | "person" | null;
  effect: Effect | null;
  /** As shown when it was decided on. */
  suggestion: Suggestion;
  steps: Step[];
}
