import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Community } from "../support/community.ts";

/* Days without their year in tables of orders and members: 11月3日, as a spreadsheet program shows and saves a day. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const HEADER = "order_id,paid_at,amount,buyer_id";
const table = (...days: readonly string[]) =>
  `${HEADER}\n${days.map((day, at) => `a${at},${day},10,u${at}\n`).join("")}`;

async function paid(name: string, content: string, date?: string) {
  const { issues, notes } = await community.import(name, content, { date });
  const rows = await community.lake((lake) =>
    lake.all("select strftime(paid_at, '%Y-%m-%d %H:%M') as paid from lake.orders order by order_id"),
  );
  return {
    rows: rows.map(({ paid: one }) => one),
    told: issues.map(({ line, column, code }) => [line, column, code]),
    notes: notes.map(({ en }) => en),
  };
}

describe("a day without its year", () => {
  const days = ["11月3日", "11-04 12:00", "11/5 9:30", "11月6号20点30分", "11月7日 下午3:04"];
  const expected = [
    "2026-11-03 00:00",
    "2026-11-04 12:00",
    "2026-11-05 09:30",
    "2026-11-06 20:30",
    "2026-11-07 15:04",
  ];

  it.each([
    ["the file's name", "2026年11月订单.csv", table(...days), undefined],
    ["a title", "订单.csv", `2026年订单,,,\n${table(...days)}`, undefined],
    ["--date", "订单.csv", table(...days), "2026"],
  ])("is of the year that %s states", async (_, name, content, date) => {
    const { rows, told, notes } = await paid(name, content, date);
    expect([rows, told]).toEqual([expected, []]);
    expect(notes.filter((one) => one.startsWith("Days without a year are read as of 2026"))).toHaveLength(1);
  });

  it("is of the year of other rows, unless it is half a year away from them", async () => {
    const { rows, told } = await paid("订单.csv", table("2026-11-02", "11月3日", "3月3日"));
    expect(rows).toEqual(["2026-11-02 00:00", "2026-11-03 00:00"]);
    expect(told).toEqual([[4, "paid_at", "no_year"]]);
  });

  it("is refused where nothing states a year, or two are stated", async () => {
    expect((await paid("订单.csv", table("11月3日"))).told).toEqual([[2, "paid_at", "no_year"]]);
    const { told } = await paid("二.csv", table("2025-12-30", "2026-01-02", "1月3日"));
    expect(told).toEqual([[4, "paid_at", "no_year"]]);
  });

  it("that is no day, or may be a number or a day of 2011, is refused as what it is", async () => {
    const { rows, told } = await paid("2026年订单.csv", table("11月31日", "11.3", "11-3-5", "11月3日"));
    expect(rows).toEqual(["2026-11-03 00:00"]);
    expect(told.map(([line, , code]) => [line, code])).toEqual([
      [2, "bad_time"],
      [3, "bad_time"],
      [4, "time_before_2000"],
    ]);
  });
});

it("members joined on one, too", async () => {
  await community.import("成员.csv", "群名,昵称,成员ID,入群时间\n茶友群,小满,m1,11月3日\n", { date: "2026" });
  const rows = await community.lake((lake) =>
    lake.all("select joined_at::varchar as day from lake.member_snapshots"),
  );
  expect(rows).toEqual([{ day: "2026-11-03 00:00:00" }]);
});
