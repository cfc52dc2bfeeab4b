import type { ChartRow } from "../../charts/compile.ts";
import { textWidth } from "../../charts/metrics.ts";
import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { Review } from "../../review/types.ts";
import { segmentName } from "../../review/words.ts";
import { hasHiddenMoves } from "../page/movement.ts";

const ORDER = ["repeat", "active", "new", "none", "quiet", "dormant", "left"];
const COLORS: Readonly<Record<string, string>> = {
  repeat: "var(--tier-1)",
  active: "var(--tier-2)",
  new: "var(--tier-3)",
  none: "var(--tier-3)",
  quiet: "var(--tier-6)",
  dormant: "var(--tier-4)",
  left: "var(--tier-5)",
};
const NODE = 0.025;
const STEPS = 15;
const FONT = 12;
/** Pixels between a node and its label, and between that and the edge. */
const BESIDE = 12;
/** A label needs 18 of the drawing's 320 pixels; thinner nodes are pushed apart. */
const LABEL = 18 / 320;

/**
 * Ribbons, nodes and labels of an alluvial drawing of the segment flows: plain marks at computed places, since
 * Vega-Lite has no such transform. x runs from 0 (last week's end) to 1 (this week's), y in persons.
 */
export function flowRows(review: Review, lang: Lang, width: number): ChartRow[] {
  const flows = review.segments.flows.filter(({ persons }) => persons > 0);
  const total = flows.reduce((sum, { persons }) => sum + persons, 0);
  if (total === 0) return [];
  const gap = total * 0.025;
  const isCut = hasHiddenMoves(review.segments);
  const counted = new Map(review.segments.stock.map((one) => [one.segment, one]));
  const left = stack(
    flows.map(({ from, persons }) => [from, persons]),
    gap,
  );
  const right = stack(
    flows.map(({ to, persons }) => [to, persons]),
    gap,
  );
  const rows: ChartRow[] = [];
  const used = { left: new Map<string, number>(), right: new Map<string, number>() };
  const sorted = [...flows].sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to));
  for (const { from, to, persons } of sorted) {
    const a = (left.get(from)?.top ?? 0) + (used.left.get(from) ?? 0);
    const b = (right.get(to)?.top ?? 0) + (used.right.get(to) ?? 0);
    used.left.set(from, (used.left.get(from) ?? 0) + persons);
    used.right.set(to, (used.right.get(to) ?? 0) + persons);
    const tip = `${segmentName(from, lang)} → ${segmentName(to, lang)} ${shownValue(persons, "count")}`;
    for (let step = 0; step < STEPS; step++) {
      const at = step / (STEPS - 1);
      const ease = at * at * (3 - 2 * at);
      const top = a + (b - a) * ease;
      rows.push({
        part: "ribbon",
        id: `${from}-${to}`,
        x: NODE + at * (1 - 2 * NODE),
        x2: null,
        y0: top,
        y1: top + persons,
        color: COLORS[from] ?? "var(--tier-4)",
        tip,
        text: null,
      });
    }
  }
  const narrow = width < 420;
  for (const [side, nodes] of [
    ["left", left],
    ["right", right],
  ] as const) {
    let labelled = -Infinity;
    const height = total + gap * (Math.max(left.size, right.size) - 1);
    for (const [segment, { top, persons }] of nodes) {
      const x = side === "left" ? 0 : 1 - NODE;
      // Of moves that are too few to be shown the ribbons lack some; who stands there is said as everywhere, else not at all.
      const known = counted.get(segment);
      const size = (side === "left" ? known?.previous : known?.persons) ?? (isCut ? null : persons);
      const tip = [segmentName(segment, lang), ...(size === null ? [] : [shownValue(size, "count")])].join(
        " ",
      );
      rows.push({
        part: "node",
        id: `${side}-${segment}`,
        x,
        x2: x + NODE,
        y0: top,
        y1: top + persons,
        color: COLORS[segment] ?? "var(--tier-4)",
        tip,
        text: null,
      });
      const y = Math.max(top + persons / 2, labelled + LABEL * height);
      labelled = y;
      const text = narrow ? segmentName(segment, lang) : tip;
      rows.push({
        part: `label-${side}`,
        id: `${side}-${segment}`,
        x: side === "left" ? 0 : 1,
        x2: null,
        y0: y,
        y1: null,
        color: null,
        tip,
        text,
      });
    }
  }
  return rows;
}

/** The drawing's room left and right is what its labels there need: they are pixels, the axis is not. */
export function flowDomain(rows: readonly ChartRow[], width: number): number[] {
  const room = (side: string) => {
    const texts = rows.flatMap(({ part, text }) => (part === `label-${side}` ? [String(text)] : []));
    return Math.max(0, ...texts.map((text) => textWidth(text, FONT))) + BESIDE;
  };
  const [left, right] = [room("left"), room("right")];
  const drawing = Math.max(80, width - left - right);
  return [-left / drawing, 1 + right / drawing];
}

function stack(
  parts: readonly (readonly [string, number])[],
  gap: number,
): Map<string, { top: number; persons: number }> {
  const sums = new Map<string, number>();
  for (const [segment, persons] of parts) sums.set(segment, (sums.get(segment) ?? 0) + persons);
  const nodes = new Map<string, { top: number; persons: number }>();
  let top = 0;
  for (const [segment, persons] of [...sums].sort(([a], [b]) => place(a) - place(b))) {
    nodes.set(segment, { top, persons });
    top += persons + gap;
  }
  return nodes;
}

function place(segment: string): number {
  return ORDER.includes(segment) ? ORDER.indexOf(segment) : ORDER.length;
}
