import type { Lang, Text } from "../kit/say.ts";
import type { KpiLine } from "./types.ts";

const REASONS: Readonly<Record<string, Text>> = {
  sample: { zh: "样本太小", en: "too few people" },
  baseline: { zh: "基线不足", en: "too few past weeks" },
  incomplete: { zh: "本周未完", en: "week not complete" },
  roster: { zh: "没有成员名单，不判断", en: "no member list, not judged" },
  gap: { zh: "聊天记录不全，不判断", en: "chat log has a gap, not judged" },
  unsettled: { zh: "还会变，先不判断", en: "still moving, not judged" },
  no_data: { zh: "没有数据", en: "no data" },
};

const SEGMENTS: Readonly<Record<string, Text>> = {
  none: { zh: "新入群", en: "just joined" },
  new: { zh: "新人", en: "New" },
  dormant: { zh: "沉默", en: "Dormant" },
  repeat: { zh: "复购", en: "Repeat" },
  active: { zh: "活跃", en: "Active" },
  quiet: { zh: "一般", en: "Quiet" },
  left: { zh: "退群", en: "Left" },
};

const WHY: Readonly<Record<string, Text>> = {
  lapsed_buyer: { zh: "买过后沉默", en: "Lapsed buyer" },
  went_silent: { zh: "不再发言", en: "Went silent" },
  never_spoke: { zh: "从未发言", en: "Never spoke" },
  not_heard: { zh: "没有聊天记录，不知道", en: "No chat log: unknown" },
};

/** What a message to a member of the list may be about. */
const SCENES: Readonly<Record<string, Text>> = {
  none: { zh: "已退订，不打扰", en: "Opted out: leave alone" },
  wait: { zh: "30 天内联系过，先等等", en: "Written to lately: wait" },
  "tier.dormant": { zh: "唤醒：问上次买的用得怎样", en: "Ask about the last purchase" },
  topic: { zh: "话题：聊 TA 关心过的", en: "Topic: what they cared about" },
  welcome: { zh: "欢迎：一句自我介绍", en: "Welcome: a short hello" },
  thanks: { zh: "答谢老客", en: "Thank a regular" },
};

/** Why a number is not judged. */
export function reasonName(reason: string, lang: Lang): string {
  return REASONS[reason]?.[lang] ?? reason;
}

/** Why somebody is on a list; in other segments than the dormant one that is the segment. */
export function whyName(why: string, lang: Lang): string {
  return WHY[why]?.[lang] ?? segmentName(why, lang);
}

export function sceneName(scene: string, lang: Lang): string {
  return SCENES[scene]?.[lang] ?? scene;
}

/** A lifecycle segment as people call it. */
export function segmentName(segment: string, lang: Lang): string {
  return SEGMENTS[segment]?.[lang] ?? segment;
}

type Judged = Pick<KpiLine, "verdict" | "strength" | "reason">;
const FIRST: Text = { zh: "没有上周可比", en: "no week before" };

/** The one word that stands beside a change wherever it is shown. */
export function verdictWord(
  {
    verdict,
    strength,
    reason,
    delta = null,
    value = null,
    waitsDays = null,
  }: Judged & Partial<Pick<KpiLine, "delta" | "value" | "waitsDays">>,
  lang: Lang,
): string {
  // Nobody of the week has been there long enough, which is no gap in the data.
  if (waitsDays !== null)
    return lang === "zh" ? `满 ${waitsDays} 天才看得到` : `seen after ${waitsDays} days`;
  // There is a figure; what lacks is the one before it.
  if (verdict === "insufficient" && reason === "no_data" && value !== null && delta === null)
    return FIRST[lang];
  // There are figures, and no rule for them.
  if (reason === "no_data" && delta !== null) return lang === "zh" ? "不作判断" : "not judged";
  if (verdict === "insufficient")
    return (REASONS[reason ?? "no_data"] ?? { zh: "没有数据", en: "no data" })[lang];
  if (verdict === "noise") return lang === "zh" ? "在正常波动内" : "ordinary variation";
  const tone = lang === "zh" ? { better: "变好", worse: "变差" }[verdict] : verdict;
  return lang === "zh"
    ? `${strength === "clear" ? "明显" : "可能"}${tone}`
    : `${strength === "clear" ? "clearly" : "possibly"} ${tone}`;
}
