import { createContext, Script } from "node:vm";
import { type AST, parseRegExpLiteral } from "@eslint-community/regexpp";

/** What a pattern is tried on: a beginning it likes, something to repeat, an end that makes it fail. */
export interface Attack {
  prefix: string;
  pump: string;
  suffix: string;
}

/** Characters that patterns of ours know, tried where a class or a dot stands. */
const TRIED = [
  " ",
  "a",
  "A",
  "0",
  "-",
  ".",
  "\\",
  '"',
  "<",
  ">",
  "[",
  ":",
  "：",
  "/",
  "@",
  "，",
  "群",
  "\n",
  "\t",
  "_",
  "]",
  "\u3000",
];
const SUFFIXES = ["\u0000", "!\n"];

/** Strings made from the pattern itself, for each of its unbounded repetitions. */
export function attacks(literal: string): Attack[] {
  const { pattern, flags } = parseRegExpLiteral(literal);
  const matches = (one: AST.Element, char: string) =>
    one.type !== "Backreference" && new RegExp(`^(?:${one.raw})$`, flags.raw.replace(/[gy]/g, "")).test(char);
  const fits = (one: AST.Element) => TRIED.filter((char) => matches(one, char));
  const sampleOf = (node: AST.Element | AST.Alternative, wanted: string): string => {
    switch (node.type) {
      case "Character":
        return String.fromCodePoint(node.value);
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        return matches(node, wanted) ? wanted : (fits(node)[0] ?? "a");
      case "Quantifier":
        return sampleOf(node.element, wanted).repeat(Math.max(node.min, node.max > 0 ? 1 : 0));
      case "Group":
      case "CapturingGroup":
        return sampleOf(node.alternatives[0] as AST.Alternative, wanted);
      case "Alternative":
        return node.elements.map((one) => sampleOf(one, wanted)).join("");
      default:
        return "";
    }
  };
  const found: Attack[] = [];
  const walk = (alternative: AST.Alternative, before: string): void => {
    let prefix = before;
    for (const element of alternative.elements) {
      const inner = element.type === "Quantifier" ? element.element : element;
      if (element.type === "Quantifier" && element.max === Number.POSITIVE_INFINITY) {
        const chars = inner.type === "Group" || inner.type === "CapturingGroup" ? TRIED : fits(inner);
        const pumps = new Set(chars.slice(0, 4).map((char) => sampleOf(inner, char)));
        for (const pump of pumps)
          if (pump !== "") found.push(...SUFFIXES.map((suffix) => ({ prefix, pump, suffix })));
        // The whole beginning over and over: a search that starts anew at each.
        if (prefix !== "") found.push({ prefix: "", pump: prefix, suffix: "\u0000" });
      }
      if ("alternatives" in inner)
        for (const one of inner.alternatives) if (one.type === "Alternative") walk(one, prefix);
      prefix += sampleOf(element, "a");
    }
  };
  for (const alternative of pattern.alternatives) walk(alternative, "");
  return found;
}

const search = new Script(
  "pattern.lastIndex = 0; while (pattern.exec(text) && pattern.global && pattern.lastIndex < text.length);",
);

const sandbox = createContext({});

/** Milliseconds of a complete search of a text; `limit` when it was ended there. */
export function searchMs(pattern: RegExp, text: string, limit: number): number {
  const began = performance.now();
  try {
    Object.assign(sandbox, { pattern, text });
    search.runInContext(sandbox, { timeout: limit });
    return performance.now() - began;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return limit;
    throw error;
  }
}
