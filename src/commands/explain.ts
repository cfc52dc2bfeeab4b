import { UserError } from "../kit/errors.ts";
import type { Lang } from "../kit/say.ts";
import { type Explained, explainKpi } from "../review/explain/of-week.ts";
import type { Dimension } from "../review/explain/types.ts";
import { shownDelta, shownValue } from "../review/format.ts";
import { GenerationReader } from "../review/reader.ts";
import { verdictWord } from "../review/words.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { type Context, openHere, print } from "./context.ts";
import { nothingBuilt } from "./review.ts";

export interface ExplainFlags {
  week?: string;
  group?: string;
  by?: string;
}

/** Why a KPI moved against the week before: parts that add up to the move. */
export async function explainCommand(
  context: Context,
  kpi: string,
  { by, ...scope }: ExplainFlags,
): Promise<void> {
  const { workspace } = await openHere(context);
  const catalog = readCatalog(context.content.sql);
  const dimensions = ["group", ...catalog.dimensions.map(({ id }) => id)];
  if (by !== undefined && !dimensions.includes(by)) {
    throw new UserError(
      { zh: `不能按 ${by} 拆`, en: `There is no split by ${by}` },
      { hint: { zh: `可用：${dimensions.join("、")}`, en: `Available: ${dimensions.join(", ")}` } },
    );
  }
  const reader = new GenerationReader(workspace.marts);
  try {
    const made = await reader.read((database) => explainKpi(database, catalog, kpi, scope));
    if (!made) throw nothingBuilt();
    const shown = made.decomposition
      ? {
          ...made,
          decomposition: {
            ...made.decomposition,
            dimensions: made.decomposition.dimensions.filter(({ id }) => by === undefined || id === by),
          },
        }
      : made;
    print(context, shown, () => asText(shown, context.lang));
  } finally {
    reader.close();
  }
}

const MOST = 8;

function asText({ kpi, decomposition, week }: Explained, lang: Lang): string {
  const zh = lang === "zh";
  const of = ({
    numerator,
    denominator,
    value,
  }: {
    numerator: number | null;
    denominator: number | null;
    value: number | null;
  }) =>
    denominator === null
      ? shownValue(value, kpi.unit)
      : `${shownValue(value, kpi.unit)}（${numerator}/${denominator}）`;
  const head = `${kpi.title[lang]} ${week} ${of(kpi)}${kpi.previous ? (zh ? `，上周 ${of(kpi.previous)}` : `, last week ${of(kpi.previous)}`) : ""} · ${shownDelta(kpi.delta, kpi.unit)} · ${verdictWord(kpi, lang)}`;
  if (!decomposition) {
    return `${head}\n${zh ? "有一周没有数值，拆不了。" : "One of the weeks has no value: nothing to split."}`;
  }
  const { people, dimensions, factors, best, causes, nothingFound } = decomposition;
  const section = (dimension: Dimension) => {
    const chosen = dimension.id === best?.dimension;
    const mark = chosen ? (zh ? "  ← 最能说明变化" : "  ← explains most") : "";
    const rest = dimension.parts.slice(MOST);
    const lines = dimension.parts
      .slice(0, MOST)
      .map(
        (part) =>
          `  ${shownDelta(part.total, kpi.unit).padStart(10)}  ${part.label[lang]}  ${of(part.before)} → ${of(part.after)}`,
      );
    if (rest.length > 0) {
      const total = rest.reduce((sum, part) => sum + part.total, 0);
      lines.push(
        `  ${shownDelta(total, kpi.unit).padStart(10)}  ${zh ? `其余 ${rest.length} 项` : `${rest.length} more`}`,
      );
    }
    return [`${zh ? "按" : "By "}${dimension.title[lang]}${mark}`, ...lines];
  };
  return [
    head,
    ...(people
      ? [
          zh
            ? `【事实】两周都算在内的人自己变了 ${shownDelta(people.behaviour, kpi.unit)}，人员进出 ${shownDelta(people.base, kpi.unit)}`
            : `[fact] people who stayed changed by ${shownDelta(people.behaviour, kpi.unit)}, people coming and going by ${shownDelta(people.base, kpi.unit)}`,
          ...section(people),
        ]
      : []),
    ...dimensions.flatMap(section),
    ...(factors.length > 0
      ? [
          zh ? "按因子" : "By factor",
          ...factors.map(
            ({ title, before, after, effect }) =>
              `  ${shownDelta(effect, kpi.unit).padStart(10)}  ${title[lang]}  ${number(before)} → ${number(after)}`,
          ),
        ]
      : []),
    ...(causes.length > 0
      ? [zh ? "可能的原因" : "Possible causes", ...causes.map(({ text }) => `  ${text[lang]}`)]
      : []),
    ...(nothingFound ? [nothingFound[lang]] : []),
  ].join("\n");
}

function number(value: number): string {
  return Math.abs(value) < 10
    ? value.toPrecision(3)
    : value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
