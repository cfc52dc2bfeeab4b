import { expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

const person = (member_id: string, more: Record<string, string> = {}) => ({
  group_id: "tea",
  member_id,
  joined_at: "2026-10-01 09:00:00",
  ...more,
});

it("who has left by a list's own words is not there, and the import says so", async () => {
  const community = new Community();
  try {
    await community.import("a.csv", csv([person("u1"), person("u2"), person("u3")]), { asOf: "2026-11-02" });
    const states = { u1: "在群", u2: "已退群", u3: "正常" };
    const list = Object.entries(states).map(([id, status]) => person(id, { status }));
    const result = await community.import("b.csv", csv(list), { asOf: "2026-11-16" });
    expect(result).toMatchObject({ read: 2, accepted: 2, rejected: 0 });
    expect(result.notes.map(({ zh }) => zh)).toEqual([
      expect.stringMatching(/^1 人在状态、备注或昵称里写着已退群/),
    ]);
    const [stays] = await community.queries([
      "select count(*)::int as n, count(*) filter (left_at is null)::int as there from marts.memberships",
    ]);
    expect(stays).toEqual([{ n: 3, there: 2 }]);
  } finally {
    community.remove();
  }
});

it.each([
  ["成员状态", ["已退出", "退群了", "被踢出", "不在群里"], ["", "正常", "未退群", "群主"]],
  ["是否退群", ["是", "已退群"], ["否", "", "未退"]],
  ["是否在群", ["否", "不在群"], ["是", "", "在"]],
  ["来源", [], ["退群"]],
  [
    "备注",
    ["已退群", "退群", "11.3退群", "2026年11月3日 已退群", "已退群 11/3", "已退群，太忙", "被移出群聊"],
    ["", "退", "退款已处理", "已退群，又回来了", "退群原因未知", "想退群", "曾退群", "老客户"],
  ],
  [
    "昵称",
    ["小雨（已退群）", "小雪(退群)", "阿梅-已退群"],
    ["退群", "不离不弃", "（退休）老王", "退群艺术家"],
  ],
])("a column called %s", async (column, gone, there) => {
  const community = new Community();
  try {
    const rows = [...gone, ...there].map((word, at) => ({
      群ID: "tea",
      成员ID: `u${at}`,
      昵称: `人${at}`,
      入群时间: "2026-10-01",
      [column]: word,
    }));
    expect(await community.import("m.csv", csv(rows))).toMatchObject({
      importer: "member-table",
      read: there.length,
      accepted: there.length,
    });
  } finally {
    community.remove();
  }
});

it("who has left at a time that the list says is part of its history", async () => {
  const community = new Community();
  try {
    const rows = [
      person("u1", { left_at: "", status: "在群" }),
      person("u2", { left_at: "2026-11-05 10:00:00", status: "已退群" }),
      person("u3", { left_at: "", status: "已退群" }),
    ];
    expect(await community.import("m.csv", csv(rows))).toMatchObject({ read: 2, accepted: 2 });
  } finally {
    community.remove();
  }
});

it("who joined and left on one day was there until it was over, where the list says days alone", async () => {
  const community = new Community();
  try {
    const rows = [
      person("u1", { joined_at: "2026-11-10", left_at: "2026-11-10" }),
      person("u2", { joined_at: "2026-11-10 10:00:00", left_at: "2026-11-10" }),
      person("u3", { joined_at: "2026-11-10", left_at: "2026-11-09" }),
      person("u4", { joined_at: "2026-11-10 10:00:00", left_at: "2026-11-10 10:00:00" }),
      person("u5", { joined_at: "2026-11-10", left_at: "2026-11-11" }),
    ];
    const { accepted, issues } = await community.import("m.csv", csv(rows));
    expect([accepted, issues.map(({ line, code }) => [line, code])]).toEqual([
      3,
      [
        [4, "left_before_joined"],
        [5, "left_before_joined"],
      ],
    ]);
    const left = await community.lake((lake) =>
      lake.all("select left_at::varchar as at from lake.member_snapshots order by left_at"),
    );
    expect(left.map(({ at }) => at)).toEqual([
      "2026-11-10 23:59:59",
      "2026-11-10 23:59:59",
      "2026-11-11 00:00:00",
    ]);
  } finally {
    community.remove();
  }
});
