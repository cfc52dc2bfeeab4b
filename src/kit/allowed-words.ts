import type { Text } from "./say.ts";

/** What a value has to be, by the word that the schema has for it. */
export const TYPES: Readonly<Record<string, Text>> = {
  string: { zh: "一段文字", en: "a text" },
  number: { zh: "一个数字", en: "a number" },
  int: { zh: "一个整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  null: { zh: "空", en: "nothing" },
  array: { zh: "一个列表，如 [a, b]", en: "a list, such as [a, b]" },
  object: { zh: "下面各行缩进的设置（键: 值）", en: "settings below it, indented (key: value)" },
  record: { zh: "下面各行缩进的设置（键: 值）", en: "settings below it, indented (key: value)" },
};

const UNITS: Readonly<Record<string, Text>> = {
  string: { zh: " 个字符", en: " characters" },
  array: { zh: " 项", en: " items" },
};

/** So much, so many items or so long a text. */
export function amountText(origin: string, isExact: boolean, limit: number, isLeast: boolean): Text {
  const { zh, en } = UNITS[origin] ?? { zh: "", en: "" };
  if (isExact) return { zh: `正好 ${limit}${zh}`, en: `exactly ${limit}${en}` };
  return isLeast
    ? { zh: `不小于 ${limit}${zh}`, en: `at least ${limit}${en}` }
    : { zh: `不大于 ${limit}${zh}`, en: `at most ${limit}${en}` };
}
