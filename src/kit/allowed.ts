import { z } from "zod";
import { amountText, TYPES } from "./allowed-words.ts";
import type { Text } from "./say.ts";

/** Between the two languages of a message that a schema carries: zod takes one text. */
const BETWEEN = " · ";

/** What a schema says of a value that it refuses, in both languages. */
export function both(zh: string, en: string): string {
  return `${zh}${BETWEEN}${en}`;
}

/** What would have been allowed, to end a sentence with. */
export function allowedText(issue: z.core.$ZodIssue): Text {
  const [zh, en] = issue.message.split(BETWEEN);
  if (zh !== undefined && en !== undefined) return { zh, en };
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? fromZod(issue);
    case "invalid_value":
      return { zh: issue.values.join("、"), en: issue.values.join(", ") };
    case "invalid_union":
      return unionText(issue.errors);
    case "too_small":
      return amountText(issue.origin, issue.exact ?? false, Number(issue.minimum), true);
    case "too_big":
      return amountText(issue.origin, issue.exact ?? false, Number(issue.maximum), false);
    default:
      return fromZod(issue);
  }
}

const OF_ANOTHER_KIND: ReadonlySet<z.core.$ZodIssue["code"]> = new Set(["invalid_type", "invalid_value"]);

/** The ways that a value may take, each once. One that fits in kind says what is wrong within it. */
function unionText(ways: readonly (readonly z.core.$ZodIssue[])[]): Text {
  const nearer = ways.filter(
    ([first]) => first && (first.path.length > 0 || !OF_ANOTHER_KIND.has(first.code)),
  );
  const texts = (nearer.length > 0 ? nearer : ways).flatMap(([first]) => (first ? [placed(first)] : []));
  const one = (lang: keyof Text) => [...new Set(texts.map((text) => text[lang]))];
  return { zh: one("zh").join("，或"), en: one("en").join(", or ") };
}

/** A way is tried as a whole: which of its items or settings is wrong stands in its own path. */
function placed(issue: z.core.$ZodIssue): Text {
  const { zh, en } = allowedText(issue);
  if (issue.path.length === 0) return { zh, en };
  const [first] = issue.path;
  const inside = issue.path.join(".");
  return typeof first === "number" && issue.path.length === 1
    ? { zh: `第 ${first + 1} 项是${zh}`, en: `item ${first + 1} ${en}` }
    : { zh: `${inside} 是${zh}`, en: `${inside} ${en}` };
}

const chinese = z.locales.zhCN();

/** The library's own words, for what no schema of ours asks for. */
function fromZod(issue: z.core.$ZodIssue): Text {
  const told = chinese.localeError(issue as z.core.$ZodRawIssue);
  return { zh: (typeof told === "string" ? told : told?.message) ?? issue.message, en: issue.message };
}
