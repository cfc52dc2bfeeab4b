import { expect, it } from "vitest";
import type { ImportOptions } from "../../src/ingest/import-file.ts";
import { Community } from "../support/community.ts";

/* Logs of chats that are tables: what their columns are called, and what a map of columns may leave to the file. */

async function read(
  table: string,
  { map, ...options }: Partial<ImportOptions> & { map?: string } = {},
  name = "茶友群.csv",
) {
  const community = new Community(map === undefined ? "" : `tables:\n  - { id: mine, kind: chat, ${map} }\n`);
  try {
    const { importer, issues } = await community.import(name, table, options);
    const rows = await community.lake((lake) =>
      lake.all(
        `select group_id, any_value(raw_id) as id, any_value(name) as name, kind, text, sent_at::varchar as at from lake.messages
         left join lake.contacts using (person_key, group_id) group by all order by text`,
      ),
    );
    return {
      importer,
      told: issues.map(({ line, column, code }) => [line, column, code]),
      rows: rows.map(({ group_id, id, name, kind, text, at }) => [group_id, id, name, kind, text, at]),
    };
  } finally {
    community.remove();
  }
}

const AT = "2026-11-16 09:00:00";

it.each([
  "发言时间,发言人,发言内容",
  "聊天时间,发送人,聊天内容",
  "\uFEFF 发送 时间 ,发送者, 消息内容 ",
  "Time,User,Message",
  "DateTime,user_name,Body",
  "SENT AT,Sender Name,text",
])("a table headed %s is a log of the group it is called after", async (header) => {
  expect(await read(`${header}\n${AT},小满,早\n`)).toEqual({
    importer: "message-table",
    told: [],
    rows: [["茶友群", null, "小满", "text", "早", AT]],
  });
});

it("persons and groups of a table are those of its ids, whatever they are called that day", async () => {
  const table = `群ID,群名称,发送时间,发送者ID,发送者,内容
1@chatroom,茶友群,${AT},wxid_a,小满,早
1@chatroom,茶友一群,${AT},wxid_a,满满,早啊
,花友群,${AT},wxid_a,小满,早哦
`;
  const { rows } = await read(table);
  expect(rows.map(([group, id]) => [group, id])).toEqual([
    ["1@chatroom", "wxid_a"],
    ["花友群", "wxid_a"],
    ["1@chatroom", "wxid_a"],
  ]);
});

it("a map may name persons and groups by their names alone", async () => {
  const map = "columns: { sent_at: 发言于, sender_name: 谁, text: 说了, group_name: 哪个群 }";
  const table = `谁,说了,发言于,哪个群\n小满,早,${AT},茶友群\n小满,早啊,${AT},花友群\n小满,早哦,${AT},\n`;
  expect(await read(table, { map }, "x.csv")).toEqual({
    importer: "mine",
    told: [[4, "哪个群", "missing_value"]],
    rows: [
      ["茶友群", null, "小满", "text", "早", AT],
      ["花友群", null, "小满", "text", "早啊", AT],
    ],
  });
});

it("a map may name a column as our own table heads it, and a name that is none is told of", async () => {
  const map = "columns: { sent_at: 时刻, sender_id: 谁, text: 说了, kind: 种类, author: 谁 }";
  const table = `谁,说了,时刻,种类\nu1,早,${AT},图片\n`;
  expect(await read(table, { map })).toEqual({
    importer: "mine",
    told: [[1, "author", "mapped_column_unknown"]],
    rows: [["茶友群", "u1", null, "image", "早", AT]],
  });
});

const DATED = "columns: { sent_at: 时刻, sender_id: 谁, text: 说了 }";
const dated = (...times: string[]) =>
  `谁,说了,时刻\n${times.map((time, at) => `u1,${at},${time}\n`).join("")}`;
const times = async (table: string, options: Partial<ImportOptions> = {}) => {
  const { rows, told } = await read(table, { map: DATED, ...options });
  return [...rows.map((row) => row.at(-1)), ...told.map(([line, , code]) => `${line} ${code}`)];
};

it("days before months and months before days are told by a day over 12, in any row", async () => {
  const evening = "2026-11-05 21:00:00";
  expect(await times(dated("05/11/2026 21:00", "16/11/2026 09:00"))).toEqual([evening, AT]);
  expect(await times(dated("11/05/2026 9:00:00 PM", "11/16/2026 9:00 AM"))).toEqual([evening, AT]);
  expect(await times(dated("5.11.2026 21:00", "2026-11-16 09:00", "16-11-2026 9:00", "16/13/2026"))).toEqual([
    evening,
    AT,
    AT,
    "5 bad_time",
  ]);
});

it("days that may be months are asked for, also where one reading runs forward", async () => {
  // The newest first: as months before days they would run from February to December.
  for (const open of [dated("05/11/2026 21:00"), dated("02/12/2026 21:00", "12/11/2026 21:00")])
    await expect(times(open)).rejects.toThrow("two ways");
  expect(await times(dated("05/11/2026 21:00"), { dateOrder: "dmy" })).toEqual(["2026-11-05 21:00:00"]);
  expect(await times(dated("11/05/2026 21:00"), { dateOrder: "mdy" })).toEqual(["2026-11-05 21:00:00"]);
});

it("one date of another writing among many asks nothing", async () => {
  expect(await times(dated(AT, AT, "05/11/2026 21:00"))).toEqual([AT, AT, "4 bad_time"]);
});

it("seconds and milliseconds are what they are with a fraction, too", async () => {
  expect(await times(dated("1794790800.0", "1794790800000.0", "1794790800.250", "1794790800.x"))).toEqual([
    "2026-11-16 01:00:00",
    "2026-11-16 01:00:00",
    "2026-11-16 01:00:00.25",
    "5 bad_time",
  ]);
});

it("what the program says in a mapped table is an event, and what a person says is theirs", async () => {
  const community = new Community(
    "tables:\n  - { id: mine, kind: chat, columns: { sent_at: 时刻, sender_id: 谁, text: 说了, kind: 种类 } }\n",
  );
  try {
    const notice = '"""小满""邀请""木木""加入了群聊"';
    const result = await community.import(
      "茶友群.csv",
      `谁,说了,时刻,种类\nu1,${notice},${AT},文本\n,${notice},${AT},系统消息\n,收到红包，请在手机上查看,${AT},系统消息\n`,
    );
    expect(result).toMatchObject({ read: 3, accepted: 3, rejected: 0 });
    const rows = await community.lake((lake) =>
      lake.all(`select kind, person_key is null as nobody, null as event from lake.messages
        union all select null, null, event from lake.member_events order by kind nulls last`),
    );
    expect(rows.map(({ kind, nobody, event }) => [kind, nobody, event])).toEqual([
      ["system", true, null],
      ["text", false, null],
      [null, null, "join"],
    ]);
  } finally {
    community.remove();
  }
});
