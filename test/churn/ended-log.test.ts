import { afterAll, beforeAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/** Two groups alike in all, but the log of `ends` was exported only up to Sunday 11 October, and that of `asks` to the hour of a question. */
const community = new Community("staff: [s1]\n");
const weeks = Array.from({ length: 14 }, (_, n) =>
  new Date(Date.UTC(2026, 7, 5 + 7 * n)).toISOString().slice(0, 10),
);

beforeAll(async () => {
  const stay = (group_id: string, member_id: string, left_at = "") => ({
    group_id,
    member_id,
    joined_at: "2026-07-01 09:00:00",
    left_at,
  });
  await community.import(
    "members.csv",
    csv(
      ["ends", "goes on", "asks"].flatMap((group) => [
        stay(group, `${group} silent`, "2026-11-12 10:00:00"),
        stay(group, `${group} asks`, "2026-11-13 10:00:00"),
        stay(group, `${group} talks`),
        stay(group, "s1"),
      ]),
    ),
  );
  const said = (group_id: string, sender_id: string, sent_at: string, text: string) => ({
    group_id,
    sender_id,
    sent_at,
    text,
  });
  const talk = ["ends", "goes on", "asks"].flatMap((group) =>
    weeks.flatMap((day, at) => [
      said(group, `${group} talks`, `${day} 09:00:00`, "早"),
      // Posts of the staff end with September everywhere.
      ...(at < 8 ? [said(group, "s1", `${day} 20:00:00`, "今晚聊聊豆腐怎么做")] : []),
    ]),
  );
  const asked = (group: string) => said(group, `${group} asks`, "2026-11-11 10:00:00", "请问这个怎么保存？");
  await community.import(
    "messages.csv",
    csv([
      ...talk.filter(({ group_id, sent_at }) => group_id !== "ends" || sent_at < "2026-10-12"),
      asked("asks"),
      asked("goes on"),
      said("goes on", "goes on talks", "2026-11-14 09:00:00", "早"),
    ]),
  );
});
afterAll(() => community.remove());

test("what did not happen after the last message of a log is no reason for leaving", async () => {
  const rows = await community.query(
    `select group_id, left_at::date::varchar as day, list(reason order by reason) as reasons from marts.churn_reasons
     join marts.churn_events using (group_id, person_id, nth) group by all order by all`,
    "2026-11-16T00:00:00",
  );
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["asks", "2026-11-12", ["content_bad", "never_engaged"]],
    // Nobody knows whether the question was answered after the hour in which the log ends.
    ["asks", "2026-11-13", ["content_bad"]],
    ["ends", "2026-11-12", ["unknown"]],
    ["ends", "2026-11-13", ["unknown"]],
    ["goes on", "2026-11-12", ["content_bad", "never_engaged"]],
    ["goes on", "2026-11-13", ["content_bad", "service_unanswered"]],
  ]);
});
