import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issueText } from "../../src/ingest/issue-texts.ts";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

/* Days of a calendar as people type them: without the year, from and to in one cell, an end that says only what differs. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

type Told = readonly (readonly [number | null, string | null, string])[];

async function events(content: string | Buffer, options: { date?: string; name?: string } = {}) {
  const { name = "安排.csv", date } = options;
  const { issues } = await community.import(name, content, { date });
  const rows = await community.lake((lake) =>
    lake.all(
      "select title, strftime(starts_at, '%Y-%m-%d %H:%M') as a, strftime(ends_at, '%Y-%m-%d %H:%M') as b from lake.calendar_events order by title",
    ),
  );
  const told: Told = issues.map(({ line, column, code }) => [line, column, code]);
  return { rows: rows.map(({ a, b }) => (b === null ? String(a) : `${a} > ${b}`)), told };
}

const one = (...cells: readonly string[]) =>
  ["活动日期,类型,名称", ...cells.map((cell, at) => `${cell},秒杀,${String.fromCharCode(97 + at)}`)].join(
    "\n",
  );
const two = (...cells: readonly (readonly [string, string])[]) =>
  [
    "开始日期,结束日期,类型,名称",
    ...cells.map(([from, to], at) => `${from},${to},秒杀,${String.fromCharCode(97 + at)}`),
  ].join("\n");

describe("a calendar whose cells hold days without their year", () => {
  it.each([
    ["11.1-11.3", "2026-11-01 00:00 > 2026-11-03 23:59"],
    ["11/1~11/11", "2026-11-01 00:00 > 2026-11-11 23:59"],
    ["11月5日", "2026-11-05 00:00 > 2026-11-05 23:59"],
    ["11月5号（周四）", "2026-11-05 00:00 > 2026-11-05 23:59"],
    ["11月5日-7日", "2026-11-05 00:00 > 2026-11-07 23:59"],
    ["11月5日至11月7日", "2026-11-05 00:00 > 2026-11-07 23:59"],
    ["11.5—7", "2026-11-05 00:00 > 2026-11-07 23:59"],
    ["11-5-11-7", "2026-11-05 00:00 > 2026-11-07 23:59"],
    ["11月5日 20:00-22:00", "2026-11-05 20:00 > 2026-11-05 22:00"],
    ["11月5日20点到22点", "2026-11-05 20:00 > 2026-11-05 22:00"],
    ["11/5 20:00 ~ 11/7", "2026-11-05 20:00 > 2026-11-07 23:59"],
    ["１１／５～１１／７", "2026-11-05 00:00 > 2026-11-07 23:59"],
    ["11.15", "2026-11-15 00:00 > 2026-11-15 23:59"],
    ["11/5", "2026-11-05 00:00 > 2026-11-05 23:59"],
    ["12.30-1.2", "2026-12-30 00:00 > 2027-01-02 23:59"],
  ])("%s, with the year in --date", async (cell, expected) => {
    expect(await events(one(cell), { date: "2026" })).toEqual({ rows: [expected], told: [] });
  });

  it.each([
    ["a title above the header", `2026年11月活动安排,,\n${one("11月5日")}`, undefined],
    ["the file's name", one("11月5日"), "2026年活动.csv"],
    ["other rows", one("11月5日", "2026-11-08"), undefined],
    ["the end of the row", two(["11月5日", "2026-11-05"]), undefined],
  ])("takes it from %s", async (_where, content, name) => {
    const { rows, told } = await events(content, name === undefined ? {} : { name });
    expect([rows[0], told]).toEqual(["2026-11-05 00:00 > 2026-11-05 23:59", []]);
  });

  it.each([
    ["nothing states it", one("11.1-11.3"), [[2, "活动日期", "no_year"]]],
    ["other rows are of two years", one("1月5日", "2026-12-08", "2027-01-01"), [[2, "活动日期", "no_year"]]],
    [
      "the title is of a month far off, where the year may have turned",
      `2026年12月活动,,\n${one("1月2日")}`,
      [[3, "活动日期", "no_year"]],
    ],
    [
      "a day of making says nothing",
      `制表 2026年12月30日,,\n${one("12月31日")}`,
      [[3, "活动日期", "no_year"]],
    ],
  ])("refuses it where %s", async (_why, content, expected) => {
    expect((await events(content)).told).toEqual(expected);
  });

  it("says what to write", () => {
    const { zh, en } = issueText("no_year", "starts_at");
    expect(zh).toMatch(/年份.*2026-11-01.*--date 2026/);
    expect(en).toMatch(/year.*2026-11-01.*--date 2026/);
    expect(issueText("unclear_days", "starts_at").zh).toMatch(/2026-11-01 至 2026-11-03/);
  });
});

describe("a range in one cell", () => {
  it.each([
    ["2026.11.1-11.3", "2026-11-01 00:00 > 2026-11-03 23:59"],
    ["2026-11-01~2026-11-03", "2026-11-01 00:00 > 2026-11-03 23:59"],
    ["2026-11-01 至 03", "2026-11-01 00:00 > 2026-11-03 23:59"],
    ["2026年11月1日-3日", "2026-11-01 00:00 > 2026-11-03 23:59"],
    ["2026/12/30-1/2", "2026-12-30 00:00 > 2027-01-02 23:59"],
    ["12月30日-2027年1月2日", "2026-12-30 00:00 > 2027-01-02 23:59"],
    ["2026-11-08 20:00-22:00", "2026-11-08 20:00 > 2026-11-08 22:00"],
    ["2026-11-08 20:00 - 2026-11-09 02:00", "2026-11-08 20:00 > 2026-11-09 02:00"],
    ["2026年11月8日 下午8:00-下午10:00", "2026-11-08 20:00 > 2026-11-08 22:00"],
  ])("%s is from and to", async (cell, expected) => {
    expect(await events(one(cell))).toEqual({ rows: [expected], told: [] });
  });

  it.each([
    ["11-1-3", "unclear_days"],
    ["26-11-01", "unclear_days"],
    // A spreadsheet program makes 11.1 of 11.10.
    ["11.1", "unclear_days"],
    ["11.31-12.2", "bad_time"],
    ["11.5-", "bad_time"],
    ["11月5日-7日 20:00-22:00", "daily_hours"],
    ["11月上旬", "bad_time"],
    ["11.3-11.1", "ends_before_start"],
  ])("%s is refused", async (cell, code) => {
    const { rows, told } = await events(one(cell), { date: "2026" });
    // An end of an earlier month is next year's; within a month it is a slip.
    expect([rows, told.map(([line, , said]) => [line, said])]).toEqual([[], [[2, code]]]);
  });
});

describe("an end that says only what differs from its start", () => {
  it.each([
    [["2026-11-08 20:00", "22:00"], "2026-11-08 20:00 > 2026-11-08 22:00"],
    [["2026-11-10", "11-12"], "2026-11-10 00:00 > 2026-11-12 23:59"],
    [["2026-11-10", "12日"], "2026-11-10 00:00 > 2026-11-12 23:59"],
    [["2026-12-30", "1月2日"], "2026-12-30 00:00 > 2027-01-02 23:59"],
    [["2026-11-10", "11月12日 22点"], "2026-11-10 00:00 > 2026-11-12 22:00"],
  ] as const)("%j", async (cells, expected) => {
    expect(await events(two(cells))).toEqual({ rows: [expected], told: [] });
  });

  it.each([
    [["2026-11-08 12:00", "02:00"], "ends_before_start"],
    [["2026-11-10", "12"], "unclear_days"],
    [["2026-11-10", "11.1"], "unclear_days"],
    [["2026-11-10", "大概三天"], "bad_time"],
    [["2026-11-10至2026-11-12", "2026-11-13"], "unclear_days"],
  ] as const)("%j is refused: %s", async (cells, code) => {
    const { rows, told } = await events(two(cells));
    expect([rows, told]).toEqual([[], [[2, code === "ends_before_start" ? "ends_at" : "结束日期", code]]]);
  });
});

it("days and hours that a workbook holds as numbers state the year, and an end", async () => {
  const book = workbook([
    {
      name: "Sheet1",
      rows: {
        1: ["开始日期", "结束日期", "类型", "名称"],
        2: [46334.8333333333, 0.916666666666667, "直播", "a"],
        3: ["11月10日-12日", "", "团购", "b"],
      },
    },
  ]);
  expect(await events(book, { name: "安排.xlsx" })).toEqual({
    rows: ["2026-11-08 20:00 > 2026-11-08 22:00", "2026-11-10 00:00 > 2026-11-12 23:59"],
    told: [],
  });
});

it("the same in a table of one's own and in ours", async () => {
  expect(await events("start,type,title\n2026-11-01~11-03,live,a\n", { name: "calendar.csv" })).toEqual({
    rows: ["2026-11-01 00:00 > 2026-11-03 23:59"],
    told: [],
  });
});
