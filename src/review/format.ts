import { moneySign } from "../kit/money.ts";
import { same } from "../kit/say.ts";
import type { KpiLine, Text } from "./types.ts";

/** Numbers as people read them. A real minus sign; round first, then choose the sign. */
export function shownValue(value: number | null, unit: KpiLine["unit"]): string {
  if (value === null) return "—";
  if (unit === "ratio") return `${(value * 100).toFixed(1)}%`;
  if (unit === "money") return `${moneySign()}${grouped(value, 2)}`;
  return unit === "number" ? small(value) : grouped(value, 0);
}

/** Two decimals, or two digits of what would read 0.00. */
function small(value: number): string {
  const size = Math.abs(value);
  return size > 0 && size < 0.1 ? `${value < 0 ? "−" : ""}${Number(size.toPrecision(2))}` : grouped(value, 2);
}

/** A number of a numerator or denominator: people are whole, time in weeks is not, money is written as money. */
export function shownPart(value: number | null, unit: KpiLine["unit"] = "count"): string {
  if (value === null) return "—";
  return unit === "money" ? shownValue(value, unit) : AT_MOST_HUNDREDTHS.format(value);
}

interface Divided {
  numerator: number | null;
  denominator: number | null;
}

/** What is divided by what. Of an amount it is money by people, or by orders. */
export function shownParts({ numerator, denominator }: Divided, unit: KpiLine["unit"], by = " / "): string {
  return `${shownPart(numerator, unit)}${by}${shownPart(denominator)}`;
}

/** A change: rates in percentage points, counts and money with their sign. */
export function shownDelta(delta: number | null, unit: KpiLine["unit"]): string {
  if (delta === null) return "—";
  const size = unit === "ratio" ? Math.abs(delta * 100) : Math.abs(delta);
  const text =
    unit === "ratio"
      ? `${size.toFixed(1)}pp`
      : unit === "money"
        ? `${moneySign()}${grouped(size, 2)}`
        : grouped(size, unit === "number" ? 2 : 0);
  if (!/[1-9]/.test(text)) return text;
  return `${delta > 0 ? "+" : "−"}${text}`;
}

/** From one figure to another; null where either is unknown. */
export function change(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : now - before;
}

/** What a part adds to a change: rates with two decimals, so that small parts are seen. */
export function shownContribution(value: number, unit: KpiLine["unit"]): string {
  if (unit !== "ratio") return shownDelta(value, unit);
  const text = `${Math.abs(value * 100).toFixed(2)}pp`;
  if (!/[1-9]/.test(text)) return text;
  return `${value > 0 ? "+" : "−"}${text}`;
}

/** A change in words of a sentence: rates in 个百分点, always with its sign; two decimals of what would read 0.0. */
export function shownPoints(delta: number, unit: KpiLine["unit"]): Text {
  if (unit !== "ratio") return same(shownDelta(delta, unit));
  const points = Math.abs(delta * 100);
  const size = points.toFixed(points >= 0.05 || points < 0.005 ? 1 : 2);
  const sign = /[1-9]/.test(size) ? (delta > 0 ? "+" : "−") : "";
  return { zh: `${sign}${size} 个百分点`, en: `${sign}${size} points` };
}

/** Made once: a page writes a thousand numbers, and most of the time of `toLocaleString` is finding its formatter. */
const [WHOLE, HUNDREDTHS] = [0, 2].map(
  (digits) =>
    new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
) as [Intl.NumberFormat, Intl.NumberFormat];
const AT_MOST_HUNDREDTHS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

function grouped(value: number, digits: 0 | 2): string {
  return (digits === 2 ? HUNDREDTHS : WHOLE).format(value).replace("-", "−");
}
