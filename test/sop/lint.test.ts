import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lintWords } from "../../pipelines/plans/shared/lint-words.ts";
import { parseConfig } from "../../src/config.ts";
import { readPlanTable } from "../../src/kit/plan-table.ts";
import { type ReadPlan, readPlanYaml } from "../../src/kit/plan-yaml.ts";
import { limitsOf } from "../../src/sop/limits.ts";
import { acrossPlans } from "../../src/sop/lint/across.ts";
import { lint } from "../../src/sop/lint/lint.ts";
import { CASES } from "./lint-cases.ts";

const config = parseConfig("", "fupan.yaml");

function found(read: ReadPlan, groupNames: readonly string[] = [], own = config) {
  const limits = limitsOf(own, read.plan?.group_kind);
  return lint("plan", read, { words: lintWords, limits, groupNames });
}
const codes = (text: string, names?: readonly string[], sop = "") =>
  found(readPlanYaml(text), names, parseConfig(sop, "fupan.yaml")).map(({ code }) => code);

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
    (code, { fires, quiet, names, sop }) => {
      for (const [nth, plan] of fires.entries()) {
        expect([code, nth, codes(plan, names?.fires, sop)]).toEqual([code, nth, [code]]);
      }
      for (const [nth, plan] of quiet.entries()) {
        expect([code, nth, codes(plan, names?.quiet, sop)]).toEqual([code, nth, []]);
      }
    },
  );

  it("names the line of the step", () => {
    const text =
      "version: 1\nid: x\ntargets: { a: 1 }\nsteps:\n  - id: ok\n    weekday: mon\n    role: a\n    text: 一二三\n  - id: odd\n    role: a\n    text: 四五六\n";
    expect(found(readPlanYaml(text))).toMatchObject([{ line: 9, code: "vague_time" }]);
  });

  it("counts one person's groups over several plans, without naming the person", () => {
    const file = (name: string, groups: string, person: string) => ({
      file: name,
      read: readPlanYaml(
        `version: 1\ngroups: [${groups}]\ncamp: { mode: chat }\nroles:\n  x: { title: 助教, people: [${person}] }\nsteps:\n  - { id: a, weekday: mon, role: x, text: 早 }\n`,
      ),
      limits: limitsOf(config, undefined),
    });
    const across = (...plans: ReturnType<typeof file>[]) => acrossPlans(plans, lintWords);
    const [one, ...more] = across(file("a", "g1, g2", "wxid_p"), file("b", "g2, g3, g4", "wxid_p"));
    expect(more).toEqual([]);
    expect(one).toMatchObject({ file: "b", line: 5, code: "too_many_groups" });
    expect(one?.text.zh).toBe("助教 的同一个人在 2 份计划里一共带 4 个纯聊天群，一人不超过 3 个");
    // Three groups are fine, the same group counts once, other people count apart.
    expect(across(file("a", "g1, g2", "wxid_p"), file("b", "g2, g3", "wxid_p"))).toEqual([]);
    expect(across(file("a", "g1, g2", "wxid_p"), file("b", "g3, g4", "wxid_q"))).toEqual([]);
  });

  it("a changed handbook table is told: the three conflicts are found, not assumed", () => {
    const path = new URL("../../fixtures/tables/fupan-plan-table/家居社群SOP.csv", import.meta.url);
    const table = readFileSync(path, "utf8");
    const list = (text: string) => found({ ...readPlanTable(text), problems: [] }).map(({ code }) => code);
    const conflicts = ["published_before_audit", "two_days", "two_days"];
    expect(list(table).slice(0, 3)).toEqual(conflicts);
    // Each of the lines that conflict, put right, takes its findings away.
    const lines = table.split("\n");
    const mended = (at: number, from: string, to: string) =>
      list(lines.map((line, nth) => (nth === at - 1 ? line.replaceAll(from, to) : line)).join("\n"));
    expect(mended(31, "周三", "周五")).toEqual(["two_days", "unclear_target", "unclear_target"]);
    expect(mended(32, "周末", "周五")).toEqual([
      "published_before_audit",
      "two_days",
      "unclear_target",
      "unclear_target",
    ]);
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
