import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

it.each([
  ["合计", "o1,2026-11-03 15:04:05,10,\no2,2026-11-03 15:04:05,5,\n合计,,15\n"],
  ['="合计"，中间', 'o1,2026-11-03 15:04:05,10,\n"合计：",10\no2,2026-11-03 15:04:05,5,\n'],
  ["Total", "o1,2026-11-03 15:04:05,10,\no2,2026-11-03 15:04:05,5,\nTotal,15\n"],
])("a row of sums that ends before the header does is no row of the table: %s", async (_what, rows) => {
  const table = `order_id,paid_at,amount,remark\n${rows}`;
  const result = await community.import("orders.csv", table);
  expect(result).toMatchObject({ read: 2, accepted: 2, rejected: 0, issues: [] });
});

const table = (...rows: readonly string[]) => `order_id,paid_at,amount,refunded\n${rows.join("\n")}\n`;
const order = (id: string, amount: string, refunded = "0") =>
  `${id},2026-11-03 15:04:05,${amount},${refunded}`;

it.each([
  ["the rows", [order("o1", "1000.50"), order("o2", "5"), "合计,,1005.50,0"]],
  ["pages and the whole", [order("o1", "10"), "小计,,10,", order("o2", "5"), "小计,,5,", "总计,,15,"]],
  ["pages alone", [order("o1", "10"), "小计：,,10,0", order("o2", "5", "1"), "小计：,,5,1"]],
  ["orders with a row per item", [order("o1", "10"), order("o1", "10"), order("o2", "5"), "合计,,15,0"]],
  ["nothing", [order("o1", "10"), "合计,,,"]],
  ["rows of which one can't be read", [order("o1", "10"), order("o2", "x"), "合计,,15,0"]],
])("a row of sums that is what %s come to is not told of", async (_what, rows) => {
  const { issues, accepted } = await community.import("orders.csv", table(...rows));
  expect(accepted).toBeGreaterThan(0);
  expect(issues.map(({ code }) => code)).not.toContain("sums_disagree");
});

it("one that is not tells that rows may be missing, with its line and column; what is there goes in", async () => {
  const rows = [order("o1", "10"), order("o2", "5", "2"), "合计,,18,2"];
  const result = await community.import("orders.csv", table(...rows));
  expect(result).toMatchObject({ read: 2, accepted: 2, rejected: 0 });
  expect(result.issues.map(({ line, column, code }) => [line, column, code])).toEqual([
    [4, "amount", "sums_disagree"],
  ]);
});

it("one whose word stands beside the sums, and not in front, is compared as well; what has no word is a reject", async () => {
  const rows = [order("o1", "10"), ",合计：,10,0", order("o2", "5"), ",总计,18,0", ",,15,0"];
  const result = await community.import("orders.csv", table(...rows));
  expect(result).toMatchObject({ read: 3, accepted: 2, rejected: 1 });
  expect(result.issues.map(({ line, column, code }) => [line, column, code])).toEqual([
    [6, "order_id", "missing_value"],
    [5, "amount", "sums_disagree"],
  ]);
});

it("a short row that is none still is a reject, and lines behind a row of sums are counted with it", async () => {
  const rows = ["o1,2026-11-03 15:04:05,10,", "合计,10", "o2,2026-11-03", "o3,2026-11-03 15:04:05,x,"];
  const result = await community.import("orders.csv", `order_id,paid_at,amount,remark\n${rows.join("\n")}\n`);
  expect(result).toMatchObject({ read: 3, accepted: 1, rejected: 2 });
  expect(result.issues.map(({ line, code }) => [line, code])).toEqual([
    [4, "missing_columns"],
    [5, "bad_money"],
  ]);
});

it("what stands below a list of people, or between two of them, is nobody", async () => {
  const header = "person_key,name,phone,platform";
  const rows = [
    "m1,阿一,19900000001,小程序",
    header,
    "m2,阿二,,小程序",
    "合计：2,,,",
    "共2人,,,",
    "m3,合计,,小程序",
  ];
  const result = await community.import("contacts.csv", `${header}\n${rows.join("\n")}\nTotal,,2,\n`);
  expect(result).toMatchObject({ read: 3, accepted: 3, rejected: 0 });
  expect(result.notes.map(({ en }) => en)).toEqual([
    "3 rows are notes on the table, such as when it was exported or how many rows it has: not read as rows",
  ]);
  const people = await community.lake((lake) =>
    lake.all("select distinct name from lake.contacts order by name"),
  );
  expect(people.map((row) => row["name"])).toEqual(["合计", "阿一", "阿二"]);
});

it("one with fewer cells than the header is compared as well", async () => {
  const rows = [order("o1", "1000.50"), order("o2", "5")];
  const wrong = await community.import("wrong.csv", table(...rows, '合计,,"1,018.50"'));
  expect(wrong).toMatchObject({ read: 2, accepted: 2, rejected: 0 });
  expect(wrong.issues.map(({ line, column, code }) => [line, column, code])).toEqual([
    [4, "amount", "sums_disagree"],
  ]);
  const right = await community.import("right.csv", table(...rows, '合计,,"1,005.50"'));
  expect(right.issues).toEqual([]);
  const unnamed = await community.import("unnamed.csv", table(...rows, "合计,1018.50"));
  expect(unnamed.issues).toEqual([]);
});
