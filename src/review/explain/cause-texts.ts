import { shownPoints, shownValue } from "../format.ts";
import type { Text } from "../types.ts";
import type { Cause, Explanation } from "./types.ts";

const MARKS: Readonly<Record<Cause["confidence"], Text>> = {
  low: { zh: "【推测·把握低】", en: "[guess · low]" },
  medium: { zh: "【推测·把握中】", en: "[guess · medium]" },
  high: { zh: "【推测·把握高】", en: "[guess · high]" },
};

/** The sentence of a candidate; its grade decides what may be said (statistics.md 3.4). It never claims a cause. */
export function causeText(cause: Omit<Cause, "text">, { title, unit, before, after }: Explanation): Text {
  const mark = MARKS[cause.confidence];
  const names = { zh: shortList(cause.groups, "、"), en: shortList(cause.groups, ", ") };
  const dose = {
    zh: `${cause.title.zh} ${amount(cause.before)}→${amount(cause.after)} ${cause.unit.zh}`,
    en: `${cause.title.en} ${amount(cause.before)}→${amount(cause.after)} ${cause.unit.en}`,
  };
  if (cause.difference) {
    const { effect, interval, groups } = cause.difference;
    const [size, lo, hi] = [effect, ...interval].map((one) => shownPoints(one, unit));
    return {
      zh: `${mark.zh}${cause.title.zh}${cause.after > cause.before ? "增加" : "减少"}的 ${groups} 个群，比没这样变的 ${cause.others} 个群多变 ${size?.zh}（95% 区间 ${lo?.zh.replace(" 个百分点", "")} 到 ${hi?.zh.replace(" 个百分点", "")}）。不是随机分的，算较强的线索。`,
      en: `${mark.en} the ${groups} groups with ${cause.after > cause.before ? "more" : "less"} of it (${cause.title.en}) moved ${size?.en} more than the ${cause.others} without (95 % interval ${lo?.en.replace(" points", "")} to ${hi?.en.replace(" points", "")}). Not assigned at random: a fairly strong lead.`,
    };
  }
  if (cause.correlation) {
    const { rho, weeks } = cause.correlation;
    const high = rho > 0;
    const shownRho = rho.toFixed(1).replace("-", "−");
    return {
      zh: `${mark.zh}${dose.zh}（${names.zh}）。过去 ${weeks} 周里，${cause.title.zh}多的那几周${title.zh}也${high ? "高" : "低"}（ρ=${shownRho}）。别的因素可能也在变。`,
      en: `${mark.en} ${dose.en} (${names.en}). In the last ${weeks} weeks, ${title.en} was ${high ? "higher" : "lower"} when there was more of it (ρ=${shownRho}). Other things may have changed too.`,
    };
  }
  if (cause.confidence === "low") {
    return {
      zh: `${mark.zh}同期发生：${dose.zh}，${title.zh} ${shownValue(before.value, unit)}→${shownValue(after.value, unit)}。只有一周，还不能判断原因。`,
      en: `${mark.en} in the same week: ${dose.en}, ${title.en} ${shownValue(before.value, unit)}→${shownValue(after.value, unit)}. One week alone can't tell.`,
    };
  }
  const control = cause.agrees.control
    ? {
        zh: `，没这样变的 ${cause.others} 个群朝这个方向平均动得不到一半`,
        en: `, and ${cause.others === 1 ? "the one group" : `the ${cause.others} groups`} without moved that way less than half as far on average`,
      }
    : { zh: "", en: "" };
  return {
    zh: `${mark.zh}可能因为${dose.zh}：动的正是${names.zh}${control.zh}。`,
    en: `${mark.en} possibly ${dose.en}: those that moved are ${names.en}${control.en}.`,
  };
}

/** When nothing on record was out of the ordinary where it moved, and what is not on record (N-14). */
export function nothingFound(missing: readonly Text[]): Text {
  const gaps = (lang: keyof Text, separator: string) => missing.map((one) => one[lang]).join(separator);
  return missing.length === 0
    ? {
        zh: "【未找到】动的群里，日历、SOP、排班、推广、节假日都和往常差不多。",
        en: "[nothing found] Where it moved, calendar, SOP, staffing, promotions and holidays were much as usual.",
      }
    : {
        zh: `【未找到】动的群里，有记录的都和往常差不多；缺${gaps("zh", "、")}，没法再查。`,
        en: `[nothing found] Where it moved, what is on record was much as usual; ${gaps("en", ", ")} missing, so no further look is possible.`,
      };
}

function amount(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

function shortList(names: readonly string[], separator: string): string {
  return names.length > 3 ? `${names.slice(0, 3).join(separator)} …` : names.join(separator);
}
