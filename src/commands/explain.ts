import { UserError } from "../kit/errors.ts";
import type { Lang } from "../kit/say.ts";
import { bestText, peopleText, printedParts, roundedToSum, stepOf } from "../review/contributions.ts";
import { type Explained, explainKpi } from "../review/explain/of-week.ts";
import type { Dimension } from "../review/explain/types.ts";
import { WEEKDAY } from "../review/explain/weekdays.ts";
import { shownContribution, shownDelta, shownValue } from "../review/format.ts";
import { nothingBuilt } from "../review/nothing-built.ts";
import { verdictWord } from "../review/words.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { type Context, openHere, print, readerOf } from "./context.ts";

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
  const dimensions = ["group", ...catalog.dimensions.map(({ id }) => id), WEEKDAY];
  if (by !== undefined && !dimensions.includes(by)) {
    throw new UserError(
      { zh: `不能按 ${by} 拆`, en: `There is no split by ${by}` },
      { hint: { zh: `可用：${dimensions.join("、")}`, en: `Available: ${dimensions.join(", ")}` } },
    );
  }
  const reader = readerOf(context, workspace);
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

function asText({ kpi, companion, decomposition, week }: Explained, lang: Lang): string {
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
  const head = `${kpi.title[lang]} ${week} ${of(kpi)}${kpi.previous ? (zh ? `，上周 ${of(kpi.previous)}` : `, last week ${of(kpi.previous)}`) : ""} · ${shownDelta(kpi.delta, kpi.unit)} · ${verdictWord(kpi, lang)}${companion ? ` · ${companion.title[lang]} ${of(companion)}` : ""}`;
  if (!decomposition) {
    if (kpi.reason === "incomplete")
      return `${head}\n${zh ? "本周未完，上周只算到同一时刻；满一周再拆。" : "The week is not over; last week counts to the same moment. It is split when it is."}`;
    return `${head}\n${zh ? "有一周没有数值，拆不了。" : "One of the weeks has no value: nothing to split."}`;
  }
  const { people, dimensions, factors, best, causes, nothingFound, delta } = decomposition;
  const line = (total: number, text: string) =>
    `  ${shownContribution(total, kpi.unit).padStart(10)}  ${text}`;
  const section = (dimension: Dimension) => {
    const chosen = dimension.id === best?.dimension;
    const mark = chosen ? (zh ? "  ← 最能说明变化" : "  ← explains most") : "";
    const { rows, total } = printedParts(decomposition, dimension);
    const rest = rows.slice(MOST).reduce((sum, { shown }) => sum + shown.total, 0);
    return [
      `${zh ? "按" : "By "}${dimension.title[lang]}${mark}`,
      ...rows
        .slice(0, MOST)
        .map(({ shown, label, before, after }) =>
          line(shown.total, `${label[lang]}  ${of(before)} → ${of(after)}`),
        ),
      ...(rows.length > MOST
        ? [line(rest, zh ? `其余 ${rows.length - MOST} 项` : `${rows.length - MOST} more`)]
        : []),
      line(total, zh ? "合计" : "in all"),
    ];
  };
  const effects = roundedToSum(
    factors.map(({ effect }) => effect),
    delta,
    stepOf(kpi.unit),
  );
  return [
    head,
    ...[peopleText(decomposition), bestText(decomposition)].flatMap((text) => (text ? [text[lang]] : [])),
    ...(people ? section(people) : []),
    ...dimensions.flatMap(section),
    ...(factors.length > 0
      ? [
          zh ? "按因子" : "By factor",
          ...factors.map(({ title, before, after }, at) =>
            line(effects[at] ?? 0, `${title[lang]}  ${number(before)} → ${number(after)}`),
          ),
          line(
            effects.reduce((sum, effect) => sum + effect, 0),
            zh ? "合计" : "in all",
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
