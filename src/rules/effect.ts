import type { Lang, Text } from "../kit/say.ts";
import { shownDelta, shownValue } from "../review/format.ts";
import type { Reason } from "../review/types.ts";
import { reasonName } from "../review/words.ts";
import { twoSidedP, Z95 } from "../stats/normal.ts";
import type { Effect, EffectVerdict, Expectation, Figure } from "./suggestion.ts";

/** A number of one group in two weeks, with the sampling error of its move. */
export interface Move {
  groupId: string;
  was: Figure;
  now: Figure;
  /** Null where it can't be said. */
  se: number | null;
  /** Moves of the weeks before the action, oldest first. */
  before: number[];
}

export interface Followed {
  measure: Expectation;
  title: Text;
  unit: Effect["unit"];
  minDenominator: number;
  wasWeek: string;
  nowWeek: string;
  own: Move;
  /** Groups of the same kind that did not do it. */
  others: Move[];
  /** How much the group's weeks move by themselves: τ² (statistics 2.3). */
  tauSquared: number;
  /** Why the page does not judge the number in that week, whatever it was before: then nothing is judged here either. */
  unjudged?: Reason | null;
}

/** Two groups on the other side are the least that says how groups move without the action. */
const LEAST_OTHERS = 2;
const JUDGED = 0.1;
const FEW = 30;

/**
 * What came after an action: the move against that of comparable groups, else alone. The words stay with what the
 * comparison carries: E0 the same weeks only, E2 when the group stands out among the others and did not before.
 */
export function effectOf(one: Followed): Effect {
  const { own, unit, measure } = one;
  const delta = difference(own);
  const others = one.others.filter((move) => enough(move, one.minDenominator) && difference(move) !== null);
  const moves = others.map((move) => difference(move) ?? 0);
  const compared = moves.length >= LEAST_OTHERS;
  const mean = compared ? average(moves) : 0;
  const spread = compared ? variance(moves) / moves.length : 0;
  const known = delta !== null && own.se !== null && enough(own, one.minDenominator);
  const excess = delta === null ? null : delta - mean;
  const se = Math.sqrt((own.se ?? 0) ** 2 + one.tauSquared + spread);
  const interval: Effect["interval"] =
    known && excess !== null ? [excess - Z95 * se, excess + Z95 * se] : null;
  const unjudged = one.unjudged ?? null;
  const verdict: EffectVerdict =
    !known || excess === null || unjudged ? "insufficient" : judge(excess, se, measure.direction);
  const level = compared && delta !== null && standsOut(delta, moves) && wasLevel(own, others) ? "E2" : "E0";
  const effect = {
    measure,
    title: one.title,
    unit,
    wasWeek: one.wasWeek,
    nowWeek: one.nowWeek,
    was: own.was,
    now: own.now,
    delta: excess,
    interval,
    others: compared ? { mean, groups: moves.length } : null,
    verdict,
    level,
  } as const;
  return { ...effect, text: say(effect, unjudged) };
}

function judge(excess: number, se: number, direction: "up" | "down"): EffectVerdict {
  if (excess === 0 || se === 0 || twoSidedP(excess / se) > JUDGED) return "unchanged";
  return excess > 0 === (direction === "up") ? "improved" : "worse";
}

/** Permutation of which group acted: the share of groups that moved at least as far from the mean of all. */
function standsOut(own: number, others: readonly number[]): boolean {
  const all = [own, ...others];
  const centre = average(all);
  const far = all.filter((move) => Math.abs(move - centre) >= Math.abs(own - centre) - 1e-12).length;
  return far / all.length <= JUDGED;
}

/** Before the action the group moved like the others: within two standard deviations of their moves. */
function wasLevel(own: Move, others: readonly Move[]): boolean {
  return (
    own.before.length > 0 &&
    own.before.every((move, at) => {
      const same = others.flatMap((other) => other.before[at] ?? []);
      if (same.length < LEAST_OTHERS) return false;
      return Math.abs(move - average(same)) <= 2 * Math.sqrt(variance(same)) + 1e-12;
    })
  );
}

export const VERDICT_WORDS: Readonly<Record<EffectVerdict, Text>> = {
  improved: { zh: "改善", en: "improved" },
  unchanged: { zh: "无明显变化", en: "no visible change" },
  worse: { zh: "变差", en: "worse" },
  insufficient: { zh: "样本不足", en: "too few people" },
};

function say(effect: Omit<Effect, "text">, unjudged: Reason | null): Text {
  const { title, unit, was, now, others, interval, delta, verdict, level } = effect;
  const word = VERDICT_WORDS[verdict];
  const from = figure(was, unit);
  const to = figure(now, unit);
  const move = `${from}→${to}`;
  const range = interval ? `${shownDelta(interval[0], unit)} … ${shownDelta(interval[1], unit)}` : "";
  const against = others
    ? {
        zh: `，比 ${others.groups} 个同类群多变动 ${shownDelta(delta, unit)}（95% 区间 ${range}）`,
        en: `, ${shownDelta(delta, unit)} against ${others.groups} similar groups (95 % interval ${range})`,
      }
    : { zh: `（95% 区间 ${range}）`, en: ` (95 % interval ${range})` };
  if (verdict === "insufficient") {
    // An interval is no verdict: it stands where only the past is too short for one.
    const kept = unjudged && interval ? against : { zh: "", en: "" };
    const why = (lang: Lang) => (unjudged && interval ? reasonName(unjudged, lang) : word[lang]);
    return {
      zh: `${title.zh} ${move}${kept.zh}：${why("zh")}，不下结论。`,
      en: `${title.en} ${move}${kept.en}: ${why("en")}, no conclusion.`,
    };
  }
  if (!others)
    return {
      zh: `同期发生：${title.zh} ${move}${against.zh}，${word.zh}。没有可比的群，还不能判断原因。`,
      en: `At the same time: ${title.en} ${move}${against.en}, ${word.en}. No comparable groups, so the cause is open.`,
    };
  return level === "E2"
    ? {
        zh: `${title.zh} ${move}${against.zh}，${word.zh}。不是随机分的，算较强的线索。`,
        en: `${title.en} ${move}${against.en}, ${word.en}. Not assigned at random: a fairly strong hint.`,
      }
    : {
        zh: `同期发生：${title.zh} ${move}${against.zh}，${word.zh}。还不能判断原因。`,
        en: `At the same time: ${title.en} ${move}${against.en}, ${word.en}. The cause is open.`,
      };
}

function figure({ numerator, denominator, value }: Figure, unit: Effect["unit"]): string {
  if (unit !== "ratio" || denominator === null) return shownValue(value, unit);
  // Of few people a count says more than a percentage.
  const people = `${numerator}/${denominator}`;
  return denominator < FEW ? people : `${shownValue(value, unit)} (${people})`;
}

function difference({ was, now }: Move): number | null {
  return was.value === null || now.value === null ? null : now.value - was.value;
}

function enough({ was, now }: Move, least: number): boolean {
  return [was, now].every(({ denominator }) => denominator === null || denominator >= least);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = average(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
