import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/* A calendar that people keep writes 全部 where an event is for all, and several groups into one cell. */
const NAMES = { g1: "早餐群", g2: "厨房群", g3: "团购、拼单群" };
const community = new Community();
let events: Row[];
let named: Row[];

beforeAll(async () => {
  await community.import(
    "members.csv",
    csv(
      Object.entries(NAMES).map(([group_id, group_name]) => ({
        group_id,
        group_name,
        member_id: "m1",
        joined_at: "2026-09-01 09:00:00",
      })),
    ),
  );
  const event = (title: string, group_id: string, type = "live") => ({
    start: "2026-11-10 19:00:00",
    type,
    title,
    group_id,
  });
  await community.import(
    "calendar.csv",
    csv([
      ...["全部", "所有群", "全部群聊", "全体", "ALL", "all groups"].map((word) => event(word, word)),
      event("两个", "早餐群、厨房群"),
      event("编号和名字", "g1/厨房群，早餐群"),
      event("名字里有顿号", "团购、拼单群"),
      event("有一个写错", "早餐群；写错的群"),
      event("都写错", "甲群、乙群"),
      event("店休", "全部群", "放假"),
    ]),
  );
  [events = [], named = []] = await community.queries(
    [
      "select title, list(group_id order by group_id) as groups from marts.event_results group by title",
      "select unknown, \"rows\"::int as n from marts.named_groups where source = 'calendar' union all select count(*), -1 from marts.week_marks where basis = 'calendar'",
    ],
    "2026-11-16 00:00:00",
  );
});
afterAll(() => community.remove());

const ALL = ["g1", "g2", "g3"];
test.each([
  ...["全部", "所有群", "全部群聊", "全体", "ALL", "all groups"].map((word) => [word, ALL] as const),
  ["两个", ["g1", "g2"]],
  ["编号和名字", ["g1", "g2"]],
  ["名字里有顿号", ["g3"]],
  ["有一个写错", ["g1"]],
] as const)("an event of %s", (title, groups) => {
  expect(events.find((one) => one["title"] === title)?.["groups"]).toEqual(groups);
});

test("what is no group is told of, and a holiday of all groups marks its week", () => {
  expect(named).toEqual([
    { unknown: 2, n: 2 },
    { unknown: 1, n: -1 },
  ]);
});
