import type { Text } from "../kit/say.ts";
import type { Cell, Row } from "../warehouse/rows.ts";
import type { RuleHeader } from "./header.ts";

type Unit = RuleHeader["evidence"][string]["unit"];

/** A suggestion's template with the values of its evidence and thresholds. Unknown braces stay as they are. */
export function fill(template: Text, header: Pick<RuleHeader, "evidence">, values: Row): Text {
  const one = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? shown(values[name] ?? null, header.evidence[name]?.unit ?? "number") : whole,
    );
  return { zh: one(template.zh), en: one(template.en) };
}

/** A value of evidence as people read it. Rates are fractions. */
export function shown(value: Cell, unit: Unit): string {
  if (value === null) return "—";
  if (typeof value !== "number") return String(value);
  if (unit === "ratio") return `${round(value * 100, 1)}%`;
  if (unit === "money")
    return `¥${value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  const digits = unit === "number" || unit === "hours" ? 2 : 0;
  // A chance of one in a million is small; it is not nought.
  if (value > 0 && value < 0.005 && digits > 0) return "<0.01";
  return String(round(value, digits));
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** The names in braces of a template. */
export function placeholders(text: Text): string[] {
  return [...`${text.zh} ${text.en}`.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}
