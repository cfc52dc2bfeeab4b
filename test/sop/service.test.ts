import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";
import { members, messages, type Sent } from "./camp.ts";

const day = "2026-11-02";
const SENT: Sent[] = [
  // A question by day: a mention within 30 minutes. Another at 22:10: its time runs from 08:00.
  { at: `${day}T10:00:00`, by: "m1", text: "这款烤箱要预热多久？", id: "q1" },
  { at: `${day}T10:30:00`, text: "@member m1 十分钟就好", mentions: "m1" },
  { at: `${day}T22:10:00`, by: "m2", text: "明天几点发货呢？", id: "q2" },
  { at: "2026-11-03T08:29:00", text: "上午十点统一发", reply_to: "q2" },
  // Nobody answers; a post to everyone is no answer.
  { at: "2026-11-03T12:00:00", by: "m3", text: "酵母放多少合适？" },
  { at: "2026-11-03T12:10:00", text: "@所有人 今晚八点开课", mentions: "*" },
  // A complaint with all four steps, one with the first only.
  { at: "2026-11-04T10:00:00", by: "m1", text: "收到的面粉袋子破了，撒了一地" },
  { at: "2026-11-04T10:05:00", text: "@member m1 我是小助手，这事我跟到底", mentions: "m1" },
  { at: "2026-11-04T10:06:00", text: "@member m1 抱歉，让你糟心了", mentions: "m1" },
  { at: "2026-11-04T11:00:00", text: "@member m1 今天就给你重寄一袋", mentions: "m1" },
  { at: "2026-11-06T11:00:00", text: "@member m1 新的签收了吗", mentions: "m1" },
  { at: "2026-11-04T15:00:00", by: "m2", text: "我的模具还没到，催一下" },
  { at: "2026-11-04T15:31:00", text: "@member m2 在查", mentions: "m2" },
];

let community: Community;
let cases: Record<string, unknown>[];
beforeAll(async () => {
  community = new Community();
  const joining = csv([
    {
      group_id: "g1",
      member_id: "m9",
      name: "member m9",
      role: "member",
      joined_at: `${day}T09:00:00`,
      left_at: "",
    },
  ]).split("\n")[1];
  await community.import("members.csv", `${members()}${joining}\n`);
  await community.import(
    "messages.csv",
    messages([...SENT, { at: `${day}T09:20:00`, text: "@member m9 欢迎欢迎，先打个招呼吧", mentions: "m9" }]),
  );
  cases = await community.query(
    `select kind, strftime(opened_at + interval 8 hour, '%d %H:%M') as opened, first_reply_minutes as minutes, is_reply_in_time as in_time,
       array_to_string(stages_done, ',') as done, array_to_string(missing_stages, ',') as missing, is_open
     from marts.service_cases where kind <> 'welcome' or opened_at > '2026-11-01' order by opened_at`,
    "2026-11-20T00:00:00",
  );
});
afterAll(() => community.remove());

describe("service ladders", () => {
  it("questions are answered within 30 service minutes, by a reply or by name, not by a post to everyone", () => {
    expect(cases.filter(({ kind }) => kind === "question")).toEqual([
      {
        kind: "question",
        opened: "02 10:00",
        minutes: 30,
        in_time: true,
        done: "reply",
        missing: "",
        is_open: false,
      },
      {
        kind: "question",
        opened: "02 22:10",
        minutes: 619,
        in_time: true,
        done: "reply",
        missing: "",
        is_open: false,
      },
      {
        kind: "question",
        opened: "03 12:00",
        minutes: null,
        in_time: false,
        done: "",
        missing: "reply",
        is_open: true,
      },
    ]);
  });

  it("complaints show their stages and what is missing", () => {
    expect(cases.filter(({ kind }) => kind === "complaint")).toEqual([
      {
        kind: "complaint",
        opened: "04 10:00",
        minutes: 5,
        in_time: true,
        done: "respond,calm,solve,follow",
        missing: "",
        is_open: false,
      },
      {
        kind: "complaint",
        opened: "04 15:00",
        minutes: 31,
        in_time: false,
        done: "respond",
        missing: "calm,solve,follow",
        is_open: true,
      },
    ]);
  });

  it("a newcomer is greeted by name; the bot and the gift are missing", () => {
    expect(cases.filter(({ kind }) => kind === "welcome")).toEqual([
      {
        kind: "welcome",
        opened: "02 09:00",
        minutes: null,
        in_time: false,
        done: "greet",
        missing: "auto,gift",
        is_open: false,
      },
    ]);
  });
});
