import { z } from "zod";
import type { Text } from "./say.ts";

/** Between the two languages of a message that a schema carries: zod takes one text. */
const BETWEEN = " · ";

/** What a schema says of a value that it refuses, in both languages. */
export function both(zh: string, en: string): string {
  return `${zh}${BETWEEN}${en}`;
}

const TYPES: Readonly<Record<string, Text>> = {
  string: { zh: "一段文字", en: "a text" },
  number: { zh: "一个数字", en: "a number" },
  int: { zh: "一个整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  null: { zh: "空", en: "nothing" },
  array: { zh: "一个列表，如 [a, b]", en: "a list, such as [a, b]" },
  object: { zh: "下面各行缩进的设置（键: 值）", en: "settings below it, indented (key: value)" },
  record: { zh: "下面各行缩进的设置（键: 值）", en: "settings below it, indented (key: value)" },
};

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

const UNITS: Readonly<Record<string, Text>> = {
  string: { zh: " 个字符", en: " characters" },
  array: { zh: " 项", en: " items" },
};

function amountText(origin: string, isExact: boolean, limit: number, isLeast: boolean): Text {
  const { zh, en } = UNITS[origin] ?? { zh: "", en: "" };
  if (isExact) return { zh: `正好 ${limit}${zh}`, en: `exactly ${limit}${en}` };
  return isLeast
    ? { zh: `不小于 ${limit}${zh}`, en: `at least ${limit}${en}` }
    : { zh: `不大于 ${limit}${zh}`, en: `at most ${limit}${en}` };
}

const chinese = z.locales.zhCN();

/** The library's own words, for what no schema of ours asks for. */
function fromZod(issue: z.core.$ZodIssue): Text {
  const told = chinese.localeError(issue as z.core.$ZodRawIssue);
  return { zh: (typeof told === "string" ? told : told?.message) ?? issue.message, en: issue.message };
}
