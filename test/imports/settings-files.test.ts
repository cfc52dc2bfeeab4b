import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { mapped } from "../../src/commands/import.ts";
import { readConfig } from "../../src/config.ts";
import { UserError } from "../../src/kit/errors.ts";
import { readPlanYaml } from "../../src/kit/plan-yaml.ts";
import { ALLOWED, FORBIDDEN, LET_PASS, OPEN } from "./json-values.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fupan-settings-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What YAML knows and JSON does not. */
const YAML: Readonly<Record<string, string>> = {
  "an alias of nothing": "*nothing",
  "aliases of aliases": `{${["a: &a [x,x,x,x,x,x,x,x,x]", ..."bcdefgh".split("").map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[at]}`).join(",")}]`)].join(", ")}}`,
  "a tag of nobody": "!!js/function 'x'",
  "an open quote": '"abc',
  "a merge key": "{<<: {a: 1}}",
  "a date": "2026-11-16",
};
const VALUES = { ...ALLOWED, ...OPEN, ...FORBIDDEN, ...LET_PASS, ...YAML };
const MAP = { id: '"tea"', kind: '"order"', columns: '{"order_id":"单号","paid_at":"付款","amount":"实付"}' };
const PLAN = {
  version: '"V1"',
  id: '"p"',
  title: '"计划"',
  group_kind: '"retail"',
  steps: '[{"id":"s1","time":"09:00","text":"早"}]',
};
const CONFIG = { community: '"茶友"', timezone: '"Asia/Shanghai"', targets: '{"activity_rate":0.3}' };

const sound = (fields: Readonly<Record<string, string>>) =>
  `{${Object.entries(fields)
    .map(([key, text]) => `"${key}": ${text}`)
    .join(", ")}}`;

/** A file that is the value alone, and files in which one key after the other has it. */
function filesWith(base: Readonly<Record<string, string>>, value: string): string[] {
  const each = Object.keys(base).map((key) => sound({ ...base, [key]: value }));
  return [value, ...each, sound({ ...base, surplus: value }), sound({ ...base, ["__proto__"]: value })];
}

/** Reads it, or says in both languages what is wrong with which file; anything else is a bug. */
function outcome(read: () => unknown): "read" | "refused" {
  try {
    read();
    return "read";
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    const { text } = error as UserError;
    expect(text.zh).toContain(folder);
    expect(text.en).toContain(folder);
    return "refused";
  }
}

test.each([
  ["a column map", MAP, (path: string) => mapped(path, importers)],
  ["fupan.yaml", CONFIG, readConfig],
])("%s is read or refused in words, whatever stands in it", (_what, base, read) => {
  const path = join(folder, "settings.yaml");
  const seen = { read: 0, refused: 0 };
  writeFileSync(path, sound(base));
  expect(outcome(() => read(path))).toBe("read");
  for (const [what, value] of Object.entries(VALUES)) {
    for (const text of filesWith(base, value)) {
      writeFileSync(path, text);
      const found = outcome(() => read(path));
      seen[found]++;
      if (what === "a bracket too many" || what === "an open quote")
        expect([text, found]).toEqual([text, "refused"]);
    }
  }
  expect(seen.refused).toBeGreaterThan(200);
});

test("a plan is read, or has problems with their lines, whatever stands in it", () => {
  const whole = readPlanYaml(sound(PLAN));
  expect([whole.steps.length, whole.problems]).toEqual([1, []]);
  let problems = 0;
  for (const [what, value] of Object.entries(VALUES)) {
    for (const text of filesWith(PLAN, value)) {
      const read = readPlanYaml(text);
      const where = `${what}: ${text.slice(0, 200)}`;
      problems += read.problems.length;
      // What is not a plan has a problem, and each step is one of the plan or told.
      expect([where, read.plan !== undefined || read.problems.length > 0]).toEqual([where, true]);
      for (const { line, sample } of read.problems)
        expect([where, line >= 1, typeof sample]).toEqual([where, true, "string"]);
    }
  }
  expect(problems).toBeGreaterThan(200);
});
