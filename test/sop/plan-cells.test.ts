import { describe, expect, it } from "vitest";
import { readPlanTable } from "../../src/kit/plan-table.ts";

/* Cells of a plan as operators type them, and as a workbook keeps what they typed. */
const read = (header: string, ...rows: readonly string[]) =>
  readPlanTable(`栏目,编号,任务,内容,${header}\n计划,版本,,1\n${rows.join("\n")}\n`);
const step = (header: string, cell: string) => {
  const { steps, problems } = read(header, `步骤,a,发布,早,${cell}`);
  return { step: steps[0]?.step, problems: problems.map(({ line, column }) => [line, column]) };
};

describe("a time", () => {
  it.each([
    ["09:30", "09:30"],
    ["9:30:00", "09:30"],
    ["9：30", "09:30"],
    ["0.395833333333333", "09:30"],
    ["早上9点", "09:00"],
    ["早9点半", "09:30"],
    ["晚上8点15分", "20:15"],
    ["下午3:20", "15:20"],
    ["中午12点", "12:00"],
    ["中午1点", "13:00"],
    ["20点整", "20:00"],
    ["8:30 PM", "20:30"],
    ["凌晨12:10", "00:10"],
  ])("%s is %s", (cell, time) => {
    expect(step("时间", cell)).toMatchObject({ step: { time }, problems: [] });
  });

  it.each([
    ["9:30-10:00", "09:30", 30],
    ["晚上8点~10点", "20:00", 120],
    ["22:00至01:00", "22:00", 180],
  ])("%s lasts", (cell, time, minutes) => {
    expect(step("时间", cell)).toMatchObject({ step: { time, minutes }, problems: [] });
  });

  it.each(["晚上12点", "9.30", "25:00", "9:75", "饭后", "9点-饭后", "1"])("%s is told of", (cell) => {
    expect(step("时间", cell)).toEqual({ step: undefined, problems: [[3, "time"]] });
  });

  it("an hour that stands for itself keeps its own length", () => {
    const { steps } = read("时间,时长分钟", "步骤,a,发布,早,9:30-10:00,45分钟");
    expect(steps[0]?.step).toMatchObject({ time: "09:30", minutes: 45 });
  });
});

describe("a day", () => {
  it.each([
    ["日期", "2026/11/5", { date: "2026-11-05" }],
    ["日期", "2026年11月5日", { date: "2026-11-05" }],
    ["日期", "46331", { date: "2026-11-05" }],
    ["星期", "每周一、三、五", { weekday: ["mon", "wed", "fri"] }],
    ["星期", "周一三五", { weekday: ["mon", "wed", "fri"] }],
    ["星期", "周一至周五", { weekday: ["mon", "tue", "wed", "thu", "fri"] }],
    ["星期", "周六-周一", { weekday: ["sat", "sun", "mon"] }],
    ["星期", "周1/周天", { weekday: ["mon", "sun"] }],
    ["星期", "星期日", { weekday: "sun" }],
    ["星期", "每天", { weekday: "daily" }],
    ["延后", "10分钟后", { after: "10m" }],
    ["延后", "2小时", { after: "2h" }],
  ])("%s %s", (header, cell, expected) => {
    const { step: found, problems } = step(header, `"${cell}"`);
    expect(problems).toEqual([]);
    expect(found).toMatchObject(expected);
  });

  // Counted from 1904, as some workbooks do, that would be 2022.
  it.each([
    ["日期", "11月5日"],
    ["日期", "44869"],
    ["星期", "周一到周八"],
  ])("%s %s is told of", (header, cell) => {
    expect(step(header, cell).step).toBeUndefined();
  });

  it("D1 is the second day where the table has a D0, and told of where it has none", () => {
    const rows = ["步骤,a,发布,早,D1", "步骤,b,发布,早,第2天", "步骤,c,发布,早,3"];
    const open = read("第几天", ...rows);
    expect(open.steps.map(({ step: one }) => one.day)).toEqual([3]);
    expect(open.problems.map(({ line, column, allowed }) => [line, column, allowed?.en.slice(0, 8)])).toEqual(
      [
        [3, "day", "a number"],
        [4, "day", "a number"],
      ],
    );
    const settled = read(
      "第几天",
      ...rows,
      "步骤,d,发布,早,D0",
      "阶段,开课,,,D1-D3",
      "阶段,转化,,,第4天到第6天",
    );
    expect(settled.problems).toEqual([]);
    expect(settled.steps.map(({ step: one }) => one.day)).toEqual([1, 2, 3, 0]);
    expect(settled.plan?.phases).toEqual([
      { id: "开课", from: 1, to: 3 },
      { id: "转化", from: 4, to: 6 },
    ]);
  });

  it("a phase whose days can't be read is told of", () => {
    const { problems } = read("第几天", "阶段,开课,,,前三天");
    expect(problems.map(({ line, column }) => [line, column])).toEqual([[3, "day"]]);
  });
});

it("several groups and days of the head are read, and columns that name nothing are told of", () => {
  const { plan, unused, problems } = readPlanTable(
    "栏目,编号,任务,内容,负责部门\n计划,版本,,1,\n计划,开始日期,,46331,\n计划,群,,早餐群、厨房群；茶、咖啡 @ 2026/11/7,\n",
  );
  expect(problems).toEqual([]);
  expect(plan).toMatchObject({
    start: "2026-11-05",
    groups: ["早餐群", "厨房群", { id: "茶、咖啡", start: "2026-11-07" }],
  });
  expect(unused).toEqual(["负责部门"]);
});
