import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseConfig, readConfigTables } from "../../src/config.ts";
import { allowedText, both } from "../../src/kit/allowed.ts";
import { UserError } from "../../src/kit/errors.ts";
import { readPlanYaml } from "../../src/kit/plan-yaml.ts";

function refused(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("not refused");
}
const problem = (text: string) => refused(() => parseConfig(text, "fupan.yaml"));

/** Words that only the libraries use of themselves. */
const LIBRARY = /Invalid|expected|Too (small|big)|must |received|pattern|mapping|collection|scalar/i;

/** Where something wrong stands, and what the reader is told of it in both languages. */
const CASES: [string, number, string, string][] = [
  ["segments:\n  newDays: sieben\n", 2, "segments.newDays", "应当是：一个数字"],
  ["segments:\n  newDays: 0.5\n", 2, "segments.newDays", "应当是：一个整数"],
  ["segments:\n  newDays: 0\n", 2, "segments.newDays", "应当是：不小于 1"],
  ["segments:\n  newDays: 4000\n", 2, "segments.newDays", "应当是：不大于 3650"],
  ["segments: 7\n", 1, "segments", "应当是：下面各行缩进的设置（键: 值）"],
  ["community: x\nweekStart: tuesday\n", 2, "weekStart", "应当是：monday、sunday、saturday"],
  ["staff: a\n", 1, "staff", "应当是：一个列表，如 [a, b]"],
  ["staff:\n  - [a]\n", 2, "staff.0", "应当是：一段文字，或一个数字"],
  ["rfm:\n  recency: [1, 2]\n", 2, "rfm.recency", "应当是：正好 4 项"],
  ["retention:\n  messages: soon\n", 2, "retention.messages", "应当是：几个月，如 24 months"],
  ["timezone: Mars/Base\n", 1, "timezone", "应当是：IANA 时区，如 Asia/Shanghai"],
  ["reminders:\n  - robot: a\n", 2, "reminders.0", "应当是：urlEnv 或 urlFile 写一个"],
  ["rules:\n  ACT-01: 5\n", 2, "rules.ACT-01", "应当是：false，或下面各行缩进的设置"],
  ["groups:\n  g1:\n    lexicon:\n      a: 5\n", 4, "groups.g1.lexicon.a", "应当是：一个列表，如 [a, b]"],
  ["lexicon:\n  a: [词, 1]\n", 2, "lexicon.a", "应当是：第 2 项是一段文字"],
  [
    "tables:\n  - id: A B\n    kind: order\n    columns: {}\n",
    2,
    "tables.0.id",
    "应当是：小写字母、数字和 -",
  ],
  ["currency: YUAN\n", 1, "currency", "应当是：正好 3 个字符"],
  ["sop:\n  opens: 25:00\n", 2, "sop.opens", "应当是：一天里的时间，如 08:00"],
  ["community: x\ncommunity: y\n", 2, "", "这个设置写了两次，删掉一个"],
  ["segments:\n\tnewDays: 7\n", 2, "", "缩进要用空格，不能用 Tab"],
  ["community：青禾\ntimezone: Asia/Shanghai\n", 1, "", "冒号要用半角，后面空一格"],
  ["community: [一\n", 2, "", "有括号没有闭合"],
  ['community: "一\n', 2, "", "少了引号、括号或冒号"],
  ["community: 时间: 八点\n", 1, "", "值里有冒号时加引号"],
  ["community: @青禾\n", 1, "", "给它加引号"],
];

describe("a wrong fupan.yaml is told in the reader's language: file, line, key and what to write", () => {
  test.each(CASES)("%j", (text, line, key, words) => {
    const error = problem(text);
    const [zh, en] = [error.in("zh"), error.in("en")];
    expect(zh).toContain(`fupan.yaml 第 ${line} 行`);
    expect(en).toContain(`fupan.yaml line ${line}`);
    for (const told of [zh, en]) {
      expect(told).toContain(key);
      expect(told).not.toMatch(LIBRARY);
    }
    expect(zh).toContain(words);
    expect(en).not.toMatch(/[一-鿿]/);
  });
});

/** Every setting that has a default, by its path. */
function places(value: unknown, path: string[] = []): string[][] {
  const below =
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]))
      : [];
  return [...(path.length > 0 ? [path] : []), ...below];
}

test("whatever is written for whatever setting, no word of a library reaches the reader", () => {
  let told = 0;
  for (const path of places(parseConfig("", "fupan.yaml"))) {
    for (const value of ["sieben", -1, 1e9, true, null, [], [[1]], { nope: 1 }, ""]) {
      const written = path.reduceRight<unknown>((rest, key) => ({ [key]: rest }), value);
      try {
        parseConfig(JSON.stringify(written), "fupan.yaml");
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        told++;
        const where = JSON.stringify(written);
        expect([where, LIBRARY.test(error.in("zh")), LIBRARY.test(error.in("en"))]).toEqual([
          where,
          false,
          false,
        ]);
        expect([where, /[一-鿿]/.test(error.hint?.zh ?? "")]).toEqual([where, true]);
      }
    }
  }
  expect(told).toBeGreaterThan(200);
});

test("so are a column map and a plan", () => {
  const map = refused(() => readConfigTables([{ id: "x", kind: "nothing", columns: {} }], "map.yaml"));
  expect(map.in("zh")).toMatch(/map\.yaml 不是合法的列映射：kind 的值不对\n.*应当是：chat、member/);
  const surplus = refused(() =>
    readConfigTables([{ id: "x", kind: "chat", columns: {}, colums: {} }], "map.yaml"),
  );
  expect(surplus.in("zh")).toMatch(/没有 colums 这个设置\n.*可以写：id、title、kind/);
  const plan = readPlanYaml("version: 1\nsteps:\n  - id: a\n    time: 25:00\n  - id: b\n    colour: red\n");
  expect(plan.problems.map(({ column, allowed }) => [column, allowed?.zh])).toEqual([
    ["time", "一天里的时间，如 20:00"],
    ["colour", expect.stringContaining("没有")],
  ]);
});

test("planted: what no text of ours covers is in the reader's language all the same", () => {
  const { error } = z.string().email().safeParse("x");
  const [issue] = error?.issues ?? [];
  if (!issue) throw new Error("not refused");
  expect(allowedText(issue).zh).toMatch(/[一-鿿]/);
  expect(allowedText({ ...issue, message: both("甲", "one") })).toEqual({ zh: "甲", en: "one" });
});
