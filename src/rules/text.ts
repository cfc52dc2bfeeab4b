import { moneySign } from "../kit/money.ts";
import type { Lang, Text } from "../kit/say.ts";
import type { Cell, Row } from "../warehouse/rows.ts";
import type { RuleHeader } from "./header.ts";

type Unit = RuleHeader["evidence"][string]["unit"];

const PLURAL = /\{(\w+)\?([^:}]*):([^}]*)\}/g;
const NO_DATA: Text = { zh: "没有数据", en: "no data" };

/**
 * A suggestion's template with the values of its evidence and thresholds. Hours and minutes bring their unit along, since
 * which one reads better depends on the value; `{n?was:were}` is the first word where it is one. Unknown braces stay as
 * they are; a value that is missing is told by what the rule says of it.
 */
export function fill(
  template: Text,
  header: Pick<RuleHeader, "evidence"> & Partial<Pick<RuleHeader, "without">>,
  values: Row,
): Text {
  const one = (lang: Lang) =>
    template[lang]
      .replace(PLURAL, (whole, name: string, single: string, more: string) => {
        if (!(name in values)) return whole;
        return values[name] === 1 ? single : more;
      })
      .replace(/\{(\w+)\}/g, (whole, name: string) => {
        if (!(name in values)) return whole;
        const value = values[name] ?? null;
        if (value === null) return (header.without?.[name] ?? NO_DATA)[lang];
        const unit = header.evidence[name]?.unit ?? "number";
        return (unit === "days" ? null : shownSpan(value, unit, lang)) ?? shown(value, unit);
      });
  return { zh: one("zh"), en: one("en") };
}

/** A value of evidence as people read it. Rates are fractions. */
export function shown(value: Cell, unit: Unit): string {
  if (value === null) return "—";
  if (typeof value !== "number") return String(value);
  if (unit === "ratio") return `${round(value * 100, 1)}%`;
  if (unit === "money")
    return `${moneySign()}${value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  const digits = unit === "number" || unit === "hours" ? 2 : 0;
  // A chance of one in a million is small; it is not nought.
  if (value > 0 && value < 0.005 && digits > 0) return "<0.01";
  return String(round(value, digits));
}

const SPANS: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  days: { zh: "天", en: "day" },
  hours: { zh: "小时", en: "hour" },
  minutes: { zh: "分钟", en: "minute" },
};

/** A length of time as people say it: nobody says 0.69 hours, nor 1440 minutes. Null where it is none. */
export function shownSpan(value: Cell, unit: Unit, lang: Lang): string | null {
  if (typeof value !== "number" || !(unit in SPANS)) return null;
  const minutes = unit === "hours" ? value * 60 : value;
  if (unit !== "days" && minutes > 0 && minutes < 1) return lang === "zh" ? "不到 1 分钟" : "under a minute";
  const read = unit === "days" ? unit : minutes < (unit === "hours" ? 60 : 120) ? "minutes" : "hours";
  const figure = read === "hours" ? round(minutes / 60, 1) : round(read === "days" ? value : minutes, 0);
  const word = SPANS[read]?.[lang] ?? "";
  return `${figure} ${word}${lang === "en" && figure !== 1 ? "s" : ""}`;
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** The names in braces of a template. */
export function placeholders(text: Text): string[] {
  return [...`${text.zh} ${text.en}`.matchAll(/\{(\w+)(?:\?[^}]*)?\}/g)].map(([, name = ""]) => name);
}
