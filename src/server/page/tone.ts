import { shownDelta } from "../../review/format.ts";
import type { KpiLine } from "../../review/types.ts";

type Change = Pick<KpiLine, "delta" | "verdict"> & { good?: KpiLine["good"] };

/** The class carries direction and judgement, so that a colour scheme may follow either; noise is always grey. */
export function deltaClass({ delta, verdict }: Change): string {
  if (delta === null || delta === 0 || (verdict !== "better" && verdict !== "worse")) return "d-flat";
  return `d-${delta > 0 ? "up" : "down"}-${verdict === "better" ? "good" : "bad"}`;
}

/** The arrow is the direction and nothing else. */
export function arrow(delta: number | null): string {
  if (delta === null || delta === 0) return "■";
  return delta > 0 ? "▲" : "▼";
}

/** A change in figures, its direction as the arrow; what rounds to nothing has none. */
export function shownMove(delta: number, unit: KpiLine["unit"]): string {
  const shown = shownDelta(delta, unit);
  const size = shown.replace(/^[+−]/, "");
  return `${size === shown ? "■" : arrow(delta)} ${size}`;
}

/** CSS variable of a change, for charts. */
export function deltaColor(change: Change): string {
  const name = deltaClass(change).slice(2);
  return name === "flat" ? "var(--bar-total)" : `var(--${name})`;
}

/** CSS variable of a part of a change that is beyond noise as a whole: by its own direction. */
export function arrowColor(delta: number, good: KpiLine["good"]): string {
  if (delta === 0 || good === null) return "var(--bar-total)";
  const direction = delta > 0 ? "up" : "down";
  return `var(--${direction}-${direction === good ? "good" : "bad"})`;
}
