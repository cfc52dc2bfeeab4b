import type { Lang } from "../kit/say.ts";
import { printedParts } from "../review/contributions.ts";
import { shownContribution, shownValue } from "../review/format.ts";
import type { EventRecap } from "../review/sop.ts";
import type { Review } from "../review/types.ts";
import { type Action, ownerIn } from "../rules/suggestion.ts";

/** Sections of the minutes that are lists: each answers its lines, none where there is nothing to say. */

const PARTS_SHOWN = 3;
const PROBLEMS_SHOWN = 5;

/** What was decided before, whether it was done, and what came of it. */
export function actionLines(review: Review, lang: Lang): string[] {
  return review.actions.map((action) => {
    const who = [
      action.owner && ownerIn(action.owner, action.suggestion, lang),
      action.due ? (lang === "zh" ? `${action.due} 前` : `by ${action.due}`) : null,
    ];
    const head = `${groupName(review, action.groupId)}${action.text[lang]}`;
    return `- [${action.status === "done" ? "x" : " "}] ${head} (${[...who, doneWord(action, lang)].filter((one) => one !== null).join(" · ")})\n  ${
      action.effect?.text[lang] ?? (lang === "zh" ? "还没到复查的周。" : "Not yet due for a second look.")
    }`;
  });
}

function doneWord({ status, doneSource }: Action, lang: Lang): string {
  if (status !== "done") return lang === "zh" ? "还没看到做" : "not seen done";
  if (doneSource === "log") return lang === "zh" ? "记录里看到做了" : "found in the log";
  return lang === "zh" ? "标记已做" : "ticked";
}

/** As the frozen report has it, and as it is known now. */
export function restatedLines(review: Review, lang: Lang): string[] {
  return (review.restated ?? []).map(({ title, unit, was, now, frozenAt }) => {
    const shown = (figure: typeof was) =>
      figure.denominator === null
        ? shownValue(figure.value, unit)
        : `${shownValue(figure.value, unit)} (${figure.numerator}/${figure.denominator})`;
    return lang === "zh"
      ? `- ${title.zh}：存档时（${frozenAt.slice(0, 10)}）${shown(was)}，现在 ${shown(now)}`
      : `- ${title.en}: ${shown(was)} when frozen (${frozenAt.slice(0, 10)}), ${shown(now)} now`;
  });
}

/** Order figures that later refunds changed: as known when the week ended, and now. */
export function reportedLines({ kpis }: Review, lang: Lang): string[] {
  return kpis.flatMap(({ title, unit, value, reported }) => {
    if (!reported) return [];
    const [was, now] = [shownValue(reported.value, unit), shownValue(value, unit)];
    return [
      lang === "zh"
        ? `- ${title.zh}：周末时 ${was}，现在 ${now}`
        : `- ${title.en}: ${was} when the week ended, ${now} now`,
    ];
  });
}

/**
 * The parts of each move that is beyond noise, as the breakdown that explains it best has them, and what else changed
 * then and there, or that nothing on record did. Another reading of a KPI says nothing new.
 */
export function whyLines(review: Review, lang: Lang): string[] {
  const moved = new Set(
    review.kpis
      .filter(({ strength, variantOf }) => strength !== null && variantOf === null)
      .map(({ id }) => id),
  );
  return Object.values(review.decomposition).flatMap((one) => {
    if (!moved.has(one.kpi)) return [];
    const dimension =
      one.dimensions.find(({ id }) => id === one.best?.dimension) ?? one.people ?? one.dimensions[0];
    if (!dimension) return [];
    const { rows, total } = printedParts(one, dimension);
    const shown = (value: number) => shownContribution(value, one.unit);
    const rest = rows.slice(PARTS_SHOWN).reduce((sum, { shown: own }) => sum + own.total, 0);
    const parts = [
      ...rows.slice(0, PARTS_SHOWN).map(({ label, shown: own }) => `${label[lang]} ${shown(own.total)}`),
      ...(rows.length > PARTS_SHOWN ? [`${lang === "zh" ? "其余" : "others"} ${shown(rest)}`] : []),
    ].join(lang === "zh" ? "、" : ", ");
    const mark = lang === "zh" ? "【事实】" : "[fact] ";
    const causes = [...one.causes.map(({ text }) => text), ...(one.nothingFound ? [one.nothingFound] : [])];
    return [
      `- ${mark}${one.title[lang]} ${shown(total)} = ${dimension.title[lang]}${lang === "zh" ? "：" : ": "}${parts}`,
      ...causes.map((text) => `  - ${text[lang]}`),
    ];
  });
}

export function sopLines(review: Review, lang: Lang): string[] {
  const { all, problems } = review.sop;
  const zh = lang === "zh";
  const recaps = review.sop.recaps.map((one) => `- ${recapSentence(one, lang)}`);
  if (!all) return recaps;
  const head = zh
    ? `- 到期 ${all.due} 步：按时 ${all.done}，迟 ${all.late}，漏 ${all.missed}，发错群 ${all.wrongGroup}；没到期的不算。`
    : `- ${all.due} steps due: ${all.done} on time, ${all.late} late, ${all.missed} missed, ${all.wrongGroup} in the wrong group; what is not due does not count.`;
  const words = {
    missed: zh ? "漏发" : "missed",
    wrong_group: zh ? "发错群" : "wrong group",
    late: zh ? "迟发" : "late",
  };
  return [
    head,
    ...problems
      .slice(0, PROBLEMS_SHOWN)
      .map(
        (one) =>
          `- ${one.groupName} ${one.dueLocalAt.slice(0, 16).replace("T", " ")} ${one.stepId}: ${words[one.status]}`,
      ),
    ...recaps,
  ];
}

/** N-13 of the handbook, without the guess: arithmetic only. */
export function recapSentence(
  { groupName, title, type, orders, previousOrders }: EventRecap,
  lang: Lang,
): string {
  const name = `${groupName} ${title ?? type}`;
  if (orders === null)
    return lang === "zh"
      ? `${name}：还没有导入订单，看不到成绩。`
      : `${name}: no orders were imported, so the result is unknown.`;
  if (previousOrders === null)
    return lang === "zh"
      ? `${name}：本场 ${orders} 单，之前没有同类的可比。`
      : `${name}: ${orders} orders; there was none of its kind before.`;
  const more = orders - previousOrders;
  return lang === "zh"
    ? `${name}：本场 ${orders} 单，上一场 ${previousOrders} 单，${more === 0 ? "持平" : `${more > 0 ? "多" : "少"} ${Math.abs(more)} 单`}。`
    : `${name}: ${orders} orders, ${previousOrders} the last time, ${more > 0 ? "+" : more < 0 ? "−" : "±"}${Math.abs(more)}.`;
}

/** The suggestions of the week with what was decided on each; boxes to tick for those that are open. */
export function decisionLines(review: Review, lang: Lang): string[] {
  const zh = lang === "zh";
  return review.suggestions.map((one) => {
    const marks = [
      one.strength === "possible" ? (zh ? "把握不大" : "possible") : null,
      one.greyed ? (zh ? "先修数据" : "mend the data first") : null,
      one.tick ? (zh ? "先看原话" : "read the words first") : null,
      one.lowered === "group" ? (zh ? "在这个群两次没见效" : "twice without effect here") : null,
      one.lowered === "rule" ? (zh ? "这条规则很少见效" : "the rule seldom worked") : null,
      one.status === "rejected"
        ? zh
          ? `不采纳：${one.action?.reason}`
          : `rejected: ${one.action?.reason}`
        : null,
    ].filter((mark) => mark !== null);
    const check = zh ? `复查：${one.followUp.text.zh}` : `check: ${one.followUp.text.en}`;
    const box = one.status === "accepted" || one.status === "done" ? "x" : " ";
    return `- [${box}] ${groupName(review, one.groupId)}${one.text[lang]} (${[ownerIn(one.owner, one, lang), one.action?.due, check, ...marks].filter(Boolean).join(" · ")})`;
  });
}

function groupName(review: Review, groupId: string): string {
  const found = review.groupChoices.find((choice) => choice.groupId === groupId);
  return found ? `【${found.name}】` : "";
}
