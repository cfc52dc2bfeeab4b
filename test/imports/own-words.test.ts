import { afterEach, beforeEach, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

/* Tables that people keep write kinds, roles and ways of leaving in words of their own, whichever way their columns were told. */
let community: Community;
const MAPS = `tables:
  - { id: log, kind: chat, columns: { sent_at: 时刻, sender_id: 谁, text: 说了什么, type: 种类, group_id: 在哪 } }
  - { id: own-log, kind: chat, columns: { sent_at: 时刻, sender_id: 谁, text: 说了啥, type: 种类, group_id: 在哪 }, values: { type: { 文本: image } } }
  - { id: people, kind: member, columns: { member_id: 谁, group_id: 在哪, role: 身份, leave_kind: 怎么走的, joined_at: 来, left_at: 走 } }
`;
beforeEach(() => {
  community = new Community(MAPS);
});
afterEach(() => community.remove());

const kinds = async () =>
  (await community.lake((lake) => lake.all("select kind from lake.messages order by sent_at"))).map(
    ({ kind }) => kind,
  );
const WORDS = ["文本", "图片", "系统消息", "Link", "打卡"];
const said = (column: string, type: string, 说了什么 = "说了什么") =>
  csv(
    WORDS.map((word, at) => ({
      时刻: `2026-11-16 09:0${at}:00`,
      谁: "u1",
      [说了什么]: `第 ${at} 句`,
      [column]: "g1",
      [type]: word,
    })),
  );

it("kinds of messages", async () => {
  expect(await community.import("log.csv", said("在哪", "种类"))).toMatchObject({
    importer: "log",
    accepted: 5,
  });
  // A word that is none of ours stays, for whoever wrote it.
  expect(await kinds()).toEqual(["text", "image", "system", "link", "打卡"]);
});

it("kinds of messages as the map itself says them", async () => {
  const result = await community.import("log.csv", said("在哪", "种类", "说了啥"));
  expect(result).toMatchObject({ importer: "own-log", accepted: 1, rejected: 4 });
  expect(await kinds()).toEqual(["image"]);
});

it("kinds of messages in our own table, with a column for them and without", async () => {
  const row = (sent_at: string, more: object = {}) => ({
    group_id: "g1",
    sender_id: "u1",
    sent_at: `2026-11-16 ${sent_at}`,
    text: sent_at,
    ...more,
  });
  await community.import("a.csv", csv([row("09:00:00", { kind: "图片" }), row("09:01:00", { kind: "" })]));
  await community.import("b.csv", csv([row("09:02:00")]));
  await community.import("茶友群.csv", "时间,昵称,内容\n2026-11-16 09:03:00,阿青,早\n");
  await community.import(
    "茶友群2.csv",
    "时间,昵称,内容,类型\n2026-11-16 09:04:00,阿青,早,系统\n2026-11-16 09:05:00,阿青,好,怪\n",
  );
  expect(await kinds()).toEqual(["image", "text", "text", "text", "system", "unknown"]);
});

it("roles and how somebody left", async () => {
  const row = (谁: string, 身份: string, 怎么走的 = "") => ({
    谁,
    在哪: "g1",
    身份,
    怎么走的,
    来: "2026-10-01",
    走: 怎么走的 === "" ? "" : "2026-11-05",
  });
  const list = [
    row("u1", "群主"),
    row("u2", "成员", "被踢"),
    row("u3", "", "主动退群"),
    row("u4", "Admin"),
    row("u5", "托"),
    row("u8", "成员", "被踢出群聊"),
  ];
  const wrong = [row("u6", "路人"), row("u7", "成员", "飞走了")];
  const result = await community.import("people.csv", csv([...list, ...wrong]));
  expect(result).toMatchObject({ importer: "people", accepted: 6, rejected: 2 });
  expect(result.issues.map(({ line, code }) => [line, code])).toEqual([
    [8, "unknown_role"],
    [9, "unknown_leave_kind"],
  ]);
  const rows = await community.lake((lake) =>
    lake.all(
      "select role, leave_kind, count(*)::int as n from lake.member_snapshots group by all order by all",
    ),
  );
  expect(rows).toEqual([
    { role: "member", leave_kind: "kick", n: 2 },
    { role: "member", leave_kind: "quit", n: 1 },
    { role: "shill", leave_kind: null, n: 1 },
    { role: "staff", leave_kind: null, n: 2 },
  ]);
});
