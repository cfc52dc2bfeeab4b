import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/** What the rules count at the edges of what they say they count. */
const community = new Community("staff: [s1]\ngroups:\n  market: {kind: marketing}\n");
const WEEK = "2026-11-16";
let inputs: Row[];
let events: Row[];

const say = (group_id: string, sender_id: string, sent_at: string, text: string, more = {}) => ({
  group_id,
  sender_id,
  sent_at,
  text,
  ...more,
});
const member = (group_id: string, member_id: string, more = {}) => ({
  group_id,
  member_id,
  joined_at: "2026-06-01 09:00:00",
  ...more,
});
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
const ad = "秒杀到手39元，限11份，先付先得，下单链接 https://shop.example/s/1";

beforeAll(async () => {
  await community.import(
    "messages.csv",
    csv([
      // Two words of equal length in a minute, in a log that tells no seconds; said twice in one second; twice in a minute.
      ...numbers(20).flatMap((at) =>
        ["好的", "收到", "好的"].map((text) => say("minutes", "m1", `2026-11-17 09:${10 + at}:00`, text)),
      ),
      ...numbers(20).map((at) => say("seconds", "m1", `2026-11-17 09:${10 + at}:07`, `第${at}杯`)),
      ...["好的", "好的", "收到"].map((text) => say("seconds", "m1", "2026-11-18 09:00:07", text)),
      // Links with a question mark; one question beside a link, and one that ends in it.
      ...numbers(5).map((at) =>
        say("posts", "s1", `2026-11-17 10:${10 + at}:07`, `好文 https://a.example/x?id=${at}`),
      ),
      say("posts", "s1", "2026-11-17 11:00:07", "这篇 https://a.example/x?id=9 看了吗"),
      say("posts", "s1", "2026-11-17 11:10:07", "谁看过 https://a.example/x?"),
      // A welcome is no greeting; what one newcomer is told is no introduction for all.
      say("posts", "s1", "2026-11-17 12:00:07", "早上好，欢迎新朋友"),
      say("posts", "s1", "2026-11-17 12:30:07", "大家早上好"),
      say("posts", "s1", "2026-11-18 12:00:07", "系统介绍，一次讲完四件事"),
      say("posts", "s1", "2026-11-18 15:00:07", "@m1 系统介绍，一次讲完四件事", { mentions: "m1" }),
      // On no list: who first speaks now is no newcomer. On the list since Monday: one.
      say("posts", "x1", "2026-11-17 13:00:07", "这个怎么买？"),
      say("posts", "n1", "2026-11-18 13:00:07", "这个怎么存？"),
      ...[1, 2, 3].map((at) => say("posts", `x${at}`, `2026-11-19 1${at}:00:07`, ad)),
      // A newcomer's ad that a red packet paid for, and one that none did.
      say("market", "n1", "2026-11-17 13:00:07", ad),
      say("market", "n1", "2026-11-17 13:01:07", "红包 50 元 20 份", { kind: "red_packet" }),
      say("market", "n1", "2026-11-19 13:00:07", ad),
      say("posts", "m1", "2026-11-22 20:00:07", "晚安"),
      // Asked when the service is closed, half an hour before the data end.
      say("night", "s1", "2026-11-20 10:00:07", "白茶到了"),
      say("night", "m1", "2026-11-22 23:30:07", "这个怎么买？"),
    ]),
  );
  const left = (left_at: string) => ({ left_at, leave_kind: "quit" });
  await community.import(
    "members.csv",
    csv([
      ...["minutes", "seconds", "posts"].map((group) => member(group, "m1", { left_at: "", leave_kind: "" })),
      ...["posts", "market"].map((group) => member(group, "n1", { joined_at: "2026-11-16 09:00:00" })),
      // One leaves for good, one for two hours, one for two days.
      member("leavers", "m1", left("2026-11-17 09:00:00")),
      member("leavers", "m2", left("2026-11-17 09:00:00")),
      member("leavers", "m2", { joined_at: "2026-11-17 11:00:00" }),
      member("leavers", "m3", left("2026-11-17 09:00:00")),
      member("leavers", "m3", { joined_at: "2026-11-19 11:00:00" }),
    ]),
  );
  await community.import(
    "calendar.csv",
    csv([
      {
        start: "2026-11-16 00:00:00",
        end: "2026-11-20 00:00:00",
        type: "holiday",
        title: "店庆假",
        group_id: "",
      },
      { start: "2026-11-18 20:00:00", end: "", type: "sop_change", title: "换版", group_id: "" },
    ]),
  );
  [inputs = [], events = []] = await community.queries(
    [`select * from marts.rule_inputs where week = '${WEEK}'`, "select * from marts.event_weeks"],
    "2026-11-23T00:00:00",
  );
});
afterAll(() => community.remove());

const of = (group: string) => inputs.find((row) => row["group_id"] === group);

test("two words in one minute are no message read twice", () => {
  expect(of("minutes")).toMatchObject({ messages_read: 60, duplicate_messages: 0 });
  expect(of("seconds")).toMatchObject({ messages_read: 23, duplicate_messages: 1 });
});

test("a link with a question mark is no question", () => {
  expect(of("posts")).toMatchObject({ staff_questions: 2, closed_questions: 1 });
});

test("who is welcomed was not greeted, and one newcomer is not everyone", () => {
  expect(of("posts")).toMatchObject({ staff_greetings: 1, intro_posts: 1, intro_gap_seconds: null });
});

test("who is known from the first word alone is no newcomer, and an ad that was paid for no breach", () => {
  expect(of("posts")).toMatchObject({ newcomer_unanswered_2h: 1, newcomer_violations: 0 });
  expect(of("market")).toMatchObject({ newcomer_violations: 1, newcomer_violators: 1 });
});

test("a question waits in the hours of the service alone", () => {
  expect(of("night")).toMatchObject({ questions: 1, reply_median_minutes: null, watched_minutes: 0 });
});

test("who comes back within a day was not lost", () => {
  expect(of("leavers")).toMatchObject({ leaves: 3, lasting_leaves: 2, placed_leaves: 2 });
});

test("nobody takes part in a day off or in a new SOP", () => {
  expect(events).toEqual([]);
});
