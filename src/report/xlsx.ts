import type { Lang } from "../kit/say.ts";
import { printedParts } from "../review/contributions.ts";
import type { Explanation } from "../review/explain/types.ts";
import { shownValue } from "../review/format.ts";
import { maskName } from "../review/mask.ts";
import type { DormantRow, KpiLine, Review } from "../review/types.ts";
import { sceneName, segmentName, verdictWord, whyName } from "../review/words.ts";
import { ownerIn } from "../rules/suggestion.ts";
import { joined, t } from "../server/i18n.ts";
import { dayNumber, type Kind, type Sheet, type Value, writeWorkbook } from "./workbook.ts";

/** A column whose format depends on the unit of its row's KPI, beside the fixed ones. */
type ColumnKind = Kind | "unit" | "part" | "divided";

interface Block {
  name: string;
  heads: readonly { title: string; kind: ColumnKind; width?: number }[];
  rows: readonly { cells: readonly Value[]; unit?: KpiLine["unit"] }[];
}

const BY_UNIT: Readonly<Record<KpiLine["unit"], Kind>> = {
  ratio: "rate",
  count: "int",
  money: "money",
  number: "number",
};

/**
 * The review as a workbook: a sheet per block, numbers as numbers. Names are masked as on the page.
 * @param listed everyone of the wake-up list.
 */
export function reviewXlsx(
  review: Review,
  explanations: readonly Explanation[],
  listed: readonly DormantRow[],
  lang: Lang,
): Promise<Buffer> {
  const blocks: Block[] = [
    conclusionBlock(review, lang),
    kpiBlock(review, lang),
    ...explanations.flatMap((one) => partBlock(one, lang) ?? []),
    groupBlock(review, lang),
    segmentBlock(review, lang),
    dormantBlock(listed, lang),
    suggestionBlock(review, lang),
    definitionBlock(review, lang),
  ];
  return writeWorkbook(blocks.map(toSheet));
}

function toSheet({ name, heads, rows }: Block): Sheet {
  const kindOf = (kind: ColumnKind, value: number, unit: KpiLine["unit"] = "count"): Kind => {
    // People are whole, sums of money and of time are not.
    if (kind === "divided" && unit === "money") return unit;
    if (kind === "part" || kind === "divided") return Number.isInteger(value) ? "int" : "number";
    return kind === "unit" || (kind === "points" && unit !== "ratio") ? BY_UNIT[unit] : kind;
  };
  return {
    name,
    heads: heads.map(({ kind, ...head }) => ({
      ...head,
      kind: kind === "unit" || kind === "part" || kind === "divided" ? "number" : kind,
    })),
    rows: rows.map(({ cells, unit }) =>
      cells.map((value, at) =>
        typeof value === "number" ? { value, kind: kindOf(heads[at]?.kind ?? "text", value, unit) } : value,
      ),
    ),
  };
}

function conclusionBlock(review: Review, lang: Lang): Block {
  const notices = review.quality.map(({ text }) => ({ cells: ["!", text[lang]] }));
  return {
    name: t(lang, "conclusions"),
    heads: [
      { title: t(lang, "verdict"), kind: "text" },
      { title: t(lang, "conclusions"), kind: "text", width: 90 },
    ],
    rows: [...review.conclusions.map(({ tag, text }) => ({ cells: [tag[lang], text[lang]] })), ...notices],
  };
}

function kpiBlock(review: Review, lang: Lang): Block {
  return {
    name: t(lang, "nav_kpi"),
    heads: [
      { title: "id", kind: "text" },
      { title: t(lang, "kpi"), kind: "text" },
      { title: t(lang, "this_week"), kind: "unit" },
      { title: t(lang, "last_week"), kind: "unit" },
      { title: t(lang, "change"), kind: "points" },
      { title: t(lang, "numerator"), kind: "divided" },
      { title: t(lang, "denominator"), kind: "part" },
      { title: t(lang, "verdict"), kind: "text" },
      { title: t(lang, "target"), kind: "unit" },
      { title: t(lang, "shown_with"), kind: "text", width: 24 },
    ],
    rows: review.kpis.map((kpi) => ({
      unit: kpi.unit,
      cells: [
        kpi.id,
        kpi.title[lang],
        kpi.value,
        kpi.previous?.value ?? null,
        points(kpi.delta, kpi.unit),
        kpi.numerator,
        kpi.denominator,
        review.missing.find((one) => one.kpi === kpi.id)?.text[lang] ?? verdictWord(kpi, lang),
        kpi.target,
        companionOf(kpi, review, lang),
      ],
    })),
  };
}

/** What says how far the figure can be trusted: how many orders match a person. */
function companionOf({ shownWith }: KpiLine, { kpis }: Review, lang: Lang): string | null {
  const other = kpis.find(({ id }) => id === shownWith);
  return other ? `${other.title[lang]} ${shownValue(other.value, other.unit)}` : null;
}

/** A change of a rate is written in percentage points (2.9), like the page shows it. */
function points(delta: number | null, unit: KpiLine["unit"]): number | null {
  return delta === null ? null : unit === "ratio" ? delta * 100 : delta;
}

/** Every split of one change below the other; the printed parts of each add up to the printed change. */
function partBlock(explanation: Explanation, lang: Lang): Block | null {
  const { unit, people, dimensions } = explanation;
  const splits = [...dimensions, ...(people ? [people] : [])];
  if (splits.length === 0) return null;
  const row = (split: string, name: string, one: { total: number; rate: number; mix: number }) => ({
    unit,
    cells: [split, name, points(one.total, unit), points(one.rate, unit), points(one.mix, unit)],
  });
  return {
    name: `${t(lang, "contribution")} ${explanation.title[lang]}`,
    heads: [
      { title: t(lang, "split_by"), kind: "text" },
      { title: t(lang, "split_part"), kind: "text", width: 30 },
      { title: t(lang, "contribution"), kind: "points" },
      { title: t(lang, "within"), kind: "points" },
      { title: t(lang, "mix"), kind: "points" },
    ],
    rows: splits.flatMap((split) => {
      const made = printedParts(explanation, split);
      return [
        ...made.rows.map(({ label, shown }) => row(split.title[lang], label[lang], shown)),
        row(split.title[lang], t(lang, "total_change"), made),
      ];
    }),
  };
}

function groupBlock(review: Review, lang: Lang): Block {
  return {
    name: t(lang, "groups"),
    heads: [
      { title: t(lang, "group"), kind: "text", width: 30 },
      { title: t(lang, "members"), kind: "int" },
      { title: t(lang, "kpi"), kind: "text" },
      { title: t(lang, "this_week"), kind: "unit" },
      { title: t(lang, "last_week"), kind: "unit" },
      { title: t(lang, "change"), kind: "points" },
      { title: t(lang, "verdict"), kind: "text" },
    ],
    rows: review.groups.flatMap((group) =>
      review.kpis.flatMap((kpi) => {
        const line = group.kpis[kpi.id];
        if (!line) return [];
        const { value, previous, delta } = line;
        return [
          {
            unit: kpi.unit,
            cells: [
              group.name,
              group.members,
              kpi.title[lang],
              value,
              previous?.value ?? null,
              points(delta, kpi.unit),
              verdictWord(line, lang),
            ],
          },
        ];
      }),
    ),
  };
}

function segmentBlock(review: Review, lang: Lang): Block {
  return {
    name: t(lang, "nav_segments"),
    heads: [
      { title: t(lang, "from_segment"), kind: "text" },
      { title: t(lang, "to_segment"), kind: "text" },
      { title: t(lang, "persons"), kind: "int" },
    ],
    rows: review.segments.flows.map(({ from, to, persons }) => ({
      cells: [segmentName(from, lang), segmentName(to, lang), persons],
    })),
  };
}

function dormantBlock(rows: readonly DormantRow[], lang: Lang): Block {
  return {
    name: t(lang, "nav_dormant"),
    heads: [
      { title: t(lang, "member"), kind: "text" },
      { title: t(lang, "group"), kind: "text", width: 40 },
      { title: t(lang, "reason"), kind: "text" },
      { title: t(lang, "days_silent"), kind: "int" },
      { title: t(lang, "last_order"), kind: "date" },
      { title: t(lang, "orders"), kind: "int" },
      { title: t(lang, "value"), kind: "money" },
      { title: t(lang, "alive"), kind: "rate" },
      { title: t(lang, "rfm"), kind: "text" },
      { title: t(lang, "scene"), kind: "text", width: 34 },
      { title: t(lang, "fatigue"), kind: "int" },
    ],
    rows: rows.map((row) => ({
      cells: [
        maskName(row.name),
        joined(row.groups, lang),
        whyName(row.why, lang),
        row.daysSilent,
        dayNumber(row.lastOrder),
        row.orders,
        row.value,
        row.alive,
        row.rfm,
        sceneName(row.scene, lang),
        row.addressed,
      ],
    })),
  };
}

function suggestionBlock(review: Review, lang: Lang): Block {
  return {
    name: t(lang, "nav_sop"),
    heads: [
      { title: t(lang, "status"), kind: "text" },
      { title: t(lang, "action"), kind: "text", width: 30 },
      { title: t(lang, "reason"), kind: "text", width: 80 },
      { title: t(lang, "owner"), kind: "text" },
    ],
    rows: review.suggestions.map((one) => ({
      cells: [
        t(lang, `status_${one.status}`),
        one.title[lang],
        one.text[lang],
        ownerIn(one.owner, one, lang),
      ],
    })),
  };
}

function definitionBlock(review: Review, lang: Lang): Block {
  return {
    name: t(lang, "nav_definitions"),
    heads: [
      { title: t(lang, "kpi"), kind: "text" },
      { title: "id", kind: "text" },
      { title: t(lang, "nav_definitions"), kind: "text", width: 100 },
    ],
    rows: review.kpis.map(({ title, id, description }) => ({
      cells: [title[lang], id, description[lang]],
    })),
  };
}
