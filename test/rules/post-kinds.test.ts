import { afterAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/* ACT-09 is of kinds of messages (rules.md: "文字/图/视频/链接占比"): pictures are posts, though they have no text. */
const community = new Community("staff: [boss]\n");
afterAll(() => community.remove());

test("a picture or a video without a text is a post of the staff, of its own kind", async () => {
  const post = (n: number, kind: string, text: string) => ({
    group_id: "g1",
    sender_id: "boss",
    sent_at: `2026-11-${10 + (n % 5)} ${10 + Math.floor(n / 5)}:00:00`,
    kind,
    text,
  });
  await community.import(
    "members.csv",
    csv(
      ["boss", "m"].map((member_id) => ({
        group_id: "g1",
        member_id,
        joined_at: "2026-09-01 09:00:00",
        left_at: "",
      })),
    ),
  );
  await community.import(
    "messages.csv",
    csv([
      ...Array.from({ length: 10 }, (_, n) => post(n, "text", `今天讲第 ${n} 种面粉`)),
      ...Array.from({ length: 8 }, (_, n) => post(10 + n, "image", "")),
      ...Array.from({ length: 2 }, (_, n) => post(18 + n, "video", "")),
    ]),
  );
  const [inputs] = await community.query(
    "select staff_messages, staff_posts, top_kind_posts, post_kinds from marts.rule_inputs where week = '2026-11-09'",
    "2026-11-16T00:00:00",
  );
  expect(inputs).toEqual({ staff_messages: 20, staff_posts: 20, top_kind_posts: 10, post_kinds: 3 });
});
