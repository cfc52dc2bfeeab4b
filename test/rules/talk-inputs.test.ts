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
    ]),
  );
  [inputs = [], posts = []] = await community.queries(
    [
      "select group_id, week::varchar as week, staff_posts, staff_posts_4w, off_peak_posts_4w, days_silent, at_all from marts.rule_inputs order by all",
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
