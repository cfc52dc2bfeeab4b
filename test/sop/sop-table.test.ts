import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/kit/errors.ts";
import { whenCell } from "../../src/kit/sop-when.ts";
import { readPlanFile } from "../../src/sop/read-file.ts";
import { Community, csv } from "../support/community.ts";

/* Timetables of messages as operators keep them, without 栏目 and 编号. */
describe("a day", () => {
  it.each([
    ["第1天", { since: "camp_start" }, 1, ""],
    ["D2 20:00", { since: "camp_start" }, 2, "20:00"],
    ["3", { since: "camp_start" }, 3, ""],
    ["D-1", { since: "camp_start" }, -1, ""],
    ["第2天早上9点", { since: "camp_start" }, 2, "早上9点"],
    ["入群第2天", { since: "member_join" }, 2, ""],
    ["入群当天 9:30", { since: "member_join", day: 0 }, undefined, "9:30"],
    ["开营前1天", { since: "camp_start", day: -1 }, undefined, ""],
    ["建群后2天 20点", { since: "group_created", day: 2 }, undefined, "20点"],
    ["入群后10分钟", { since: "member_join", after: "10m" }, undefined, ""],
    ["每周一三五 20:00", { weekday: ["mon", "wed", "fri"] }, undefined, "20:00"],
    ["周一9点", { weekday: "mon" }, undefined, "9点"],
    ["每天", { weekday: "daily" }, undefined, ""],
    ["2026年11月5日 20:00", { date: "2026-11-05" }, undefined, "20:00"],
    ["2026/11/5", { date: "2026-11-05" }, undefined, ""],
  ])("%s", (cell, at, counted, rest) => {
    expect(whenCell(cell)).toEqual({ at, ...(counted === undefined ? {} : { counted }), rest });
  });

  it.each(["尽快", "11月5日", "1-3", "20:00", "第一次", ""])("%s is none", (cell) => {
    expect(whenCell(cell)).toBeUndefined();
  });
});

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const HEADER = "天数,时间,动作,话术,负责人";
const rows = "第1天,9:00,欢迎,大家好,小满\n第2天,20:00,接龙,今晚接龙,阿青\n";
const steps = () =>
  community.lake(async (lake) => {
    const all = await lake.all(
      "select groups[1].id as to_group, group_kind, starts_on, step_id, day, time from lake.plan_steps order by all",
    );
    return all.map((one) =>
      Object.values(one).map((cell) => (cell === null ? "" : String(cell).slice(0, 10))),
    );
  });

describe("a timetable", () => {
  it("counts from the day that the file's name or --date says it begins, and tells", async () => {
    const { importer, notes } = await community.import("茶友群SOP 2026-11-09开营.csv", `${HEADER}\n${rows}`);
    expect(importer).toBe("sop-table");
    expect(notes.map(({ zh }) => zh)).toEqual([
      "步骤按行编号为 1、2、3……；这份计划给：茶友群（不对就撤销，再用 --group 说明）",
      "第1天就是开始那天：2026-11-09",
    ]);
    expect(await steps()).toEqual([
      ["茶友群", "", "2026-11-09", "1", "0", "09:00"],
      ["茶友群", "", "2026-11-09", "2", "1", "20:00"],
    ]);
  });

  it("says where to write the day it begins: one in the file's name may be any", async () => {
    const table = `${HEADER}\n第0天,9:00,欢迎,大家好,小满\n${rows}`;
    const { notes } = await community.import("茶友群SOP 2026-11-20.csv", table);
    expect(notes.at(-1)?.zh).toContain("第0天是开始那天；没有写是哪一天");
    expect((await steps()).map(([, , start, , day]) => [start, day])).toEqual([
      ["", "0"],
      ["", "1"],
      ["", "2"],
    ]);
    await community.import("茶友群SOP.csv", table, { date: "2026-11-09" });
    expect((await steps()).filter(([, , start]) => start === "2026-11-09")).toHaveLength(3);
  });

  it.each([
    ["x.csv", `茶友群 SOP,,,,\n${HEADER}\n${rows}`, undefined, "茶友群"],
    ["x.csv", `${HEADER}\n${rows}`, "g1", "g1"],
    ["x.csv", `${HEADER},群\n${rows.replaceAll(/(小满|阿青)$/gm, "$1,早餐群")}`, undefined, "早餐群"],
  ])("%s is for the group that is said: %#", async (name, content, group, expected) => {
    await community.import(name, content, group === undefined ? {} : { group });
    expect((await steps()).map(([to]) => to)).toEqual([expected, expected]);
  });

  it("is for a kind of groups where a column says so", async () => {
    await community.import("x.csv", `${HEADER},群类型\n${rows.replaceAll(/(小满|阿青)$/gm, "$1,卖货群")}`);
    expect((await steps()).map(([, kind]) => kind)).toEqual(["卖货群", "卖货群"]);
  });

  it.each(["x.csv", "社群SOP.csv"])("asks which group it is for: %s", async (name) => {
    const error = await community.import(name, `${HEADER}\n${rows}`).catch((thrown: unknown) => thrown);
    if (!(error instanceof UserError)) throw new Error("the file was taken");
    expect(error.in("zh")).toMatch(/看不出这份 SOP 给哪个群[\s\S]*--group/);
  });

  it("refuses row by row what names no day or no time, and what may be two days", async () => {
    const refused = async (...more: readonly string[]) => {
      const { issues } = await community.import(`${more.length}.csv`, `${HEADER}\n${more.join("\n")}\n`, {
        group: "g1",
      });
      return issues.map(({ line, code }) => [line, code]);
    };
    expect(
      await refused("第1天,9:00,a,早,", "尽快,9:00,b,早,", ",9:00,c,早,", "周末见,,d,早,", "D2,饭后,e,早,"),
    ).toEqual([
      [3, "no_plan_day"],
      [4, "no_plan_day"],
      [5, "no_plan_day"],
      [6, "bad_plan"],
    ]);
    expect(await refused("D-1,9:00,a,早,", "D1,9:00,b,早,")).toEqual([[3, "open_plan_day"]]);
  });

  it("is matched with what the group was sent", async () => {
    const said = (sent_at: string, text: string) => ({
      group_id: "g1",
      group_name: "茶友群",
      sender_id: "s",
      sent_at,
      text,
    });
    await community.import(
      "messages.csv",
      csv([said("2026-11-09 09:00:00", "大家好"), said("2026-11-12 09:00:00", "早")]),
    );
    await community.import("茶友群SOP 2026-11-09开营.csv", `${HEADER}\n${rows}`);
    await community.build("2026-11-16T00:00:00");
    const due = await community.query(
      "select step_id, strftime(due_at, '%m-%d') as day from marts.sop_steps_due order by step_id",
    );
    expect(due).toEqual([
      { step_id: "1", day: "11-09" },
      { step_id: "2", day: "11-10" },
    ]);
  });

  it("is none that can be checked line by line, and it is said what to do", async () => {
    const path = join(community.root, "茶友群SOP.csv");
    writeFileSync(path, `${HEADER}\n${rows}`);
    const error = await readPlanFile(path, community.workspace.scratch).catch((thrown: unknown) => thrown);
    if (!(error instanceof UserError)) throw new Error("the file was taken");
    expect(error.in("zh")).toMatch(/没有“栏目”和“编号”两列[\s\S]*fupan import/);
  });
});
