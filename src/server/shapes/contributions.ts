import type { ChartRow } from "../../charts/compile.ts";
import { textWidth } from "../../charts/metrics.ts";
import { abbreviate } from "../../kit/abbreviate.ts";
import { contributions, firstAndRest } from "../../review/contributions.ts";
import { shownContribution, shownValue } from "../../review/format.ts";
import { t } from "../i18n.ts";
import { arrowColor } from "../page/tone.ts";
import type { Shape } from "./scene.ts";

const MOST = 7;
const FONT = 12;
/** Room of a group's name, in em: 14 Chinese characters. */
const NAME_EM = 14;

/** A waterfall from last week's value (0) to this week's: the change that each group adds, summed from left to right. */
export const waterfall: Shape = ({ kpi, explanation, lang }, width) => {
  const made = contributions(explanation, "group");
  if (!kpi || !explanation || !made) return { rows: [], label: "" };
  const { unit } = kpi;
  const scale = unit === "ratio" ? 100 : 1;
  const shown = (value: number) => shownContribution(value, unit);
  const isNoise = kpi.verdict !== "better" && kpi.verdict !== "worse";
  const { first, rest, overlap } = firstAndRest(made.rows, MOST);
  const steps = first.map(({ label, shown: own }) => ({
    label: label[lang],
    total: own.total,
    tip: t(lang, "contribution_tip", {
      group: label[lang],
      total: shown(own.total),
      rate: shown(own.rate),
      mix: shown(own.mix),
    }),
  }));
  if (rest) {
    const label = t(lang, "other_groups", { n: rest.count });
    steps.push({ label, total: rest.shown.total, tip: `${label} ${shown(rest.shown.total)}` });
  }
  if (overlap && overlap.shown.total !== 0) {
    const label = overlap.label[lang];
    steps.push({ label, total: overlap.shown.total, tip: `${label} ${shown(overlap.shown.total)}` });
  }
  const before = t(lang, "last_value", { value: shownValue(explanation.before.value, unit) });
  const after = t(lang, "this_value", { value: shownValue(explanation.after.value, unit) });
  const rows: ChartRow[] = [
    bar({
      kind: "start",
      label: before,
      at: 0,
      from: 0,
      to: 0,
      tip: before,
      text: "",
      color: "var(--ink-3)",
    }),
  ];
  let sum = 0;
  for (const { label, total, tip } of steps) {
    const color = isNoise ? "var(--bar-total)" : arrowColor(total, kpi.good);
    rows.push(
      bar({
        kind: "step",
        label,
        at: rows.length,
        from: sum * scale,
        to: (sum + total) * scale,
        tip,
        text: shown(total),
        color,
      }),
    );
    sum += total;
  }
  const tip = `${after}, ${shown(made.total)}`;
  rows.push(
    bar({
      kind: "end",
      label: after,
      at: rows.length,
      from: 0,
      to: sum * scale,
      tip,
      text: shown(made.total),
      color: "var(--bar-total)",
    }),
  );
  rows.forEach((row, at) => {
    row["next"] = (rows[at + 1]?.["key"] as string | undefined) ?? null;
  });
  return {
    rows,
    label: t(lang, "waterfall_label", { kpi: kpi.title[lang] }),
    params: { domain: domain(rows, width) },
  };
};

interface Bar {
  kind: string;
  label: string;
  at: number;
  from: number;
  to: number;
  tip: string;
  text: string;
  color: string;
}

/** Groups may share a name, so each bar has a key of its own, and the label beside it. */
function bar({ at, label, ...rest }: Bar): ChartRow {
  const line = label.replace(/\s+/g, " ");
  // The two ends hold a value, which no name pushes out.
  const said = rest.kind === "step" ? named(line) : line;
  return {
    ...rest,
    at,
    key: `${String(at).padStart(3, "0")} ${said}`,
    right: Math.max(rest.from, rest.to),
  };
}

/** A name as far as its room goes; Latin letters take about half of a Chinese character's. */
function named(label: string): string {
  let kept = [...label].length;
  while (textWidth(abbreviate(label, kept), 1) > NAME_EM) kept -= 1;
  return abbreviate(label, kept);
}

/** The values' room is pixels, the axis' is units: 70 px are kept free right of the longest bar. */
function domain(rows: readonly ChartRow[], width: number): number[] {
  const ends = rows.flatMap((row) => [Number(row["from"]), Number(row["to"])]);
  const lo = Math.min(0, ...ends);
  const hi = Math.max(0, ...ends);
  const labels = Math.max(...rows.map((row) => textWidth(String(row["key"]).slice(4), FONT)));
  const plot = Math.max(80, width - labels - 16 - 70);
  const span = hi - lo || 1;
  return [lo, hi + (span * 70) / plot];
}
