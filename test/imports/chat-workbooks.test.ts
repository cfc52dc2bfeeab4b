import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { type Sheet, workbook } from "../support/workbook.ts";

/* One QQ chat as JSON and as a workbook of QQ Chat Exporter. */
let community: Community;
beforeEach(() => {
  community = new Community("timezone: Asia/Shanghai\n");
});
afterEach(() => community.remove());

const SAID = Array.from({ length: 12 }, (_, at) => ({
  at: Date.UTC(2026, 10, 16, 1, 0, at * 7, 250),
  who: `10000000${at % 3}`,
  text: at % 4 === 3 ? "+1" : `第 ${at} 条，说的话各不相同`,
}));
const wall = (at: number) => new Date(at + 8 * 3600_000).toISOString().slice(0, 19).replace("T", " ");
const HEAD = ["序号", "时间", "发送者", "发送者QQ号", "消息类型", "消息内容", "是否撤回", "资源数量"];
const rows = (said = SAID): Sheet["rows"] =>
  Object.fromEntries(
    [
      HEAD,
      ...said.map(({ at, who, text }, n) => [n + 1, wall(at), `成员${who}`, who, "文本", text, "否", 0]),
    ].map((row, at) => [at + 1, row]),
  );
const stats: Sheet = { name: "统计信息", rows: { 1: ["统计项目", "数值"], 2: ["消息总数", 12] } };
const book = (said = SAID) => workbook([{ name: "聊天记录", rows: rows(said) }, stats]);
const json = JSON.stringify({
  metadata: { name: "QQChatExporter V5 / x", version: "5.0.0" },
  chatInfo: { name: "茶友群", type: "group", peerUin: "700000001" },
  messages: SAID.map(({ at, who, text }, n) => ({
    id: `74000000000000000${n + 10}`,
    seq: `${n}`,
    timestamp: at,
    sender: { uid: `u_${who}`, uin: who, name: `成员${who}` },
    type: "type_1",
    content: { text, elements: [{ type: "text", data: { text } }] },
  })),
});
const NAME = "group_700000001_20261117_090000";
const lake = () =>
  community.lake(async (database) => ({
    messages: Number((await database.one("select count(*) as n from lake.messages"))["n"]),
    groups: (await database.all("select distinct group_id from lake.messages order by all")).map(
      (row) => row["group_id"],
    ),
    people: Number((await database.one("select count(distinct person_key) as n from lake.messages"))["n"]),
  }));

describe("the workbook of a chat and its JSON", () => {
  // The workbook has no ids of messages and whole seconds: nothing proves that two rows are one message.
  it.each(["json", "xlsx"])(
    "are one group of the same people, and the doubt that they count twice is told: %s first",
    async (first) => {
      const files = [
        [`${NAME}.json`, json],
        [`${NAME}.xlsx`, book()],
      ] as const;
      const results = [];
      for (const [name, content] of first === "json" ? files : files.toReversed())
        results.push(await community.import(name, content));
      expect(results[1]?.issues.map(({ code }) => code)).toEqual(["suspected_overlap"]);
      expect(await lake()).toEqual({ messages: 24, groups: ["qq:700000001"], people: 3 });
    },
  );

  it("the same workbook of another day adds what is new", async () => {
    await community.import(`${NAME}.xlsx`, book(SAID.slice(0, 8)));
    const next = await community.import("group_茶友群_700000001_20261118_090000.xlsx", book());
    expect(next).toMatchObject({ read: 12, accepted: 4, duplicate: 8 });
  });
});

const WEFLOW = [
  "序号",
  "时间",
  "发送者昵称",
  "发送者账号ID",
  "发送者备注",
  "群昵称",
  "发送者身份",
  "消息类型",
  "内容",
];
const weflow = (name: string, room: string, ids: (string | number)[]): Sheet => ({
  name,
  merges: ["B2:C2"],
  rows: {
    1: ["会话信息"],
    2: ["账号ID", room, "", "昵称", name],
    3: ["导出工具", "WeFlow"],
    4: WEFLOW,
    ...Object.fromEntries(
      ids.map((id, at) => [
        at + 5,
        [at + 1, `2026-11-16 09:00:0${at}`, `成员${id}`, id, "", "", "", "文本消息", "早"],
      ]),
    ),
  },
});

describe("a sheet per group, put together by hand", () => {
  it("is a group each: QQ Chat Exporter", async () => {
    const sheets = [
      { name: "茶友一群", rows: rows() },
      { name: "茶友二群", rows: rows(SAID.slice(0, 4)) },
    ];
    expect(await community.import("聊天.xlsx", workbook(sheets))).toMatchObject({
      importer: "qce-sheet",
      accepted: 16,
      groups: ["茶友一群", "茶友二群"],
    });
  });

  it("is a group each: WeFlow", async () => {
    const sheets = [
      weflow("花友会", "55501@chatroom", ["wxid_a", "wxid_b"]),
      weflow("树友会", "55502@chatroom", ["wxid_a"]),
    ];
    expect(await community.import("聊天.xlsx", workbook(sheets))).toMatchObject({
      importer: "weflow-sheet",
      accepted: 3,
      groups: ["树友会", "花友会"],
    });
  });

  it("and a column for the group that somebody added is heard", async () => {
    const [head = [], ...said] = Object.values(rows(SAID.slice(0, 4)));
    const named = [[...head, "群名"], ...said.map((row, at) => [...row, at % 2 === 0 ? "甲群" : "乙群"])];
    const result = await community.import(
      "聊天.xlsx",
      workbook([{ name: "聊天记录", rows: Object.fromEntries(named.map((row, at) => [at + 1, row])) }]),
    );
    expect(result.groups.toSorted()).toEqual(["乙群", "甲群"]);
  });
});

describe("saved anew in a spreadsheet program", () => {
  it("days as numbers, ids as numbers, a title over merged cells and blank rows say the same", async () => {
    await community.import(`${NAME}.xlsx`, book(SAID.slice(0, 2)));
    const numbers = SAID.slice(0, 2).map(({ at, who, text }, n) => [
      n + 1,
      (Math.floor(at / 1000) + 8 * 3600) / 86_400 + 25_569,
      `成员${who}`,
      Number(who),
      "文本",
      text,
      "否",
      0,
    ]);
    const saved: Sheet = {
      name: "聊天记录",
      merges: ["A1:H1"],
      rows: { 1: ["茶友群聊天记录"], 3: HEAD, 4: numbers[0] ?? [], 7: numbers[1] ?? [] },
    };
    const again = await community.import(`${NAME} (1).xlsx`, workbook([saved, stats]));
    expect(again).toMatchObject({ importer: "qce-sheet", read: 2, accepted: 0, duplicate: 2 });
  });

  it("ids that became 1.23E+18 are nobody's: nothing is imported", async () => {
    const csvOf = (head: string[], row: string[]) => `${head.join(",")}\n${row.join(",")}\n`;
    const qq = csvOf(HEAD, ["1", "2026/11/16 9:00", "小满", "1.23E+09", "文本", "早", "否", "0"]);
    await expect(community.import("a.csv", qq)).rejects.toThrow(/科学计数|scientific/);
    const wx = csvOf(WEFLOW, ["1", "2026/11/16 9:00", "小满", "1.23E+18", "", "", "", "文本消息", "早"]);
    await expect(community.import("b.csv", wx)).rejects.toThrow(/科学计数|scientific/);
  });
});

describe("tables that are not theirs", () => {
  const row = ["1", "2026-11-16 09:00:00"];
  it("a list of one's own with some of the columns is a table of messages, its groups and ids with it", async () => {
    const head = "时间,发送者昵称,发送者微信ID,消息类型,内容,群名,消息ID";
    const said = ["小满,wxid_a,文本,早,甲群,m1", "阿青,wxid_b,文本,早,乙群,m2"];
    const own = `${head}\n${said.map((one) => `${row[1]},${one}`).join("\n")}\n`;
    expect(await community.import("own.csv", own)).toMatchObject({ importer: "message-table", accepted: 2 });
    expect((await lake()).groups).toEqual(["乙群", "甲群"]);
  });

  it("序号, 时间, 身份, 类型, 内容 alone are anybody's", async () => {
    const own = `序号,时间,身份,类型,内容\n${row.join(",")},顾客,咨询,多少钱\n`;
    await expect(community.import("own.csv", own)).rejects.toThrow(/own\.csv/);
  });
});
