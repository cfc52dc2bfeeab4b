import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

/* Tables that keep the day in one column and the time of the day in another. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const said = () =>
  community.lake(async (lake) => {
    const rows = await lake.all(
      "select strftime(sent_at, '%Y-%m-%d %H:%M:%S') as at, text, group_id from lake.messages order by sent_at",
    );
    return rows.map(({ at, text, group_id }) => [at, text, group_id].join(" "));
  });

it.each([
  ["日期,时间,发送者,内容", "2026-11-16,20:03:11,小满,在吗"],
  ["时间,日期,发送者,内容", "20:03:11,2026年11月16日,小满,在吗"],
  ["日期,时间,发送者,内容", "2026/11/16,下午 8:03:11,小满,在吗"],
  ["date,time,sender,text", "2026-11-16,8:03:11 PM,小满,在吗"],
])("%s: %s", async (header, row) => {
  const { importer, issues, notes } = await community.import("茶友群.csv", `${header}\n${row}\n`);
  expect([importer, issues]).toEqual(["message-table", []]);
  expect(await said()).toEqual(["2026-11-16 20:03:11 在吗 茶友群"]);
  expect(notes).toEqual([]);
});

it("the same in a workbook", async () => {
  const rows = { 1: ["日期", "时间", "发送者", "内容"], 2: ["2026-11-16", "20:03", "小满", "在吗"] };
  await community.import("茶友群.xlsx", workbook([{ name: "Sheet1", rows }]));
  expect(await said()).toEqual(["2026-11-16 20:03:00 在吗 茶友群"]);
});

it("days and hours that a workbook holds as numbers are one time", async () => {
  const rows = { 1: ["日期", "时间", "发送者", "内容"], 2: [46342, 0.835543981481481, "小满", "在吗"] };
  await community.import("茶友群.xlsx", workbook([{ name: "Sheet1", rows }]));
  expect(await said()).toEqual(["2026-11-16 20:03:11 在吗 茶友群"]);
});

it("a row whose cells are not a day and a time of it is refused, by its line", async () => {
  const { issues, accepted } = await community.import(
    "茶友群.csv",
    `日期,时间,发送者,内容\n${["2026-11-16,20:03:11", "2026-11-16,晚上", ",20:04:00", "2026-11-16,"].map((one, at) => `${one},小满,${at}`).join("\n")}\n`,
  );
  expect(accepted).toBe(1);
  expect(issues.map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, "日期", "bad_time"],
    [4, "日期", "bad_time"],
    [5, "日期", "bad_time"],
  ]);
});

it.each([
  ["two times of which either may be meant", "2026-11-16 20:03:11,2026-11-16 20:04:00"],
  ["a day, and a time with its day", "2026-11-16,2026-11-16 20:04:00"],
  ["days alone", "2026-11-16,2026-11-17"],
])("%s stay a question", async (_what, cells) => {
  await expect(community.import("茶友群.csv", `日期,时间,发送者,内容\n${cells},小满,在吗\n`)).rejects.toThrow(
    /several columns could be sent_at/,
  );
});

it("a calendar's day and hour are one start", async () => {
  const { issues } = await community.import(
    "安排.csv",
    "开始日期,开始时间,类型,名称\n2026-11-08,20:00,直播,双十一\n",
  );
  expect(issues).toEqual([]);
  const [event] = await community.lake((lake) =>
    lake.all("select strftime(starts_at, '%m-%d %H:%M') as at from lake.calendar_events"),
  );
  expect(event).toEqual({ at: "11-08 20:00" });
});

it("traditional headers are the same headers", async () => {
  const { importer, accepted } = await community.import(
    "log.csv",
    "日期,時間,傳送者,內容,群組\n2026-11-16,20:03:11,小滿,在嗎,茶友會\n",
  );
  expect([importer, accepted]).toEqual(["message-table", 1]);
  expect(await said()).toEqual(["2026-11-16 20:03:11 在嗎 茶友會"]);
});
