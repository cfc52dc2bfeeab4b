import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Shell } from "../commands/cli.ts";
import { Community } from "../support/community.ts";

const MAP = `id: tea-robot
title: 茶友群机器人
kind: chat
columns:
  sent_at: [发言于, 时刻]
  sender_id: 谁
  text: 说了什么
  type: 种类
values:
  type: { 文字: text, 图: image }
`;
const ROWS =
  "谁,说了什么,时刻,种类\nu1,早上好,2026-11-16 09:00:00,文字\nu2,一张图,2026/11/16 9:01,图\nu1,坏的,昨天,文字\n";

interface Summary {
  files: { importer: string; accepted: number; rejected: number; notes: { zh: string }[] }[];
}

describe("a table that no importer knows", () => {
  let shell: Shell;
  beforeAll(() => {
    shell = new Shell();
    expect(shell.fupan("init").code).toBe(0);
    writeFileSync(join(shell.root, "群.csv"), ROWS);
    writeFileSync(join(shell.root, "map.yaml"), MAP);
  });
  afterAll(() => shell.remove());

  it("is refused without a map, read with one, and the map's faults are named", () => {
    const refused = shell.fupan("import", "群.csv");
    expect([refused.code, refused.out + refused.log]).toEqual([1, expect.stringMatching(/格式|format/)]);
    const { files } = shell.json<Summary>("import", "群.csv", "--mapping", "map.yaml");
    expect(files[0]).toMatchObject({ importer: "tea-robot", accepted: 2, rejected: 1, groups: ["群"] });
    writeFileSync(join(shell.root, "bad.yaml"), MAP.replace("kind: chat", "kind: gossip"));
    const wrong = shell.fupan("import", "群.csv", "--mapping", "bad.yaml");
    expect([wrong.code === 0, /kind/.test(wrong.log + wrong.out)]).toEqual([false, true]);
  });
});

describe("columns known by their names", () => {
  const HEADERS = {
    sent_at: ["时间", "发送时间", "消息时间", "日期", "StrTime", "CreateTime", "Time"],
    sender_name: ["发送者", "发送人", "昵称", "姓名", "发言人", "SenderName"],
    text: ["内容", "消息内容", "消息", "StrContent", "msg", "Content"],
  };
  // The unit and the writing of times are told by the cells.
  const TIMES = [
    "2026-11-16 09:00:00",
    "2026-11-16T01:00:00Z",
    "2026/11/16 9:00",
    "1794790800",
    "1794790800000",
    "46342.375",
  ];

  it("under every synonym and every writing of times: the same messages", async () => {
    const community = new Community();
    try {
      for (const [at, time] of HEADERS.sent_at.entries()) {
        const name = HEADERS.sender_name[at % HEADERS.sender_name.length];
        const text = HEADERS.text[at % HEADERS.text.length];
        const stated = TIMES[at % TIMES.length];
        const table = `${time},群名,${name},${text}\n${stated},花友会 ${at},小满,"早上好，${at}"\n`;
        const result = await community.import(`${at}.csv`, table);
        expect([time, result]).toEqual([
          time,
          expect.objectContaining({ importer: "message-table", accepted: 1 }),
        ]);
      }
      const rows = await community.lake((database) =>
        database.all(
          "select distinct if(sent_at_is_utc, sent_at + interval 8 hour, sent_at)::varchar as at, count(*) over () as n from lake.messages",
        ),
      );
      expect(rows.map(({ at }) => at)).toEqual(["2026-11-16 09:00:00"]);
    } finally {
      community.remove();
    }
  });
});
