import type { Campaign } from "../campaigns/campaign.ts";
import { outcomeOf, shareOf } from "../campaigns/outcome.ts";
import { shownDelta } from "../review/format.ts";
import type { Generation } from "../review/source.ts";
import { VERDICT_WORDS } from "./effect.ts";
import type { Action, Effect } from "./suggestion.ts";

/**
 * What an action brought whose campaign left some people alone by lot: the only comparison that may say because (E3).
 * @param asOf local clock up to which the data reach.
 * @returns null without such a campaign after the decision, or before its days are over.
 */
export async function holdoutEffect(
  ask: Generation["query"],
  campaigns: readonly Campaign[],
  action: Action,
  nowWeek: string,
  asOf: string,
): Promise<Effect | null> {
  const accepted = action.steps.find(({ step }) => step === "accepted")?.at;
  const [measure] = action.suggestion.expect;
  const own = campaigns
    .filter(
      ({ list, createdAt, held }) =>
        list.group === action.groupId && held.length > 0 && createdAt >= (accepted ?? "9"),
    )
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))[0];
  if (!own || !measure) return null;
  const { treated, held, over, lift, interval } = await outcomeOf(ask, own, asOf);
  if (!over || lift === null || interval === null) return null;
  const [low, high] = interval;
  const verdict = low > 0 ? "improved" : high < 0 ? "worse" : "unchanged";
  const counts = {
    zh: `收到的 ${treated.people} 人回来 ${treated.returned} 人，没收到的 ${held.people} 人回来 ${held.returned} 人，差 ${shownDelta(lift, "ratio")}（95% 区间 ${shownDelta(low, "ratio")} … ${shownDelta(high, "ratio")}）`,
    en: `${treated.returned} of the ${treated.people} who were written to came back, ${held.returned} of the ${held.people} left alone: ${shownDelta(lift, "ratio")} (95 % interval ${shownDelta(low, "ratio")} … ${shownDelta(high, "ratio")})`,
  };
  const because =
    verdict === "unchanged" ? { zh: "", en: "" } : { zh: "因为发了消息：", en: "Because of the message: " };
  const word = VERDICT_WORDS[verdict];
  const arm = (one: typeof treated) => ({
    numerator: one.returned,
    denominator: one.people,
    value: shareOf(one),
  });
  return {
    measure,
    title: { zh: "回来的人", en: "Members who came back" },
    unit: "ratio",
    wasWeek: action.baseWeek ?? action.week,
    nowWeek,
    was: arm(held),
    now: arm(treated),
    delta: lift,
    interval,
    others: null,
    verdict,
    level: "E3",
    text: {
      zh: `【事实·有对照】${because.zh}${counts.zh}，${word.zh}。`,
      en: `Fact, with a random holdout. ${because.en}${counts.en}, ${word.en}.`,
    },
  };
}
