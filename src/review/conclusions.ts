import { shownDelta, shownValue } from "./format.ts";
import type { Conclusion, GroupLine, KpiLine } from "./types.ts";

const MOST = 3;

/**
 * At most three sentences, from the rows of the cards: what changed beyond noise, strongest first, and which group
 * moved it. When nothing did, one sentence that says so.
 */
export function conclusions(kpis: readonly KpiLine[], groups: readonly GroupLine[]): Conclusion[] {
  const rates = kpis.filter(({ unit }) => unit === "ratio");
  const moved = rates
    .filter(({ verdict }) => verdict === "better" || verdict === "worse")
    .map((kpi) => overall(kpi, groups));
  const local = rates
    .filter(({ verdict }) => verdict === "noise" || verdict === "insufficient")
    .flatMap((kpi) => strongestGroup(kpi, groups, true) ?? []);
  const found = [...moved, ...local].sort((a, b) => b.weight - a.weight).slice(0, MOST);
  if (found.length > 0) return found.map(({ conclusion }) => conclusion);
  const judged = rates.filter(({ verdict }) => verdict === "noise");
  const [first] = judged;
  return first
    ? [
        {
          tone: "flat",
          kpi: null,
          tag: { zh: "平稳", en: "Steady" },
          text: {
            zh: "本周各项比率都在正常波动内，不必逐项讨论。",
            en: "All rates are within their ordinary variation this week.",
          },
          href: "#kpi",
        },
      ]
    : [];
}

interface Weighted {
  weight: number;
  conclusion: Conclusion;
}

function overall(kpi: KpiLine, groups: readonly GroupLine[]): Weighted {
  const most = strongestGroup(kpi, groups, false)?.group;
  const tone = kpi.verdict === "better" ? "better" : "worse";
  const from = shownValue(kpi.previous?.value ?? null, kpi.unit);
  const to = shownValue(kpi.value, kpi.unit);
  const hedge = kpi.strength === "clear" ? { zh: "", en: "" } : { zh: "可能", en: " possibly" };
  return {
    weight: kpi.strength === "clear" ? 100 : 40,
    conclusion: {
      tone,
      kpi: kpi.id,
      tag: tag(kpi, tone),
      text: {
        zh: `${kpi.title.zh}${hedge.zh}从 ${from} 变为 ${to}（${shownDelta(kpi.delta, kpi.unit)}）${most ? `，变化最大的是${most.name}` : ""}。`,
        en: `${kpi.title.en}${hedge.en} went from ${from} to ${to} (${shownDelta(kpi.delta, kpi.unit)})${most ? `, most of all in ${most.name}` : ""}.`,
      },
      href: `?kpi=${kpi.id}#why`,
    },
  };
}

/** The group whose change of this KPI is beyond noise and reaches farthest; null when there is none. */
function strongestGroup(
  kpi: KpiLine,
  groups: readonly GroupLine[],
  anyDirection: boolean,
): (Weighted & { group: GroupLine }) | null {
  const candidates = groups.flatMap((group) => {
    const line = group.kpis[kpi.id];
    if (!line || line.strength === null || line.delta === null) return [];
    if (!anyDirection && line.verdict !== kpi.verdict) return [];
    return [
      {
        group,
        line,
        size: Math.abs(line.delta) * Math.sqrt(line.denominator ?? 1),
        clear: line.strength === "clear",
      },
    ];
  });
  const [best] = candidates.filter(({ clear }) => clear || !anyDirection).sort((a, b) => b.size - a.size);
  if (!best) return null;
  const { group, line, size } = best;
  const tone = line.verdict === "better" ? "better" : "worse";
  const from = shownValue(line.previous?.value ?? null, kpi.unit);
  const to = shownValue(line.value, kpi.unit);
  return {
    group,
    weight: 60 + size,
    conclusion: {
      tone,
      kpi: kpi.id,
      tag: tag(kpi, tone),
      text: {
        zh: `${group.name}的${kpi.title.zh}从 ${from} 变为 ${to}（${shownDelta(line.delta, kpi.unit)}），整体在正常波动内。`,
        en: `${kpi.title.en} of ${group.name} went from ${from} to ${to} (${shownDelta(line.delta, kpi.unit)}); overall it is within ordinary variation.`,
      },
      href: `?kpi=${kpi.id}#why`,
    },
  };
}

function tag(kpi: KpiLine, tone: "better" | "worse"): Conclusion["tag"] {
  return tone === "better"
    ? { zh: `${kpi.title.zh}变好`, en: `${kpi.title.en} better` }
    : { zh: `${kpi.title.zh}变差`, en: `${kpi.title.en} worse` };
}
