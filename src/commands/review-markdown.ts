import type { Lang } from "../kit/say.ts";
import { shownDelta, shownValue } from "../review/format.ts";
import type { KpiLine, Review } from "../review/types.ts";
import { segmentName, verdictWord } from "../review/words.ts";

/** The review as minutes to paste: conclusions, KPI table, groups, segments. Names of people never stand in it. */
export function reviewMarkdown(review: Review, lang: Lang): string {
  const zh = lang === "zh";
  const title = zh
    ? `# ${review.week} 复盘（${review.from} – ${review.to}）`
    : `# Review of ${review.week} (${review.from} – ${review.to})`;
  const scope =
    review.groupName ??
    (zh ? `全部 ${review.groupChoices.length} 个群` : `all ${review.groupChoices.length} groups`);
  const facts = zh
    ? `${scope} · ${review.members} 名成员 · 数据截至 ${review.asOf}${review.complete ? "" : " · 本周未完"}`
    : `${scope} · ${review.members} members · data as of ${review.asOf}${review.complete ? "" : " · week not complete"}`;
  const heads = zh
    ? ["指标", "本周", "分子/分母", "上周", "变化", "95% 区间", "判断"]
    : ["KPI", "This week", "num/den", "Last week", "Change", "95 % interval", "Verdict"];
  const rows = review.kpis.map((kpi) => [
    kpi.title[lang],
    shownValue(kpi.value, kpi.unit),
    kpi.denominator === null ? "" : `${kpi.numerator}/${kpi.denominator}`,
    shownValue(kpi.previous?.value ?? null, kpi.unit),
    shownDelta(kpi.delta, kpi.unit),
    kpi.interval ? `${shownDelta(kpi.interval[0], kpi.unit)} … ${shownDelta(kpi.interval[1], kpi.unit)}` : "",
    verdictWord(kpi, lang),
  ]);
  const section = (heading: string, lines: readonly string[]) =>
    lines.length > 0 ? [`\n## ${heading}\n`, ...lines] : [];
  return [
    title,
    "",
    facts,
    ...section(
      zh ? "数据提醒" : "Data",
      review.quality.map(({ text }) => `- ${text[lang]}`),
    ),
    ...section(
      zh ? "本周结论" : "Conclusions",
      review.conclusions.map(({ text }) => `- ${text[lang]}`),
    ),
    ...section(zh ? "指标" : "KPIs", table(heads, rows)),
    ...section(zh ? "各群" : "Groups", groups(review, lang)),
    ...section(
      zh ? "分层" : "Segments",
      review.segments.stock.map(
        ({ segment, persons, previous }) =>
          `- ${segmentName(segment, lang)} ${persons} (${shownDelta(persons - previous, "count")})`,
      ),
    ),
    ...section(zh ? "唤醒名单" : "Wake-up list", [
      zh
        ? `沉默成员 ${review.dormant.total} 人，名单见页面。`
        : `${review.dormant.total} dormant members; the list is on the page.`,
    ]),
  ].join("\n");
}

function groups(review: Review, lang: Lang): string[] {
  const rates = review.kpis.filter(
    ({ unit, minDenominator }) => unit === "ratio" && (minDenominator ?? 0) >= 30,
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
