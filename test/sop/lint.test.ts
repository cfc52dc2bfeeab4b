import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lintWords } from "../../pipelines/plans/shared/lint-words.ts";
import { parseConfig } from "../../src/config.ts";
import { readPlanTable } from "../../src/kit/plan-table.ts";
import { type ReadPlan, readPlanYaml } from "../../src/kit/plan-yaml.ts";
import { limitsOf } from "../../src/sop/limits.ts";
import { lint } from "../../src/sop/lint/lint.ts";
import { CASES } from "./lint-cases.ts";

const config = parseConfig("", "fupan.yaml");

function found(read: ReadPlan, groupNames: readonly string[] = []) {
  const limits = limitsOf(config, read.plan?.group_kind);
  return lint("plan", read, { words: lintWords, limits, groupNames });
}
const codes = (text: string, names?: readonly string[]) =>
  found(readPlanYaml(text), names).map(({ code }) => code);

describe("lint", () => {
  it("finds in the handbook's table three conflicts of schedule and two unclear targets, and nothing else", () => {
    const path = new URL("../../fixtures/tables/fupan-plan-table/家居社群SOP.csv", import.meta.url);
    const read = readPlanTable(readFileSync(path, "utf8"));
    const list = found({ ...read, problems: [] });
    expect(list.map(({ line, code }) => [line, code])).toEqual([
      [31, "published_before_audit"],
      [31, "two_days"],
      [32, "two_days"],
      [35, "unclear_target"],
      [36, "unclear_target"],
    ]);
    expect(list.map(({ text }) => text.zh)).toEqual([
      "周三就发布，周四才审核，先审后发",
      "publish 一处写周三，步骤里写周五，请定一个",
      "analyse 一处写周末，步骤里写周五，请定一个",
      "“新增会员每少5%”没写周期，待确认，先不判",
      "“活跃每少增加3%”没写周期，待确认，先不判",
    ]);
    // Rows that could not be read are findings too, each with its line.
    expect(
      found(read)
        .filter(({ code }) => code === "bad_item")
        .map(({ line }) => line),
    ).toEqual([44, 45]);
  });

  it.each(Object.entries(CASES))(
    "%s fires, and stays quiet beside its boundary",
    (code, { fires, quiet, names }) => {
      for (const [nth, plan] of fires.entries()) {
        expect([code, nth, codes(plan, names?.fires)]).toEqual([code, nth, [code]]);
      }
      for (const [nth, plan] of quiet.entries()) {
        expect([code, nth, codes(plan, names?.quiet)]).toEqual([code, nth, []]);
      }
    },
  );

  it("names the line of the step", () => {
    const text =
      "version: 1\nid: x\ntargets: { a: 1 }\nsteps:\n  - id: ok\n    weekday: mon\n    role: a\n    text: 一二三\n  - id: odd\n    role: a\n    text: 四五六\n";
    expect(found(readPlanYaml(text))).toMatchObject([{ line: 9, code: "vague_time" }]);
  });

  it("every check has a case", () => {
    const source = ["schedule", "people", "content", "camp", "table"]
      .map((name) => readFileSync(new URL(`../../src/sop/lint/${name}.ts`, import.meta.url), "utf8"))
      .join("");
    const written = [...source.matchAll(/code: "(\w+)"/g)].map(([, code]) => code ?? "");
    expect(written.length).toBeGreaterThan(20);
    expect(new Set(Object.keys(CASES))).toEqual(new Set(written));
  });
});
