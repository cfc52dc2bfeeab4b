import type { Lang } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import type { Check, FlowStep, OrderFile, PlatformFigure } from "../review/reconciliation.ts";

const money = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 2 });

/** From exports to KPIs: steps, with what each dropped and a sample of it. A flow without files is left out. */
export function flowLines(steps: readonly FlowStep[], lang: Lang): string[] {
  const flows = [...new Set(steps.map(({ flow }) => flow))].filter((flow) =>
    steps.some((one) => one.flow === flow && one.rows !== 0),
  );
  return flows.flatMap((flow) => [
    lang === "zh" ? "从导出到指标" : "From exports to KPIs",
    ...steps
      .filter((one) => one.flow === flow && (!one.isDrop || one.rows !== 0))
      .map(({ isDrop, text, rows, amount, samples }) => {
        const sign = isDrop ? "   − " : "  ";
        const sum = amount === null ? "" : ` (${money(amount)})`;
        const some =
          samples.length > 0
            ? `  ${lang === "zh" ? "如" : "e.g."} ${samples.map(visible).join(lang === "zh" ? "；" : "; ")}`
            : "";
        return `${sign}${text[lang]} ${rows}${sum}${some}`;
      }),
  ]);
}

export function fileLines(files: readonly OrderFile[], lang: Lang): string[] {
  if (files.length === 0) return [];
  return [
    lang === "zh" ? "每份订单文件与指标" : "Each file of orders and the KPIs",
    ...files.map((one) =>
      lang === "zh"
        ? `  ${visible(one.file)} ${one.lines} 行，${one.orders} 单，实付 ${money(one.paid)} ${one.currency}，退款 ${money(one.refunded)}；计入指标 ${one.counted} 单 ${money(one.countedAmount)}，未计入 ${one.leftOut} 单 ${money(one.leftOutAmount)}，已有更新状态 ${one.newer} 单`
        : `  ${visible(one.file)} ${one.lines} lines, ${one.orders} orders, paid ${money(one.paid)} ${one.currency}, refunded ${money(one.refunded)}; in the KPIs ${one.counted} orders ${money(one.countedAmount)}, left out ${one.leftOut} orders ${money(one.leftOutAmount)}, newer state elsewhere ${one.newer}`,
    ),
  ];
}

export function checkLines(checks: readonly Check[], lang: Lang): string[] {
  if (checks.length === 0) return [];
  return [
    lang === "zh" ? "对账" : "Reconciliation",
    ...checks.map(
      ({ isOk, text, files, kpis, difference }) =>
        `${isOk ? "✓" : "!"} ${text[lang]}: ${money(files)} / ${money(kpis)}${isOk ? "" : ` (${lang === "zh" ? "差" : "difference"} ${money(difference)})`}`,
    ),
  ];
}

/** What the platform itself counts, beside our own count. */
export function platformLines(figures: readonly PlatformFigure[], lang: Lang): string[] {
  if (figures.length === 0) return [];
  return [
    lang === "zh" ? "平台统计与自己的计数" : "Figures of the platform and our own",
    ...figures.map(({ day, scope, text, stated, counted, isWithin, reason }) => {
      const why = reason ? ` (${reason[lang]})` : "";
      return `${isWithin ? "✓" : "!"} ${day} ${scope ?? (lang === "zh" ? "全部" : "all")} ${text[lang]}: ${money(stated)} / ${money(counted)}${why}`;
    }),
  ];
}
