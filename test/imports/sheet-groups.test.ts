import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { rejectsFile } from "../../src/server/imports/rejects.ts";
import { Community } from "../support/community.ts";
import { type Sheet, workbook } from "../support/workbook.ts";

/* A workbook with a sheet per group and no column for it: member lists, chats and group orders as operators keep them. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const HEAD = ["成员ID", "群昵称", "入群时间"];
const member = (id: string) => [id, `昵称${id}`, "2026-11-03 09:00:00"];
const table = (name: string, ...rows: (string | number)[][]): Sheet => ({
  name,
  rows: Object.fromEntries(rows.map((row, at) => [at + 1, row])),
});
const sheet = (name: string, ...rows: (string | number)[][]) => table(name, HEAD, ...rows);
const groups = async () => {
  const rows = await community.lake((lake) =>
    lake.all("select group_id, count(*)::int as n from lake.member_snapshots group by all order by all"),
  );
  return Object.fromEntries(rows.map(({ group_id, n }) => [group_id, n]));
};
const said = ({ notes }: { notes: { zh: string; en: string }[] }) =>
  notes.map(({ zh, en }) => `${zh}\n${en}`).join("\n");

describe("the sheet's name is the group where the rows name none", () => {
  it("of members, below a title and in short rows too, and that is told", async () => {
    const titled: Sheet = {
      name: "水果二群",
      merges: ["A1:D1"],
      rows: { 1: ["水果二群名单"], 3: HEAD, 4: member("m3"), 5: ["m4"], 7: ["共 2 人"] },
    };
    const book = workbook([sheet("草莓一群", member("m1"), member("m2"), member("m3")), titled]);
    const result = await community.import("名单.xlsx", book);
    expect(result).toMatchObject({ importer: "member-table", read: 5, accepted: 5, rejected: 0 });
    expect(await groups()).toEqual({ 水果二群: 2, 草莓一群: 3 });
    expect(said(result)).toMatch(/工作表名当作群名：草莓一群、水果二群/);
    expect(said(result)).toMatch(/the name of the sheet was taken as the group: 草莓一群, 水果二群/);
  });

  it("of accounts and of messages", async () => {
    const head = ["群昵称", "微信号"];
    const accounts = [table("花友 A", head, ["小满", "wx1"]), table("花友 B", head, ["小满", "wx1"])];
    expect(await community.import("微信.xlsx", workbook(accounts))).toMatchObject({
      importer: "wechat-group-members",
      groups: ["花友 A", "花友 B"],
    });
    const chat = ["时间", "发送者", "内容"];
    const logs = [
      table("花友 A", chat, ["2026-11-03 09:00", "小满", "早"]),
      table("花友 B", chat, ["2026-11-03 09:00", "小满", "早"]),
    ];
    expect(await community.import("聊天.xlsx", workbook(logs))).toMatchObject({
      importer: "message-table",
      accepted: 2,
      groups: ["花友 A", "花友 B"],
    });
  });

  it("and a cell that is wrong is still named by its sheet and row, and comes back with its group", async () => {
    const bad = ["m9", "阿青", "昨天"];
    const book = workbook([sheet("一店群", member("m1")), sheet("二店群", member("m2"), bad)]);
    const batch = "0f0f0f0f-0000-4000-8000-000000000000";
    const result = await community.import("名单.xlsx", book, { batch });
    expect(result.issues.map(({ line, column }) => [line, column])).toEqual([[3, "二店群!入群时间"]]);
    const { state, workspace } = community;
    const file = await rejectsFile(state, workspace.lake, batch, "zh", importers);
    const mended = await withText(file?.body, "昨天", "2026-11-04 09:00");
    expect(await community.import(file?.name ?? "", mended)).toMatchObject({ accepted: 1, rejected: 0 });
    expect(await groups()).toEqual({ 一店群: 1, 二店群: 2 });
  });

  it("of a table of one's own that is mapped", async () => {
    community.remove();
    community = new Community(
      "tables:\n  - { id: own, kind: member, columns: { member_id: 编号, name: 称呼 } }\n",
    );
    const head = ["编号", "称呼", "备注"];
    const book = [table("早茶群", head, ["a", "甲", ""]), table("晚茶群", head, ["a", "甲", "老客"])];
    expect(await community.import("own.xlsx", workbook(book))).toMatchObject({
      importer: "own",
      groups: ["早茶群", "晚茶群"],
    });
  });
});

describe("orders by number in their list", () => {
  const head = ["接龙号", "微信昵称", "商品合计", "订单总金额", "联系电话"];
  const row = (serial: number, name: string, amount: number) => [serial, name, "草莓+1", amount, ""];
  const orders = () =>
    community.lake((lake) =>
      lake.all(
        "select order_id, group_id, sum(amount)::double as amount from lake.orders group by all order by all",
      ),
    );

  it("are an order each, though every sheet counts from 1, and of the group of their sheet", async () => {
    const book = [
      table("草莓群", head, row(1, "小满", 10), row(2, "阿青", 20)),
      table("蓝莓群", head, row(1, "老陈", 40), row(2, "小满", 80)),
    ];
    const result = await community.import("接龙.xlsx", workbook(book), { asOf: "2026-11-05T10:00:00" });
    expect(result).toMatchObject({ importer: "qunjielong-orders", accepted: 4 });
    expect(await orders()).toEqual([
      { order_id: "接龙/1", group_id: "草莓群", amount: 10 },
      { order_id: "接龙/2", group_id: "草莓群", amount: 20 },
      { order_id: "接龙/蓝莓群/1", group_id: "蓝莓群", amount: 40 },
      { order_id: "接龙/蓝莓群/2", group_id: "蓝莓群", amount: 80 },
    ]);
  });

  it("in sheets that are no groups too", async () => {
    const book = [table("Sheet1", head, row(1, "小满", 10)), table("Sheet2", head, row(1, "老陈", 40))];
    await community.import("接龙.xlsx", workbook(book), { asOf: "2026-11-05T10:00:00" });
    expect(await orders()).toEqual([
      { order_id: "接龙/1", group_id: null, amount: 10 },
      { order_id: "接龙/Sheet2/1", group_id: null, amount: 40 },
    ]);
  });
});

describe("it stays out of the way", () => {
  it.each([
    ["Sheet1", "Sheet2"],
    ["工作表1", "草莓群"],
    ["10月", "11月"],
    ["十月份", "2026年十一月"],
    ["2026-10", "2026-11"],
    ["11.1-11.7", "11.8-11.14"],
    ["第45周", "第46周"],
    ["Q3", "Q4"],
    ["October 2026", "Nov"],
    ["在群", "已退群"],
    ["老成员", "新成员"],
    ["汇总", "草莓群"],
  ])("of sheets that are no groups: %s, %s", async (first, second) => {
    const result = await community.import(
      "茶友.xlsx",
      workbook([sheet(first, member("m1")), sheet(second, member("m2"))]),
    );
    expect(result).toMatchObject({ accepted: 2, groups: ["茶友"] });
    expect(said(result)).not.toContain("当作群名");
  });

  it("of rows that name their group, of --group, and of a single sheet", async () => {
    const own = (name: string, group: string) =>
      table(name, [...HEAD, "群名称"], [...member("m1"), group], [...member("m2"), ""]);
    const named = await community.import("a.xlsx", workbook([own("一", "花群"), own("早班", "树群")]));
    expect(named.groups).toEqual(expect.arrayContaining(["花群", "树群"]));
    const two = [sheet("草莓群", member("m1")), sheet("蓝莓群", member("m2"))];
    const chosen = await community.import("b.xlsx", workbook(two), { group: "水果" });
    expect([chosen.groups, said(chosen).includes("当作群名")]).toEqual([["水果"], false]);
    const single = await community.import("茶友.xlsx", workbook([sheet("草莓群", member("m1"))]));
    expect(single.groups).toEqual(["茶友"]);
  });
});

async function withText(book: Buffer | undefined, from: string, to: string): Promise<Buffer> {
  const { unzipSync, zipSync, strFromU8, strToU8 } = await import("fflate");
  const parts = Object.entries(unzipSync(book ?? Buffer.alloc(0)));
  return Buffer.from(
    zipSync(
      Object.fromEntries(parts.map(([path, xml]) => [path, strToU8(strFromU8(xml).replace(from, to))])),
    ),
  );
}
