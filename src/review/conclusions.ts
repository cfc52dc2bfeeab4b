import { beside } from "../kit/beside.ts";
import type { Explanation } from "./explain/types.ts";
import { shownPoints, shownValue } from "./format.ts";
import { onceEach } from "./once-each.ts";
import type { Conclusion, Figure, GroupLine, KpiLine, Review, Text } from "./types.ts";

const MOST = 3;
/** Below so many people counts replace percentages. */
const FEW = 30;
/** Of fewer nothing is worth a sentence. */
const FEWEST = 5;

type Line = Pick<
  KpiLine,
  "value" | "numerator" | "denominator" | "previous" | "delta" | "strength" | "verdict"
>;

interface Finding {
  weight: number;
  kpi: KpiLine;
  conclusion: Conclusion;
}

/**
 * At most three sentences from the rows of the cards (handbook 4): what changed beyond ordinary variation, strongest
 * first, with the group that moved it; then, where there is room, the likeliest cause of the first, a holiday that
 * spoils the comparison, a missed target. When nothing changed, one sentence that says so and looks for no cause.
 */
export function conclusions(
  review: Pick<Review, "kpis" | "groups" | "decomposition" | "marks" | "complete" | "previous" | "week">,
): Conclusion[] {
  const rates = ratesOf(review.kpis);
  // What says how far another figure can be trusted is no example of how the week went.
  const companions = new Set(review.kpis.map(({ shownWith }) => shownWith));
  const own = rates.filter(({ id }) => !companions.has(id));
  const found = findings(rates, review.groups);
  const [first] = found;
  const said = found.slice(0, MOST).map(({ conclusion }) => conclusion);
  if (!first) said.push(...quiet(own, review), ...young(own, review));
  const more = [
    first && causeOf(first.kpi, review.decomposition),
    holiday(review, own),
    target(rates),
    few(own),
  ];
  for (const one of more) if (one && said.length < MOST) said.push(one);
  return said;
}

/** The KPI that the first sentence is about; null when nothing moved. */
export function firstSaid(kpis: readonly KpiLine[], groups: readonly GroupLine[]): string | null {
  return findings(ratesOf(kpis), groups)[0]?.kpi.id ?? null;
}

function ratesOf(kpis: readonly KpiLine[]): KpiLine[] {
  return kpis.filter(({ unit, variantOf }) => unit === "ratio" && variantOf === null);
}

function findings(rates: readonly KpiLine[], groups: readonly GroupLine[]): Finding[] {
  const moved = rates
    .filter(({ verdict }) => verdict === "better" || verdict === "worse")
    .map((kpi): Finding => {
      const most = strongest(kpi, groups, false);
      // Of a group that is all there is nobody needs to be told that it was there.
      const where: Text =
        most && most.line.denominator !== kpi.denominator
          ? {
              zh: `，最明显的是${beside(most.group.name)}`,
              en: `, most clearly in ${beside(most.group.name)}`,
            }
          : { zh: "", en: "" };
      return {
        kpi,
        weight: kpi.strength === "clear" ? 100 : 40,
        conclusion: moveOf(kpi, kpi, kpi.title, where),
      };
    });
  const local = rates
    .filter(({ verdict }) => verdict === "noise" || verdict === "insufficient")
    .flatMap((kpi): Finding[] => {
      const most = strongest(kpi, groups, true);
      if (!most) return [];
      const group = beside(most.group.name);
      const name = { zh: `${group}的${kpi.title.zh}`, en: `${kpi.title.en} of ${group}` };
      const rest =
        kpi.verdict === "noise"
          ? { zh: "，整体在平时波动内", en: "; overall it is ordinary variation" }
          : { zh: "，整体不作判断", en: "; overall it is not judged" };
      return [{ kpi, weight: 60 + most.size, conclusion: moveOf(kpi, most.line, name, rest) }];
    });
  return onceEach([...moved, ...local].sort((a, b) => b.weight - a.weight));
}

/** N-01: both sides with n/N, the difference in points, and whether it is more than usual. */
function moveOf(kpi: KpiLine, line: Line, name: Text, tail: Text): Conclusion {
  const tone = line.verdict === "better" ? "better" : "worse";
  const up = (line.delta ?? 0) > 0;
  const size = shownPoints(Math.abs(line.delta ?? 0), kpi.unit);
  const [now, before] = [side(line, kpi), side(line.previous, kpi)];
  const sure =
    line.strength === "clear"
      ? { zh: "超出平时波动", en: "beyond ordinary variation" }
      : { zh: "可能超出平时波动", en: "possibly beyond ordinary variation" };
  return {
    tone,
    kpi: kpi.id,
    tag:
      tone === "better"
        ? { zh: `${kpi.title.zh}变好`, en: `${kpi.title.en} better` }
        : { zh: `${kpi.title.zh}变差`, en: `${kpi.title.en} worse` },
    text: {
      zh: `${name.zh}：本周 ${now.zh}，上周 ${before.zh}，${up ? "上升" : "下降"} ${size.zh.replace("+", "")}，${sure.zh}${tail.zh}。`,
      en: `${name.en}: ${now.en} this week, ${before.en} last week, ${up ? "up" : "down"} ${size.en.replace("+", "")}, ${sure.en}${tail.en}.`,
    },
    href: `?kpi=${kpi.id}#why`,
  };
}

function side(figure: Figure | null, kpi: Pick<KpiLine, "of">): Text {
  const { value = null, numerator = null, denominator = null } = figure ?? {};
  if (numerator === null || denominator === null)
    return { zh: shownValue(value, "ratio"), en: shownValue(value, "ratio") };
  const [n, of] = [counted(numerator), counted(denominator)];
  const noun = nounOf(kpi);
  if (denominator < FEW) return { zh: `${of}${noun.zh}里有 ${n}`, en: `${n} of ${of}${noun.en}` };
  const shown = shownValue(value, "ratio");
  return { zh: `${shown}（${n}/${of}）`, en: `${shown} (${n}/${of})` };
}

/** What a denominator counts, as it follows its number: people, orders, steps. */
function nounOf({ of }: Pick<KpiLine, "of">): Text {
  return of ? { zh: ` ${of.zh}`, en: ` ${of.en}` } : { zh: " ", en: "" };
}

/** Most are counts; a mean per day is not. */
function counted(value: number): string {
  return Number.isInteger(value) ? shownValue(value, "count") : value.toFixed(1);
}

/** The group whose change of this KPI is beyond noise and reaches farthest; null when there is none. */
function strongest(kpi: KpiLine, groups: readonly GroupLine[], anyDirection: boolean) {
  const candidates = groups.flatMap((group) => {
    const line = group.kpis[kpi.id];
    if (!line || line.strength === null || line.delta === null) return [];
    if (!anyDirection && line.verdict !== kpi.verdict) return [];
    const size = Math.abs(line.delta) * Math.sqrt(line.denominator ?? 1);
    return line.strength === "clear" || !anyDirection ? [{ group, line, size }] : [];
  });
  return candidates.sort((a, b) => b.size - a.size)[0] ?? null;
}

/** N-03, N-14: the likeliest cause, or that nothing on record changed. */
function causeOf(kpi: KpiLine, decomposition: Readonly<Record<string, Explanation>>): Conclusion | null {
  const explained = decomposition[kpi.id];
  const text = explained?.causes[0]?.text ?? explained?.nothingFound;
  if (!text) return null;
  return {
    tone: "flat",
    kpi: kpi.id,
    tag: { zh: "可能的原因", en: "Possible cause" },
    text,
    href: `?kpi=${kpi.id}#why`,
  };
}

/** The figure is made by what was not imported. */
const isBlind = (reason: KpiLine["reason"]) => reason === "roster" || reason === "gap";

/** N-11: what makes the two weeks unlike. */
function holiday(
  { marks, previous }: Pick<Review, "marks" | "previous">,
  rates: readonly KpiLine[],
): Conclusion | null {
  // Of one that goes over both weeks the reader has this week in mind.
  const newest = [...marks].sort((a, b) => (a.week < b.week ? 1 : a.week > b.week ? -1 : 0));
  const mark = newest.find(({ kind }) => kind === "holiday") ?? newest[0];
  // Of whom only the speakers are known, a rate is near 100 % in any week; of few there are no points (N-08).
  const kpi = rates.find(
    ({ against, value, reason, denominator }) =>
      against.ordinaryWeeks && value !== null && !isBlind(reason) && (denominator ?? FEW) >= FEW,
  );
  if (!mark || !kpi?.against.ordinaryWeeks) return null;
  const { value, delta } = kpi.against.ordinaryWeeks;
  const points = shownPoints(delta, "ratio");
  const when = mark.week === previous ? { zh: "上周", en: "Last week" } : { zh: "本周", en: "This week" };
  return {
    tone: "flat",
    kpi: kpi.id,
    tag: { zh: "非可比周", en: "Weeks unlike" },
    text: {
      zh: `${when.zh}有${/^[\d\w]/.test(mark.title.zh) ? " " : ""}${mark.title.zh}，改与之前四个平常周的均值比：${kpi.title.zh} ${shownValue(kpi.value, "ratio")}，平常 ${shownValue(value, "ratio")}，差 ${points.zh}。`,
      en: `${when.en} had ${mark.title.en}; against the mean of four ordinary weeks before: ${kpi.title.en} ${shownValue(kpi.value, "ratio")}, usually ${shownValue(value, "ratio")}, ${points.en}.`,
    },
    href: `?kpi=${kpi.id}#why`,
  };
}

/**
 * N-09: a missed target in points, and how many of those it is of. What is not judged yet has missed nothing, and of few there are
 * no points (N-08).
 */
function target(rates: readonly KpiLine[]): Conclusion | null {
  for (const { kpi, gap } of rates.map((one) => ({ kpi: one, gap: one.against.target?.delta ?? 0 }))) {
    const down = kpi.good === "down";
    const missed = down ? gap > 0 : gap < 0;
    if (!missed || kpi.reason === "unsettled" || isBlind(kpi.reason)) continue;
    if (kpi.target === null || kpi.denominator === null || kpi.denominator < FEW) continue;
    const points = shownPoints(Math.abs(gap), "ratio");
    if (!/[1-9]/.test(points.en)) continue;
    const noun = nounOf(kpi);
    const many = Math.max(1, Math.round(Math.abs(gap) * kpi.denominator));
    const [size, of] = [
      { zh: points.zh.replace("+", ""), en: points.en.replace("+", "") },
      counted(kpi.denominator),
    ];
    return {
      tone: "flat",
      kpi: kpi.id,
      tag: { zh: "目标", en: "Target" },
      text: {
        zh: `${kpi.title.zh}目标 ${shownValue(kpi.target, "ratio")}，${down ? "超出" : "差"} ${size.zh}，约合 ${of}${noun.zh}里的 ${many}${kpi.of ? noun.zh : ""}。`,
        en: `${kpi.title.en}: target ${shownValue(kpi.target, "ratio")}, ${size.en} ${down ? "above" : "short"}, about ${many} of ${of}${noun.en}.`,
      },
      href: `?kpi=${kpi.id}#why`,
    };
  }
  return null;
}

/** N-08: too few for a percentage; the largest of them stands for all. */
function few(rates: readonly KpiLine[]): Conclusion | null {
  const [kpi] = rates
    .filter(({ reason, denominator }) => reason === "sample" && (denominator ?? FEW) < FEW)
    .sort((a, b) => (b.denominator ?? 0) - (a.denominator ?? 0));
  if (!kpi || (kpi.denominator ?? 0) < FEWEST) return null;
  const now = side(kpi, kpi);
  return {
    tone: "flat",
    kpi: kpi.id,
    tag: { zh: "数量少", en: "Few" },
    text: {
      zh: `${kpi.title.zh}：本周 ${now.zh}；太少，不算百分比。`,
      en: `${kpi.title.en}: ${now.en} this week; too few for a percentage.`,
    },
    href: `?kpi=${kpi.id}#why`,
  };
}

/** N-07: ordinary variation gets no cause. */
function quiet(rates: readonly KpiLine[], { complete }: Pick<Review, "complete">): Conclusion[] {
  const kpi = rates.find(({ verdict }) => verdict === "noise");
  if (!kpi || !complete) return [];
  const [now, before] = [side(kpi, kpi), side(kpi.previous, kpi)];
  const all = rates.every(({ verdict }) => verdict === "noise")
    ? { zh: "各项比率", en: "All rates" }
    : { zh: "能判断的比率", en: "All rates that can be judged" };
  return [
    {
      tone: "flat",
      kpi: null,
      tag: { zh: "平稳", en: "Steady" },
      text: {
        zh: `本周${all.zh}都属平时波动，不找原因；${kpi.title.zh} ${now.zh}，上周 ${before.zh}。`,
        en: `${all.en} are within ordinary variation this week, so no cause is looked for; ${kpi.title.en} ${now.en}, last week ${before.en}.`,
      },
      href: "#kpi",
    },
  ];
}

/** Nothing can be judged yet: why, and what would help. An empty list would read as a week without anything to say. */
function young(
  rates: readonly KpiLine[],
  { complete, previous }: Pick<Review, "complete" | "previous">,
): Conclusion[] {
  if (!complete || rates.some(({ verdict }) => verdict !== "insufficient")) return [];
  const isFirst = previous === null;
  if (!isFirst && !rates.some(({ reason }) => reason === "baseline")) return tooFew(rates);
  const text = isFirst
    ? {
        zh: "这是有数据的第一周，没有上一周可比：先看数字。有更早的记录就导进来，马上能比。",
        en: "This is the first week with data and there is none before to compare with: read the figures. Import older records to compare at once.",
      }
    : {
        zh: "历史还不到 6 次周环比，变化是好是坏还不能判断：先看数字。有更早的记录就导进来补足。",
        en: "There are fewer than 6 week-to-week changes so far, so no change is judged yet: read the figures. Import older records to fill up.",
      };
  const tag = isFirst ? { zh: "第一周", en: "First week" } : { zh: "还不能判断", en: "Not judged yet" };
  return [{ tone: "flat", kpi: null, tag, text, href: "#kpi" }];
}

/** Everybody there is, is too few, and no rate of them is worth a sentence of its own (`few`). */
function tooFew(rates: readonly KpiLine[]): Conclusion[] {
  if (few(rates) !== null || !rates.some(({ reason }) => reason === "sample")) return [];
  const text = {
    zh: "人数还太少，没有一项变化能判断是好是坏：先看数字。",
    en: "There are too few people to judge any change: read the figures.",
  };
  return [{ tone: "flat", kpi: null, tag: { zh: "数量少", en: "Few" }, text, href: "#kpi" }];
}
