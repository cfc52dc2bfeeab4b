import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { csvRecords } from "../../src/ingest/csv-records.ts";
import { readHead } from "../../src/ingest/head.ts";
import { identify } from "../../src/ingest/identify.ts";
import { openSource } from "../../src/ingest/source.ts";
import { Community } from "../support/community.ts";
import { canonical, counts, fixtures, lakeRows } from "../support/golden.ts";
import { workbook } from "../support/workbook.ts";

/* Exports that were pasted one below the other, each with its header: what several hold counts once. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const TABLES = new Set(importers.filter(({ form }) => /table|columns|rows/.test(form)).map(({ id }) => id));
const tables = fixtures().filter(
  ({ id, name, content }) => TABLES.has(id) && !/\.xlsx/.test(name) && !/^\s*[[{]/.test(content.toString()),
);
/** What is said of the file, by place. */
const OF_FILE = ["file", "rejects", "doubts"];

/** A sample as a table: the lines down to its header, the header, and the rows. */
async function partsOf(name: string, content: Buffer) {
  const path = join(community.root, name);
  writeFileSync(path, content);
  const source = await openSource(path, community.workspace.scratch);
  const head = await readHead(source);
  const [match] = identify(head, importers).matches;
  const places: number[] = [];
  const headerRow = match?.evidence.headerRow ?? 0;
  for await (const { line } of csvRecords(source.text, head.delimiter, headerRow)) places.push(line);
  const lines = readFileSync(source.text, "utf8")
    .replace(/^\uFEFF/, "")
    .replace(/[\r\n]+$/, "")
    .split("\n");
  await source.dispose();
  const at = (places[headerRow] ?? 1) - 1;
  return { title: lines.slice(0, at), table: lines.slice(at) };
}

describe.each(tables.map((one) => [one.path, one] as const))("%s", (_path, fixture) => {
  it("with the same below its rows gives the same rows, and no reject for its header", async () => {
    const { title, table } = await partsOf(fixture.name, fixture.content);
    const again = title.length > 0 ? [...title.map((one) => one.replace(/\d/g, "1")), ...table] : table;
    const text = `${[...title, ...table, "", ...again, ...table].join("\n")}\n`;
    const result = await community.import(fixture.name.replace(/\.xls$/, ".csv"), text);
    const told = fixture.expected.find(({ fact }) => fact === "file") ?? {};
    const expected = fixture.expected.filter(({ fact }) => !OF_FILE.includes(String(fact)));
    const rows = canonical(await lakeRows(community));
    expect([rows.length, new Set(rows)]).toEqual([expected.length, new Set(canonical(expected))]);
    expect(counts(result)[0]).toEqual({
      fact: "file",
      read: Number(told["read"] ?? 0) * 3,
      accepted: Number(told["accepted"] ?? 0),
      duplicate: Number(told["duplicate"] ?? 0) * 3 + Number(told["accepted"] ?? 0) * 2,
      rejected: Number(told["rejected"] ?? 0) * 3,
    });
  });
});

/** What was said in six days: a greeting, a list of +1 with repeats in one second, a text of two lines. */
const DAYS = [11, 12, 13, 14, 15, 16];
const SAID = DAYS.flatMap((day) =>
  [
    ["09:00:00", "小满", "早"],
    ["09:05:00", "阿青", "+1"],
    ["09:05:00", "阿青", "+1"],
    ["12:30:00", "老陈", `第${day}团，两份\n"自提"`],
    ["20:00:00", "小满", "收到"],
  ].map(([time = "", who = "", text = ""]) => ({ day, at: `2026-11-${day} ${time}`, who, text })),
);
type Said = (typeof SAID)[number];
const within = (from: number, to: number) => SAID.filter(({ day }) => day >= from && day <= to);

/** Header, and the cells of a message, of exports without ids of messages. */
const CHATS: Record<string, { file: string; header: string; cells: (one: Said) => (string | number)[] }> = {
  "chatlog-csv": {
    file: "55501@chatroom_2026.csv",
    header: "Time,SenderName,Sender,TalkerName,Talker,Content",
    cells: ({ at, who, text }) => [at, who, `wxid_${who}`, "茶友群", "55501@chatroom", text],
  },
  "discord-csv": {
    file: "Tea House - general [1100000000000000001].csv",
    header: "AuthorID,Author,Date,Content,Attachments,Reactions",
    cells: ({ at, who, text }) => [
      `9${who.charCodeAt(0)}`,
      who,
      `${at.replace(" ", "T")}+08:00`,
      text,
      "",
      "",
    ],
  },
  "memotrace-csv": {
    file: "茶友群.csv",
    header:
      "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender",
    cells: ({ at, who, text }) => [
      ...[7, 3, 1, 0, 0, Date.parse(`${at.replace(" ", "T")}+08:00`) / 1000, 3],
      ...[text, at, "", who, `wxid_${who}`],
    ],
  },
  "pywxdump-csv": {
    file: "茶友群.csv",
    header: "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime",
    cells: ({ at, who, text }) => [1, 0, "文本", 0, `wxid_${who}`, "55501@chatroom", text, "", at],
  },
  "message-table": {
    file: "茶友群.csv",
    header: "时间,昵称,内容",
    cells: ({ at, who, text }) => [at, who, text],
  },
  "fupan-messages": {
    file: "茶友群.csv",
    header: "group_id,sender_id,sent_at,text",
    cells: ({ at, who, text }) => ["g1", who, at, text],
  },
};
const line = (cells: readonly (string | number)[]) =>
  cells
    .map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell))
    .join(",");
const held = async (of: Community) =>
  await of.lake((lake) =>
    lake.all(
      "select sent_at::varchar as at, text, count(*)::int as n from lake.messages group by all order by all",
    ),
  );

describe.each(Object.entries(CHATS))("%s", (importer, { file, header, cells }) => {
  const write = (said: readonly Said[]) => [header, ...said.map((one) => line(cells(one)))].join("\n");

  it.each([
    ["the older one first", "\n", [within(11, 14), within(13, 16)]],
    ["the newer one first, below an empty row", "\n,,\n\n", [within(13, 16), within(11, 14)]],
    [
      "three, each with the mark that a file begins with",
      "\n\uFEFF",
      [within(11, 13), within(12, 15), within(14, 16)],
    ],
  ])("%s", async (_how, between, parts) => {
    const alone = new Community();
    await alone.import(file, write(SAID));
    const whole = await held(alone);
    alone.remove();
    const rows = between.replace(",,", line(header.split(",").map(() => "")));
    const result = await community.import(file, `\uFEFF${parts.map(write).join(rows)}\n`);
    const doubles = parts.flat().length - SAID.length;
    expect(result).toMatchObject({ importer, read: parts.flat().length, accepted: SAID.length, rejected: 0 });
    expect(result.duplicate).toBe(doubles);
    expect(await held(community)).toEqual(whole);
    expect(result.notes.map(({ zh }) => zh).join()).toContain(`接着 ${parts.length} 份导出`);
    expect(result.notes.map(({ zh }) => zh).join()).toContain(`重叠的 ${doubles} 条只算一次`);
  });

  it("pasted in a workbook", async () => {
    const grid = [within(11, 14), within(13, 16)].flatMap((said) => [header.split(","), ...said.map(cells)]);
    const rows = Object.fromEntries(grid.map((row, at) => [at + 1, row]));
    const result = await community.import(file.replace(/csv$/, "xlsx"), workbook([{ name: "Sheet1", rows }]));
    expect(result).toMatchObject({ importer, read: 40, accepted: 30, duplicate: 10, rejected: 0 });
  });

  it.each([
    ["the older one first", [within(11, 14), within(13, 16)]],
    ["the newest message first", [within(13, 16).toReversed(), within(11, 14).toReversed()]],
  ])("without the second header, %s", async (_how, parts) => {
    const text = `${[header, ...parts.flat().map((one) => line(cells(one)))].join("\n")}\n`;
    const result = await community.import(file, text);
    expect(result).toMatchObject({ importer, read: 40, accepted: 30, duplicate: 10, rejected: 0 });
    expect(result.notes.map(({ zh }) => zh).join()).toContain("重叠的 10 条只算一次");
  });

  it.each([
    [["Sheet1", "11月"], 30],
    [["草莓群", "蓝莓群"], 40],
  ])("in the sheets %s of a workbook", async (names, accepted) => {
    const parts = [within(11, 14), within(13, 16)];
    const sheets = parts.map((said, at) => {
      const rows = [header.split(","), ...said.map(cells)].map((row, line) => [line + 1, row]);
      return { name: names[at] ?? "", rows: Object.fromEntries(rows) };
    });
    const result = await community.import(file.replace(/csv$/, "xlsx"), workbook(sheets));
    // Sheets that are groups say nothing of each other.
    expect(result).toMatchObject({ importer, read: 40, accepted, duplicate: 40 - accepted, rejected: 0 });
    expect(
      result.notes
        .map(({ zh }) => zh)
        .join()
        .includes("重叠的 10 条只算一次"),
    ).toBe(accepted === 30);
  });
});

it("a header that somebody quotes in a text is a text", async () => {
  const { header, cells } = CHATS["message-table"] as (typeof CHATS)[string];
  const [one, two] = SAID as [Said, Said];
  const quoting = { ...one, text: `第一行\n${header}\n第三行` };
  const said = [two, two, quoting, two].map((each) => line(cells(each)));
  const result = await community.import("茶友群.csv", `${[header, ...said].join("\n")}\n`);
  expect(result).toMatchObject({ read: 4, accepted: 4, duplicate: 0, rejected: 0 });
});

it("what is refused keeps its line, and a row above a header again that is no title stays a row", async () => {
  const rows = ["o1,2026-11-03 09:00:00,5", "o2,damaged,5"];
  const table = `order_id,paid_at,amount\n${rows.join("\n")}`;
  const text = `台账 2026-11-03\n${table}\no3,2026-11-04 09:00:00,7\n${table}\n台账 2026-11-10\n${table}\n`;
  const result = await community.import("订单.csv", text);
  expect(result).toMatchObject({ read: 7, accepted: 2, duplicate: 2, rejected: 3 });
  expect(result.issues.map((one) => [one.line, one.code])).toEqual([
    [4, "bad_time"],
    [8, "bad_time"],
    [12, "bad_time"],
  ]);
});
