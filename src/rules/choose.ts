import { createHash } from "node:crypto";
import type { Hit } from "./fire.ts";
import type { RuleHeader } from "./header.ts";

/** What the team decided on a suggestion, as far as it bears on later ones. Weeks are first days. */
export interface Decision {
  rule: string;
  groupId: string;
  /** Week of the suggestion that was decided on. */
  week: string;
  status: "accepted" | "rejected";
  /** Week in which its effect was measured; null while it runs. */
  measuredWeek: string | null;
  /** Null = not to be judged. */
  improved: boolean | null;
}

export interface ChoiceRules {
  perGroup: number;
  coolDownWeeks: number;
  rejectedWeeks: number;
}

/** Why a hit is or is not in the list of its week. */
export type Outcome = "shown" | "sample" | "cool_down" | "in_progress" | "rejected" | "same_cause" | "limit";

export interface Choice extends Hit {
  /** Stays the same while a suggestion is repeated undecided. */
  id: string;
  outcome: Outcome;
  rank: number | null;
  score: number;
  /** Data quality first: something is wrong with this group's data this week. */
  greyed: boolean;
  /** Times shown, this one among them, and the week of the first. */
  times: number;
  firstWeek: string;
  followUps: number;
  improved: number;
  /** Ranked below untried ones: the rule seldom works, or did not work here. */
  lowered: "rule" | "group" | null;
}

type Header = Pick<RuleHeader, "severity" | "cost" | "rootCause" | "gate" | "minSample"> &
  Partial<Pick<RuleHeader, "coolDownWeeks">>;

const SEVERITY = { urgent: 12, act: 5, watch: 1 } as const;
const COST = { low: 1, medium: 0.7, high: 0.5 } as const;
/** A rule with this many follow-ups and at most this share of improvements is lowered everywhere. */
const ENOUGH_FOLLOW_UPS = 8;
const POOR_SHARE = 0.25;
const FAILURES_HERE = 2;
/** What has become this many times graver is news again, cool-down or not. */
const MUCH_WORSE = 1.5;

/**
 * Which findings become the suggestions of a group and week, weeks in order: data quality first, nothing under its
 * minimum, nothing that runs, was refused or was shown a moment ago, the best of each root cause, five at most.
 */
export function choose(
  hits: readonly Hit[],
  headers: ReadonlyMap<string, Header>,
  decisions: readonly Decision[],
  rules: ChoiceRules,
): Choice[] {
  const past = new Map<string, Decision[]>();
  for (const one of decisions) push(past, `${one.rule} ${one.groupId}`, one);
  const ofRule = new Map<string, Decision[]>();
  for (const one of decisions) push(ofRule, one.rule, one);
  const shown = new Map<string, { id: string; first: string; last: string; times: number; score: number }>();
  const weeks = new Map<string, Hit[]>();
  for (const hit of hits) push(weeks, `${hit.week} ${hit.groupId}`, hit);
  const inOrder = [...weeks].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.flatMap(([, here]) => {
    const greyed = here.some(
      (hit) => headers.get(hit.rule)?.gate && hit.sample >= (headers.get(hit.rule)?.minSample ?? 0),
    );
    const ranked = here
      .map((hit) => {
        const header = headers.get(hit.rule);
        if (!header) throw new Error(`no header of rule ${hit.rule}`);
        const learned = learn(hit, ofRule.get(hit.rule) ?? [], past.get(`${hit.rule} ${hit.groupId}`) ?? []);
        return { hit, header, learned, score: score(hit, header, learned) };
      })
      .sort(
        (a, b) =>
          Number(b.header.gate) - Number(a.header.gate) ||
          Number(a.learned.lowered !== null) - Number(b.learned.lowered !== null) ||
          b.score - a.score ||
          (a.hit.rule < b.hit.rule ? -1 : 1),
      );
    const causes = new Set<string>();
    let rank = 0;
    return ranked.map(({ hit, header, learned, score: points }): Choice => {
      const chain = `${hit.rule} ${hit.groupId}`;
      const decided = (past.get(chain) ?? []).filter(({ week }) => week < hit.week);
      const before = shown.get(chain);
      const coolDown = Math.max(rules.coolDownWeeks, header.coolDownWeeks ?? 0);
      const outcome = ((): Outcome => {
        if (hit.sample < header.minSample) return "sample";
        if (decided.some((one) => one.status === "accepted" && (one.measuredWeek ?? "9999") >= hit.week))
          return "in_progress";
        if (
          decided.some(
            (one) => one.status === "rejected" && weeksBetween(one.week, hit.week) <= rules.rejectedWeeks,
          )
        )
          return "rejected";
        const isResting = before && weeksBetween(before.last, hit.week) < coolDown;
        if (isResting && points < MUCH_WORSE * before.score) return "cool_down";
        if (causes.has(header.rootCause)) return "same_cause";
        return rank >= rules.perGroup ? "limit" : "shown";
      })();
      // A suggestion that nobody decided on is the same one when it comes again soon.
      const goesOn =
        before !== undefined &&
        weeksBetween(before.last, hit.week) <= 2 * coolDown &&
        !decided.some(({ week }) => week >= before.first);
      const id = goesOn ? before.id : idOf(hit);
      const firstWeek = goesOn ? before.first : hit.week;
      const times = (goesOn ? before.times : 0) + (outcome === "shown" ? 1 : 0);
      if (outcome === "shown") {
        rank++;
        causes.add(header.rootCause);
        shown.set(chain, { id, first: firstWeek, last: hit.week, times, score: points });
      }
      return {
        ...hit,
        ...learned,
        id,
        outcome,
        rank: outcome === "shown" ? rank : null,
        score: points,
        greyed: greyed && !header.gate,
        times,
        firstWeek,
      };
    });
  });
}

/** Effect × evidence ÷ cost: how bad, for how many, how far over the line; how sure; how dear; how it went before. */
function score(
  hit: Hit,
  header: Header,
  { followUps, improved }: Pick<Choice, "followUps" | "improved">,
): number {
  const effect = SEVERITY[header.severity] * Math.sqrt(hit.affected) * hit.gap;
  const evidence =
    (hit.strength === "clear" ? 1 : 0.5) * (hit.sample / (hit.sample + Math.max(1, header.minSample)));
  // A rule without history counts as one that works in half of the cases.
  const record = (improved + 1) / (followUps + 2);
  return effect * evidence * COST[header.cost] * record * 2;
}

/** Only what was known before the week counts, so that a past week's list stays as it was. */
function learn(hit: Hit, everywhere: readonly Decision[], here: readonly Decision[]) {
  const judged = (list: readonly Decision[]) =>
    list.filter(
      ({ improved, measuredWeek }) => improved !== null && measuredWeek !== null && measuredWeek < hit.week,
    );
  const all = judged(everywhere);
  const improved = all.filter((one) => one.improved).length;
  const poor = all.length >= ENOUGH_FOLLOW_UPS && improved <= POOR_SHARE * all.length;
  const own = judged(here).sort((a, b) => (a.week < b.week ? 1 : -1));
  const failed = own.length >= FAILURES_HERE && own.slice(0, FAILURES_HERE).every((one) => !one.improved);
  const lowered: Choice["lowered"] = failed ? "group" : poor ? "rule" : null;
  return { followUps: all.length, improved, lowered };
}

function idOf({ rule, groupId, week }: Hit): string {
  return createHash("sha256").update(`${rule}\n${groupId}\n${week}`).digest("hex").slice(0, 10);
}

function weeksBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (7 * 86_400_000));
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
