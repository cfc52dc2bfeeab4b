import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

/* Hours of a calendar as people type them: over midnight, in the evening, in a column of their own. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

async function events(content: string | Buffer, name = "活动.csv") {
  const { issues } = await community.import(name, content, { date: "2026" });
  const rows = await community.lake((lake) =>
    lake.all(
      "select strftime(starts_at, '%m-%d %H:%M') as a, strftime(ends_at, '%m-%d %H:%M') as b from lake.calendar_events order by title",
    ),
  );
  return {
    rows: rows.map(({ a, b }) => (b === null ? String(a) : `${a} > ${b}`)),
    told: issues.map(({ line, code }) => [line, code]),
  };
}
const one = (...cells: readonly string[]) =>
  ["活动日期,类型,名称", ...cells.map((cell, at) => `"${cell}",秒杀,${at}`)].join("\n");

it.each([
  ["11月5日 22:00-01:00", "11-05 22:00 > 11-06 01:00"],
  ["11月5日 22:00-次日01:00", "11-05 22:00 > 11-06 01:00"],
  ["11月5日 10:00-次日10:00", "11-05 10:00 > 11-06 10:00"],
  ["11月5日 晚上8点", "11-05 20:00"],
  ["11月5日晚8点半-10点", "11-05 20:30 > 11-05 22:00"],
  ["11月5日 晚上10点-1点", "11-05 22:00 > 11-06 01:00"],
  ["11月5日 晚上20:00", "11-05 20:00"],
  ["11月5日 下午1点-3点", "11-05 13:00 > 11-05 15:00"],
  ["11月5日 中午12点", "11-05 12:00"],
  ["11月5日全天", "11-05 00:00 > 11-05 23:59"],
  ["11月5日 20:00起", "11-05 20:00"],
  ["11月5日\n20:00-22:00", "11-05 20:00 > 11-05 22:00"],
])("%s", async (cell, expected) => {
  expect(await events(one(cell))).toEqual({ rows: [expected], told: [] });
});

it.each([
  ["11月5日-7日 20:00-22:00", "daily_hours"],
  ["周五 20:00", "weekday_only"],
  ["每周五20点", "weekday_only"],
  ["11月5日 20:00-08:00", "ends_before_start"],
  ["11月5日 晚上12点", "bad_time"],
])("%s is refused as %s", async (cell, code) => {
  expect(await events(one(cell))).toEqual({ rows: [], told: [[2, code]] });
});

describe("days and hours in columns of their own", () => {
  it("are one time, with a span of hours, a whole day or nothing in the second", async () => {
    const rows = ["11月5日,20:00-22:00", "11月6日,22:00-01:00", "11月7日,全天", "11月8日,"];
    const table = ["日期,时间,活动类型,活动名称", ...rows.map((row, at) => `${row},秒杀,${at}`)].join("\n");
    expect(await events(table)).toEqual({
      rows: [
        "11-05 20:00 > 11-05 22:00",
        "11-06 22:00 > 11-07 01:00",
        "11-07 00:00 > 11-07 23:59",
        "11-08 00:00 > 11-08 23:59",
      ],
      told: [],
    });
  });

  it("beside the hour of the end, as a workbook keeps them", async () => {
    const rows = {
      1: ["日期", "开始时间", "结束时间", "类型", "活动名称"],
      2: [46_331, 20 / 24, 22 / 24, "秒杀", "a"],
      3: ["", 22 / 24, 1 / 24, "直播", "b"],
    };
    const book = workbook([{ name: "11月", rows, merges: ["A2:A3"] }]);
    expect(await events(book, "活动.xlsx")).toEqual({
      rows: ["11-05 20:00 > 11-05 22:00", "11-05 22:00 > 11-06 01:00"],
      told: [],
    });
  });

  it("a day of its own name goes before one that is called 日期", async () => {
    const table = "日期,开始日期,类型,名称\n2026-10-01,2026-11-05,秒杀,a\n";
    expect((await events(table)).rows).toEqual(["11-05 00:00 > 11-05 23:59"]);
  });
});

it("a list with 日期, 类型 and 名称 is a calendar only where something speaks of events", async () => {
  const table = "日期,类型,名称\n2026-11-05,秒杀,a\n";
  expect((await events(table, "11月活动安排.csv")).rows).toHaveLength(1);
  await expect(community.import("支出.csv", table)).rejects.toThrow(/known format/);
});
