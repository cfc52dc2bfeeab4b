import { type Step, weekdaysOf } from "../../kit/plan.ts";
import { scriptSimilarity } from "../similarity.ts";
import { type Check, type Checked, clockOf, daysOf, isAd, isSent, named, type Report } from "./checks.ts";

/** D-07: one ad unit = one ad step on one day. A camp's days are counted by weeks from its first. */
function* adBudget({ plan, words, limits }: Checked): Iterable<Report> {
  const weeks = new Map<string, Set<string>>();
  const last = new Map<string, number>();
  for (const [index, step] of plan.steps.entries()) {
    if (!isSent(step) || !isAd(step, words)) continue;
    for (const day of daysOf(step, weekdaysOf(step.weekday))) {
      const week =
        step.weekday !== undefined
          ? "weekly"
          : step.date !== undefined
            ? `date ${Math.floor((day + 3) / 7)}`
            : `${step.since ?? "camp"} ${Math.floor(day / 7)}`;
      weeks.set(week, (weeks.get(week) ?? new Set()).add(`${day} ${step.id}`));
      if ((weeks.get(week)?.size ?? 0) > limits.adsPerWeek && !last.has(week)) last.set(week, index);
    }
  }
  for (const [week, index] of last) {
    yield {
      code: "ad_budget",
      path: `steps.${index}`,
      text: {
        zh: `一周排了 ${weeks.get(week)?.size} 场推广，上限 ${limits.adsPerWeek} 场，多的改成答疑或故事`,
        en: `${weeks.get(week)?.size} ads in a week, ${limits.adsPerWeek} at most; turn the others into answers or stories`,
      },
    };
  }
}

/** S3-23: @all again only after the full time has passed. */
function* atAllGap({ plan, words, limits }: Checked): Iterable<Report> {
  const calls = plan.steps.flatMap((step, index) => {
    const clock = clockOf(step);
    if (clock === undefined || !words.atAll.test(step.text ?? "")) return [];
    const days = daysOf(step, weekdaysOf(step.weekday));
    const scale = step.weekday ? "w" : step.date ? "d" : "c";
    return days.map((day) => ({ index, scale, at: day * 1440 + clock }));
  });
  for (const [nth, call] of calls.entries()) {
    const before = calls.filter(
      (other, at) => at !== nth && other.scale === call.scale && gap(other.at, call) < limits.atAllHours * 60,
    );
    if (before.length === 0) continue;
    yield {
      code: "at_all_gap",
      path: `steps.${call.index}`,
      text: {
        zh: `@所有人 间隔不满 ${limits.atAllHours} 小时，只留要大家动手的那次`,
        en: `@all again within ${limits.atAllHours} hours; keep the one that everybody must act on`,
      },
    };
    return;
  }
}

/** Minutes from an earlier call to this one; a week begins anew. */
function gap(earlier: number, { at, scale }: { at: number; scale: string }): number {
  const minutes = at - earlier;
  if (scale === "w" && minutes <= 0) return minutes + 7 * 1440;
  return minutes < 0 ? Number.POSITIVE_INFINITY : minutes;
}

/** S0-12, S3-18: the same words twice. */
function* duplicateText({ plan, limits }: Checked): Iterable<Report> {
  const seen: Step[] = [];
  for (const [index, step] of plan.steps.entries()) {
    if (!isSent(step) || step.text === undefined) continue;
    const text = step.text;
    const other = seen.find((one) => scriptSimilarity(one.text ?? "", text) >= limits.similarity);
    if (other)
      yield {
        code: "duplicate_text",
        path: `steps.${index}`,
        text: {
          zh: `${named(step).zh} 的话术和 ${named(other).zh} 几乎一样，改写一条`,
          en: `${named(step).en} says nearly the same as ${named(other).en}; rewrite one`,
        },
      };
    else seen.push(step);
  }
}

function* texts({ plan, words, limits }: Checked): Iterable<Report> {
  for (const [index, step] of plan.steps.entries()) {
    if (!isSent(step)) continue;
    const path = `steps.${index}`;
    const name = named(step);
    if (step.text === undefined && step.link === undefined && step.kind === undefined) {
      // S0-28
      yield {
        code: "no_script",
        path,
        text: { zh: `${name.zh} 还没有话术，先写好再排`, en: `${name.en} has no script yet; write it first` },
      };
      continue;
    }
    const text = step.text ?? "";
    if ([...text].length > limits.textLength)
      yield {
        code: "too_long",
        path,
        text: {
          zh: `${name.zh} 有 ${[...text].length} 字，超过 ${limits.textLength} 字，拆成两条`,
          en: `${name.en} is ${[...text].length} letters long, above ${limits.textLength}; split it`,
        },
      };
    const claim = words.claim.exec(text)?.[0];
    if (claim)
      yield {
        code: "unbound_claim",
        path,
        text: {
          zh: `${name.zh} 写死了“${claim}”，数字要用变量绑到订单或库存`,
          en: `${name.en} states “${claim}” by hand: bind the number to orders or stock with a variable`,
        },
      };
    if (words.topic.test(step.content_type ?? "") && words.closedQuestion.test(text))
      yield {
        code: "closed_question",
        path,
        text: {
          zh: `${name.zh} 问的是“是不是”，换成好接的开放问题`,
          en: `${name.en} asks a yes-or-no question; ask an open one`,
        },
      };
  }
}

/** S2-02, C-12: words nobody can check. */
function* vagueVerbs({ plan, words }: Checked): Iterable<Report> {
  const places = [
    ...plan.steps.map((step, index) => [`steps.${index}`, step.title ?? ""] as const),
    ...Object.entries(plan.process ?? {}).map(([key, text]) => [`process.${key}`, text ?? ""] as const),
    ...Object.entries(plan.monitoring ?? {}).map(([key, text]) => [`monitoring.${key}`, text ?? ""] as const),
  ];
  for (const [path, text] of places) {
    const found = words.vagueVerb.exec(text)?.[0];
    if (found)
      yield {
        code: "vague_words",
        path,
        text: {
          zh: `“${found}”做到什么样没法查，写成数得出的事`,
          en: `“${found}” cannot be checked: write what can be counted`,
        },
      };
  }
}

export const content: readonly Check[] = [adBudget, atAllGap, duplicateText, texts, vagueVerbs];
