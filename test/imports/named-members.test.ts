import { expect, it } from "vitest";
import { Community } from "../support/community.ts";

/*
 * WeChat shows no ids: lists that people keep of a group have nicknames alone. Whoever has the name in the group's log is the
 * one on the list, whether the log has ids or not.
 */
const LOG = (said: string) => `群,时间,发送者,微信号,内容\n${said}`;
const LIST = "序号,昵称,进群时间\n1,小茶,2026-11-01\n2,阿梅,2026-11-03\n3,潜水员,2026-11-05\n";

it.each([
  ["without ids", LOG("茶友群,2026-11-10 10:00:00,小茶,,早\n茶友群,2026-11-10 10:01:00,阿梅,,早上好\n")],
  ["with ids", LOG("茶友群,2026-11-10 10:00:00,小茶,wx_1,早\n茶友群,2026-11-10 10:01:00,阿梅,wx_2,早上好\n")],
])("members of a list of nicknames are who speaks under them in a log %s", async (_of, log) => {
  const community = new Community(
    "tables:\n  - { id: log, kind: chat, columns: { group_id: 群, sent_at: 时间, sender_name: 发送者, sender_id: 微信号, text: 内容 }, required: [群, 时间] }\n",
  );
  try {
    await community.import("log.csv", log);
    const { accepted, importer, notes } = await community.import("茶友群成员名单_20261108.csv", LIST);
    expect({ accepted, importer }).toEqual({ accepted: 3, importer: "member-table" });
    expect(notes.map(({ en }) => en).join()).toMatch(/the list has no ids/);
    await community.build("2026-11-16T00:00:00");
    const rows = await community.query(
      "select group_id, numerator, denominator from report.kpi_weekly where kpi = 'activity_rate' and group_id = '茶友群' and week = '2026-11-09' and segment = '*'",
    );
    expect(rows).toEqual([{ group_id: "茶友群", numerator: 2, denominator: 3 }]);
  } finally {
    community.remove();
  }
});

it("a row with neither id nor name is refused, and so is one without an id where the list has them", async () => {
  const community = new Community();
  try {
    const names = await community.import(
      "a群成员.csv",
      "昵称,进群时间\n小茶,2026-11-01\n,2026-11-02\n小茶,2026-11-01\n",
    );
    expect(names).toMatchObject({ read: 3, accepted: 1, duplicate: 1, rejected: 1 });
    expect(names.notes.map(({ en }) => en).join()).toMatch(/1 rows have the name of another row/);
    const ids = await community.import(
      "b群成员.csv",
      "用户ID,昵称,进群时间\nu1,小茶,2026-11-01\n,阿梅,2026-11-02\n",
    );
    expect(ids).toMatchObject({ read: 2, accepted: 1, rejected: 1, groups: ["b群"] });
  } finally {
    community.remove();
  }
});

it("a list of which only the column of names is mapped is read; whose name stands twice is one person", async () => {
  const community = new Community("tables:\n  - { id: list, kind: member, columns: { name: 称呼 } }\n");
  try {
    const list = await community.import("茶友群成员名单_20261108.csv", "序号,称呼\n1,小茶\n2,阿梅\n3,小茶\n");
    expect(list).toMatchObject({ importer: "list", read: 3, accepted: 2, duplicate: 1, rejected: 0 });
    expect(list.notes.map(({ en }) => en).join()).toMatch(/1 rows have the name of another row/);
  } finally {
    community.remove();
  }
});

it("a list that is kept by hand is known by 群 and 进群日期", async () => {
  const community = new Community();
  try {
    const list = await community.import(
      "名单.csv",
      "群,昵称,进群日期\n茶友群,小茶,2026/11/1\n点心群,小茶,2026/11/3\n",
    );
    expect(list).toMatchObject({ importer: "member-table", accepted: 2, groups: ["点心群", "茶友群"] });
    const rows = await community.lake((lake) =>
      lake.all("select joined_at::date::varchar as day from lake.member_snapshots order by 1"),
    );
    expect(rows).toEqual([{ day: "2026-11-01" }, { day: "2026-11-03" }]);
  } finally {
    community.remove();
  }
});
