import { beside } from "../../kit/beside.ts";
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
  const where =
    cause.groups.length === 0 ? { zh: "", en: "" } : { zh: `（${names.zh}）`, en: ` (${names.en})` };
  const dose = {
    zh: `${cause.title.zh} ${amount(cause.before)}→${amount(cause.after)} ${cause.unit.zh}`,
    en: `${cause.title.en} ${amount(cause.before)}→${amount(cause.after)} ${oneOrMore(cause.unit.en, cause.after)}`,
  };
  if (cause.difference) {
    const { effect, interval, groups } = cause.difference;
    // As people say it: so much more up, or so much more down, with the interval on the same side.
    const down = effect < 0;
    const [least, most] = down ? [-interval[1], -interval[0]] : interval;
    const [size, lo, hi] = [Math.abs(effect), least, most].map((one) => shownPoints(one, unit));
    const isOpen = least < 0 && most > 0;
    const plain = (text: string | undefined) => text?.replace(/^\+/, "");
    const lead = isOpen
      ? {
          zh: "区间里有 0，也可能没有差别；不是随机分的，只当线索",
          en: "The interval holds 0: there may be no difference. Not assigned at random: a lead, no more",
        }
      : { zh: "不是随机分的，算较强的线索", en: "Not assigned at random: a fairly strong lead" };
    return {
      zh: `${mark.zh}${cause.title.zh}${cause.after > cause.before ? "增加" : "减少"}的 ${groups} 个群，比没这样变的 ${cause.others} 个群多${down ? "降" : "升"} ${plain(size?.zh)}（95% 区间 ${lo?.zh.replace(" 个百分点", "")} 到 ${hi?.zh.replace(" 个百分点", "")}）。${lead.zh}。`,
      en: `${mark.en} the ${groups} groups with ${cause.after > cause.before ? "more" : "less"} of it (${cause.title.en}) ${down ? "fell" : "rose"} ${plain(size?.en)} more than the ${cause.others} without (95 % interval ${lo?.en.replace(" points", "")} to ${hi?.en.replace(" points", "")}). ${lead.en}.`,
    };
  }
  if (cause.correlation) {
    const { rho, weeks } = cause.correlation;
    const high = rho > 0;
    const shownRho = rho.toFixed(1).replace("-", "−");
    return {
      zh: `${mark.zh}${dose.zh}${where.zh}。过去 ${weeks} 周里，${cause.title.zh}多的那几周${title.zh}也${high ? "高" : "低"}（ρ=${shownRho}）。别的因素可能也在变。`,
      en: `${mark.en} ${dose.en}${where.en}. In the last ${weeks} weeks, more of it went with a ${high ? "higher" : "lower"} value of ${title.en} (ρ=${shownRho}). Other things may have changed too.`,
    };
  }
  if (cause.confidence === "low") {
    return {
      zh: `${mark.zh}同期发生：${dose.zh}${where.zh}，${title.zh} ${shownValue(before.value, unit)}→${shownValue(after.value, unit)}。只有一周，还不能判断原因。`,
      en: `${mark.en} in the same week: ${dose.en}${where.en}, ${title.en} ${shownValue(before.value, unit)}→${shownValue(after.value, unit)}. One week alone can't tell.`,
    };
  }
  const control = cause.agrees.control
    ? {
        zh: `；没有这种变化的 ${cause.others} 个群，同方向的变动平均不到一半`,
        en: `, and ${cause.others === 1 ? "the one group" : `the ${cause.others} groups`} without moved that way less than half as far on average`,
      }
    : { zh: "", en: "" };
  return {
    zh: `${mark.zh}可能因为${dose.zh}：变动的正是${names.zh}${control.zh}。`,
    en: `${mark.en} possibly because of ${cause.title.en} (${amount(cause.before)}→${amount(cause.after)} ${oneOrMore(cause.unit.en, cause.after)}): it was ${names.en} that moved${control.en}.`,
  };
}

/** What is looked through for a cause, by where its records come from. */
const LOOKED_THROUGH: Readonly<Record<string, Text>> = {
  calendar: { zh: "日历", en: "calendar" },
  sop: { zh: "SOP", en: "SOP" },
  staff: { zh: "排班", en: "staffing" },
  labels: { zh: "推广", en: "promotions" },
  holidays: { zh: "节假日", en: "holidays" },
};

/**
 * When nothing on record was out of the ordinary where it moved, and what is not on record (N-14).
 * @param apart records that are not said to be as usual: the KPI is made of them, or the weeks are known to differ in them.
 */
export function nothingFound(
  missing: readonly Text[],
  silent: readonly string[] = [],
  apart: ReadonlySet<string> = new Set(),
): Text {
  const gaps = (lang: keyof Text, separator: string) => missing.map((one) => one[lang]).join(separator);
  // What a log does not hold was neither as usual nor otherwise.
  if (silent.length > 0)
    return {
      zh: `【未找到】${shortList(silent, "、")}本周或上周没有一条聊天记录：先看是不是没导全，再找原因。`,
      en: `[nothing found] The log of ${shortList(silent, ", ")} has nothing of this week or the week before: see first whether it was exported to the end.`,
    };
  if (missing.length > 0) {
    const but = apart.has("holidays") ? { zh: "除了节假日，", en: ", holidays apart" } : { zh: "", en: "" };
    return {
      zh: `【未找到】动的群里，${but.zh}有记录的都和往常差不多；缺${gaps("zh", "、")}，没法再查。`,
      en: `[nothing found] Where it moved, what is on record was much as usual${but.en}; ${gaps("en", ", ")} missing, so no further look is possible.`,
    };
  }
  const usual = Object.entries(LOOKED_THROUGH).flatMap(([source, name]) => (apart.has(source) ? [] : [name]));
  const [last] = usual.slice(-1);
  const first = usual.slice(0, -1).map(({ en }) => en);
  return {
    zh: `【未找到】动的群里，${usual.map(({ zh }) => zh).join("、")}都和往常差不多。`,
    en: `[nothing found] Where it moved, ${first.join(", ")} and ${last?.en} were much as usual.`,
  };
}

/** Units are named in the plural; one of them is one. */
function oneOrMore(unit: string, count: number): string {
  if (count !== 1) return unit;
  return unit === "people" ? "person" : unit.replace(/s$/, "");
}

function amount(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

function shortList(names: readonly string[], separator: string): string {
  const first = names.slice(0, 3).map(beside).join(separator);
  return names.length > 3 ? `${first} …` : first;
}
