import { afterAll, beforeAll, expect, it } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const DAY = Date.UTC(2026, 10, 16) / 1000 - 8 * 3600;
const statistic = (items: object[]) => JSON.stringify({ errcode: 0, items });
const member = (group_id: string, member_id: string, over: Record<string, string> = {}) => ({
  group_id,
  member_id,
  role: "member",
  joined_at: "2026-11-01 10:00:00",
  left_at: "",
  ...over,
});
const said = (group_id: string, sender_id: string, sent_at: string) => ({
  group_id,
  sender_id,
  sent_at,
  text: "好",
});

let community: Community;
let rows: Row[];
beforeAll(async () => {
  community = new Community("groups:\n  wrA: { owner: XiaoMei }\n  wrB: { owner: XiaoMei }\n");
  await community.import(
    "members.csv",
    csv([
      member("wrA", "XiaoMei", { role: "staff" }),
      member("wrA", "m1"),
      member("wrA", "m2", { left_at: "2026-11-16 09:00:00" }),
      member("wrA", "m3", { joined_at: "2026-11-16 12:00:00" }),
      member("wrB", "m1", { joined_at: "2026-11-17 12:00:00" }),
    ]),
  );
  await community.import(
    "chat.csv",
    csv([
      said("wrA", "m1", "2026-11-15 09:00:00"),
      said("wrA", "m1", "2026-11-16 23:59:59"),
      said("wrA", "m3", "2026-11-17 00:00:00"),
    ]),
  );
  await community.import(
    "by-day.json",
    statistic([
      {
        stat_time: DAY,
        data: { chat_total: 2, member_total: 3, new_member_cnt: 1, member_has_msg: 1, msg_total: 2 },
      },
      // Planted: a day later WeCom knows of a group, members and messages that nobody imported.
      {
        stat_time: DAY + 86_400,
        data: { chat_total: 3, member_total: 60, new_member_cnt: 1, member_has_msg: 40, msg_total: 3 },
      },
    ]),
  );
  await community.import(
    "by-owner_20261116.json",
    statistic([{ owner: "XiaoMei", data: { chat_total: 2, member_total: 3, msg_total: 900 } }]),
    { asOf: "2026-11-16T23:00:00" },
  );
  rows = await community.query(
    "select day::varchar as day, scope = '*' as of_all, name, stated, counted, is_within, reason from marts.group_stats order by all",
    "2026-11-20T00:00:00",
  );
}, 60_000);
afterAll(() => community.remove());

const of = (day: string, ofAll: boolean) =>
  rows
    .filter((row) => row["day"] === day && row["of_all"] === ofAll)
    .map((row) => `${row["name"]} ${row["stated"]} ${row["counted"]} ${row["reason"] ?? "ok"}`);

it("counts like the platform: staff included, up to the end of the day", () => {
  expect(of("2026-11-16", true)).toEqual([
    "wecom_chat_total 2 1 ok",
    "wecom_member_has_msg 1 1 ok",
    "wecom_member_total 3 3 ok",
    "wecom_msg_total 2 2 ok",
    "wecom_new_member_cnt 1 1 ok",
  ]);
});

it("says why the figures differ", () => {
  expect(of("2026-11-17", true)).toEqual([
    "wecom_chat_total 3 2 ok",
    "wecom_member_has_msg 40 2 groups",
    "wecom_member_total 60 4 groups",
    "wecom_msg_total 3 3 ok",
    "wecom_new_member_cnt 1 1 ok",
  ]);
  expect(of("2026-11-16", false)).toEqual([
    "wecom_chat_total 2 1 ok",
    "wecom_member_total 3 3 ok",
    "wecom_msg_total 900 2 logs",
  ]);
});
