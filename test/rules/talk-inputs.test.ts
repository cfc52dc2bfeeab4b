import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/** What the rules know of a group's hours and of its silence. */
const community = new Community("staff: [s1]\n");
let inputs: Row[];
let posts: Row[];
const say = (sender_id: string, sent_at: string, text: string, group_id = "g1") => ({
  group_id,
  sender_id,
  sent_at,
  text,
});

beforeAll(async () => {
  await community.import(
    "messages.csv",
    csv([
      // Members talk at noon, and ask at night.
      ...[9, 10, 11, 12].map((day) =>
        say("m1", `2026-11-${String(day).padStart(2, "0")} 12:00:00`, `第 ${day} 天`),
      ),
      ...["12:10", "13:10", "14:10"].map((time) => say("m2", `2026-11-09 ${time}:00`, "还有吗")),
      say("m2", "2026-11-10 23:00:00", "这个还有货吗"),
      // Two posts, one of them at night; the others answer somebody by name or by quotation.
      say("s1", "2026-11-09 12:05:00", "今天聊聊早餐吃什么"),
      say("s1", "2026-11-10 22:00:00", "明天上新"),
      say("s1", "2026-11-10 23:05:00", "@m2 有的"),
      say("s1", "2026-11-11 23:05:00", "@m1 明天到"),
      { ...say("s1", "2026-11-11 23:30:00", "已经发出"), reply_to: "q1" },
      // Everyone is called as text logs have it, with and without a space; a member whose name begins so is one person.
      say("s1", "2026-11-10 09:00:00", "@所有人 今晚八点开团", "g3"),
      say("s1", "2026-11-11 09:00:00", "@全体成员今天截单", "g3"),
      say("s1", "2026-11-12 09:00:00", "@all free shipping today", "g3"),
      say("s1", "2026-11-13 09:00:00", "@allen your parcel has left", "g3"),
      say("m1", "2026-11-13 09:30:00", "收到", "g3"),
      // The last word of a member is 13 days and 17 hours before the end of the week after.
      say("m1", "2026-11-02 12:00:00", "早", "g2"),
      say("m1", "2026-11-09 07:00:00", "还在吗", "g2"),
      say("s1", "2026-11-22 12:00:00", "在", "g2"),
      // Newcomers ask at night: 30 minutes of the service go by until the one is answered, 121 until the other.
      say("n1", "2026-11-10 23:00:00", "这个还有货吗？", "g4"),
      { ...say("s1", "2026-11-11 08:30:00", "@n1 有的", "g4"), mentions: "n1" },
      say("n2", "2026-11-11 20:30:00", "这个还有货吗？", "g4"),
      { ...say("s1", "2026-11-12 08:31:00", "@n2 有的", "g4"), mentions: "n2" },
      // On no list: somebody who spoke the week before too is no better known.
      say("x1", "2026-11-04 12:00:00", "路过", "g5"),
      say("x1", "2026-11-12 12:00:00", "又来了", "g5"),
      // Of forty members two are the first twentieth: h4 helps most but on two days only, h1 and h2 nine times each, h3 eight times.
      ...[9, 9, 8, 16].flatMap((helps, who) =>
        Array.from({ length: helps }, (_, nth) => {
          const on = `2026-11-${String((who === 3 ? nth % 2 : nth) + 7).padStart(2, "0")} ${10 + who}`;
          const id = `q${who}-${nth}`;
          return [
            { ...say("h0", `${on}:10:${10 + nth}`, "这个怎么用呀？", "g5"), message_id: id },
            { ...say(`h${who + 1}`, `${on}:20:${10 + nth}`, "先泡一泡", "g5"), reply_to: id },
          ];
        }).flat(),
      ),
    ]),
  );
  await community.import(
    "members.csv",
    csv(
      [
        ...["n1", "n2"].map((member_id) => ["g4", member_id, "2026-11-09 09:00:00"]),
        ...Array.from({ length: 40 }, (_, at) => ["g5", `h${at}`, "2026-10-01 09:00:00"]),
      ].map(([group_id, member_id, joined_at]) => ({ group_id, member_id, joined_at })),
    ),
  );
  [inputs = [], posts = []] = await community.queries(
    [
      "select group_id, week::varchar as week, staff_posts, staff_posts_4w, off_peak_posts_4w, days_silent, at_all, newcomer_unanswered_2h, helpers, most_helps, unknown_speakers from marts.rule_inputs order by all",
      "select group_id, week::varchar as week, denominator as posts, numerator as silent from kpis.zero_response_rate order by all",
    ],
    "2026-11-23T00:00:00",
  );
});
afterAll(() => community.remove());

test("answers that name or quote somebody are no posts at an hour that staff chose", () => {
  const week = inputs.find((row) => row["group_id"] === "g1" && row["week"] === "2026-11-09");
  expect(week).toMatchObject({ staff_posts: 2, staff_posts_4w: 2, off_peak_posts_4w: 1 });
});

test("a call to everyone is a post, as is what the rate of posts without response counts; an answer is none", () => {
  const week = inputs.find((row) => row["group_id"] === "g3" && row["week"] === "2026-11-09");
  expect(week).toMatchObject({ staff_posts: 3, at_all: 3 });
  const rate = (group: string) =>
    posts.find((row) => row["group_id"] === group && row["week"] === "2026-11-09");
  expect(rate("g3")).toMatchObject({ posts: 3, silent: 3 });
  // A member spoke five minutes after the first and an hour after the second.
  expect(rate("g1")).toMatchObject({ posts: 2 });
});

test("days of silence are full ones", () => {
  const of = (week: string) =>
    inputs.find((row) => row["group_id"] === "g2" && row["week"] === week)?.["days_silent"];
  expect([of("2026-11-02"), of("2026-11-09"), of("2026-11-16")]).toEqual([6, 6, 13]);
});

test("a night is no time in which a newcomer's question waits", () => {
  expect(inputs.find((row) => row["group_id"] === "g4")).toMatchObject({ newcomer_unanswered_2h: 1 });
});

test("who helps most is a twentieth of all members, not of those who help", () => {
  const week = inputs.find((row) => row["group_id"] === "g5" && row["week"] === "2026-11-09");
  expect(week).toMatchObject({ helpers: 2, most_helps: 9, unknown_speakers: 1 });
});
