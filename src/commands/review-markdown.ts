import type { Lang, Text } from "../kit/say.ts";
import { change, shownDelta, shownValue } from "../review/format.ts";
import type { KpiLine, Review } from "../review/types.ts";
import { segmentName, verdictWord } from "../review/words.ts";
import { localTime } from "../server/context.ts";
import { actionLines, decisionLines, reportedLines, restatedLines, sopLines, whyLines } from "./minutes.ts";

const NUMERALS = [..."一二三四五六"];

/**
 * The review as minutes to paste, in the order of the meeting: last week's actions and what came of them, numbers,
 * why, people, SOP, decisions. Names of people never stand in it.
 */
export function reviewMarkdown(review: Review, lang: Lang): string {
  const zh = lang === "zh";
  const title = zh
    ? `# ${review.week} 复盘（${review.from} – ${review.to}）`
    : `# Review of ${review.week} (${review.from} – ${review.to})`;
  const scope =
    review.groupName ??
    (zh ? `全部 ${review.groupChoices.length} 个群` : `all ${review.groupChoices.length} groups`);
  const until = localTime(lang, review.asOf, review.timezone);
  const facts = zh
    ? `${scope} · ${review.members} 名成员 · 数据截至 ${until}${review.complete ? "" : " · 本周未完"}`
    : `${scope} · ${review.members} members · data as of ${until}${review.complete ? "" : " · week not complete"}`;
  const section = (heading: string, lines: readonly string[]) =>
    lines.length > 0 ? [`\n## ${heading}\n`, ...lines] : [];
  let points = 0;
  /** A point of the meeting: counted among those that there are. */
  const point = (heading: Text, lines: readonly string[]) => {
    if (lines.length === 0) return [];
    const place = points++;
    return section(zh ? `${NUMERALS[place]}、${heading.zh}` : `${place + 1}. ${heading.en}`, lines);
  };
  return [
    title,
    "",
    facts,
    ...section(
      zh ? "数据提醒" : "Data",
      review.quality.map(({ text }) => `- ${text[lang]}`),
    ),
    ...point({ zh: "上周行动", en: "Last week's actions" }, actionLines(review, lang)),
    ...section(
      zh ? "本周结论" : "Conclusions",
      review.conclusions.map(({ text }) => `- ${text[lang]}`),
    ),
    ...point({ zh: "数字", en: "Numbers" }, table(...kpiTable(review, lang))),
    ...section(
      zh ? "和存档不同的数字" : "Figures that moved since the frozen report",
      restatedLines(review, lang),
    ),
    ...section(
      zh ? "后来的退款改了的数字" : "Figures that later refunds changed",
      reportedLines(review, lang),
    ),
    ...section(zh ? "各群" : "Groups", groups(review, lang)),
    ...point({ zh: "为什么", en: "Why" }, whyLines(review, lang)),
    ...point({ zh: "人", en: "People" }, [
      ...review.segments.stock.map(
        ({ segment, persons, previous }) =>
          `- ${segmentName(segment, lang)} ${persons ?? "—"} (${shownDelta(change(persons, previous), "count")})`,
      ),
      dormantLine(review)[lang],
    ]),
    ...point({ zh: "SOP", en: "SOP" }, sopLines(review, lang)),
    ...point({ zh: "下周决定", en: "Decisions" }, decisionLines(review, lang)),
  ].join("\n");
}

/** How many are silent, which nobody can tell without a log, and not everybody may know. */
function dormantLine({ dormant: { total }, segments }: Review): Text {
  if (total === null)
    return { zh: "- 沉默成员的人数不列出。", en: "- The number of dormant members is not shown." };
  if (segments.stock.some(({ segment, persons }) => segment === "dormant" && persons === null))
    return { zh: "- 沉默成员有多少还看不出来。", en: "- How many members are dormant is not known." };
  return {
    zh: `- 沉默成员 ${total} 人，名单见页面。`,
    en: `- ${total} dormant members; the list is on the page.`,
  };
}

function kpiTable(review: Review, lang: Lang): [string[], string[][]] {
  const heads =
    lang === "zh"
      ? ["指标", "本周", "分子/分母", "上周", "变化", "95% 区间", "判断"]
      : ["KPI", "This week", "num/den", "Last week", "Change", "95 % interval", "Verdict"];
  const rows = review.kpis.map((kpi) => [
    withCompanion(kpi, review, lang),
    shownValue(kpi.value, kpi.unit),
    kpi.denominator === null ? "" : `${side(kpi.numerator)}/${side(kpi.denominator)}`,
    shownValue(kpi.previous?.value ?? null, kpi.unit),
    shownDelta(kpi.delta, kpi.unit),
    kpi.interval ? `${shownDelta(kpi.interval[0], kpi.unit)} … ${shownDelta(kpi.interval[1], kpi.unit)}` : "",
    verdictWord(kpi, lang),
  ]);
  return [heads, rows];
}

/** Numerators and denominators are counts, or sums of hours and money that nobody reads to the last digit. */
function side(value: number | null): string {
  return value === null ? "—" : String(Math.round(value * 100) / 100);
}

/** Conversion never stands without the share of orders that it knows the buyers of. */
function withCompanion(kpi: KpiLine, { kpis }: Review, lang: Lang): string {
  const other = kpis.find(({ id }) => id === kpi.shownWith);
  const shown = other ? `${other.title[lang]} ${shownValue(other.value, other.unit)}` : "";
  return other ? `${kpi.title[lang]}${lang === "zh" ? `（${shown}）` : ` (${shown})`}` : kpi.title[lang];
}

function groups(review: Review, lang: Lang): string[] {
  const rates = review.kpis.filter(
    ({ unit, minDenominator, variantOf }) =>
      unit === "ratio" && (minDenominator ?? 0) >= 30 && variantOf === null,
  );
  const cell = (kpi: KpiLine, line: Review["groups"][number]["kpis"][string] | undefined) =>
    line
      ? `${shownValue(line.value, kpi.unit)} (${shownDelta(line.delta, kpi.unit)} ${verdictWord(line, lang)})`
      : "—";
  return table(
    [
      lang === "zh" ? "群" : "Group",
      lang === "zh" ? "成员" : "Members",
      ...rates.map(({ title }) => title[lang]),
    ],
    review.groups.map((group) => [
      group.name,
      String(group.members),
      ...rates.map((kpi) => cell(kpi, group.kpis[kpi.id])),
    ]),
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}
