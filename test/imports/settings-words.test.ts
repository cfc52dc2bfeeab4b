import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseConfig, readConfigTables } from "../../src/config.ts";
import { allowedText, both } from "../../src/kit/allowed.ts";
import { UserError } from "../../src/kit/errors.ts";
import { readPlanYaml } from "../../src/kit/plan-yaml.ts";
import { CASES } from "./settings-cases.ts";

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
