import { afterAll, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

/* Lists of people as operators keep them: a title, merged cells, sheets without a list, phones and days that are numbers. */
const community = new Community();
afterAll(() => community.remove());
const people = (columns: string) =>
  community.lake((lake) => lake.all(`select ${columns} from lake.contacts order by all`));

it("members of a workbook with a title, an empty first sheet, a hidden one and a note below", async () => {
  const head = ["成员ID", "群昵称", "入群时间", "手机号", "群名称"];
  const rows = {
    1: ["茶友会 成员名单（导出时间：2026-11-20 10:00）"],
    2: head,
    3: ["wm001", "小满", 46_329.5, 19_900_000_001, "茶友会"],
    4: ["wm002", "阿青", "2026/11/3 9:05", "19900000002.0", ""],
    5: ["wm003", "老陈", "2026年11月4日", "+86 199 0000 0003", ""],
    6: ["wm004", "阿茶", "46330", "１９９００００００４４", ""],
    7: ["wm005", "小白", "昨天", "0086-19900000005", ""],
    9: ["共 5 人"],
  };
  const old = { 1: head, 2: ["wm900", "旧人", 46_000, 1, "茶友会"] };
  const file = workbook([
    { name: "说明", rows: {} },
    { name: "旧", state: "hidden", rows: old },
    { name: "成员", merges: ["A1:E1", "E3:E7"], rows },
  ]);
  const result = await community.import("名单.xlsx", file);
  expect(result).toMatchObject({
    importer: "member-table",
    read: 5,
    accepted: 4,
    rejected: 1,
    groups: ["茶友会"],
  });
  expect(result.issues.map(({ line, column, code }) => [line, column, code])).toEqual([
    [7, "入群时间", "bad_time"],
  ]);
  expect(result.notes.map(({ en }) => en)).toContainEqual(
    expect.stringMatching(/^1 rows are notes on the table/),
  );
  expect(await people("raw_id, name, phone")).toEqual([
    { raw_id: "wm001", name: "小满", phone: "+8619900000001" },
    { raw_id: "wm002", name: "阿青", phone: "+8619900000002" },
    { raw_id: "wm003", name: "老陈", phone: "+8619900000003" },
    { raw_id: "wm004", name: "阿茶", phone: "+8619900000044" },
  ]);
  const joined = await community.lake((lake) =>
    lake.all(
      "select joined_at::text as joined, snapshot_at::text as seen from lake.member_snapshots order by 1",
    ),
  );
  expect(joined).toEqual([
    { joined: "2026-11-03 09:05:00", seen: "2026-11-20 10:00:00" },
    { joined: "2026-11-03 12:00:00", seen: "2026-11-20 10:00:00" },
    { joined: "2026-11-04 00:00:00", seen: "2026-11-20 10:00:00" },
    { joined: "2026-11-04 00:00:00", seen: "2026-11-20 10:00:00" },
  ]);
});

it("customers of one nickname whose phones a spreadsheet wrote as numbers are two, known by them; lost digits are told of", async () => {
  const head = ["客户手机号", "客户昵称", "客户姓名", "消费次数", "成为客户时间"];
  const rows = {
    1: ["客户列表 2026-11-20"],
    2: head,
    3: ["19900000011.0", "小红", "", 1, 46_329],
    4: ["１９９００００００１２", "小红", "", 1, "2026/11/3"],
    5: ["+86 19900000013", "小红", "", 1, "2026/11/3"],
    6: ["1.99E+10", "老陈", "", 1, "2026/11/3"],
    7: ["合计：4"],
  };
  const file = workbook([
    { name: "空", rows: {} },
    { name: "客户", merges: ["A1:E1"], rows },
  ]);
  const result = await community.import("客户.xlsx", file);
  expect(result).toMatchObject({ importer: "youzan-customers", read: 4, accepted: 4, rejected: 0 });
  expect(result.issues.map(({ line, code, accepted }) => [line, code, accepted])).toEqual([
    [6, "phone_resaved_by_spreadsheet", true],
  ]);
  expect((await people("raw_id, phone")).filter(({ raw_id }) => /phone|youzan/.test(String(raw_id)))).toEqual(
    [
      { raw_id: "phone:+8619900000011", phone: "+8619900000011" },
      { raw_id: "phone:+8619900000012", phone: "+8619900000012" },
      { raw_id: "phone:+8619900000013", phone: "+8619900000013" },
      { raw_id: "youzan-customer:老陈", phone: null },
    ],
  );
});
