import { afterEach, beforeEach, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/*
 * Stays that logs and lists state badly: speakers whom no list has and a word in the minute of
 * leaving. Found by a second accountant who counted from the definitions.
 */
let community: Community;
beforeEach(() => {
  community = new Community("staff: [boss]\n");
});
afterEach(() => community.remove());

const STAYS = `select display_name as name, strftime(joined_at + interval 8 hour, '%m-%d %H:%M') as "from", strftime(left_at + interval 8 hour, '%m-%d %H:%M') as until
  from marts.memberships inner join marts.people using (person_id) where is_member order by name, joined_at`;
const said = (sender_id: string, sent_at: string, text = "今天买了菜") => ({
  group_id: "g1",
  sender_id,
  sender_name: sender_id,
  sent_at,
  text,
});

test("who speaks again after a list without them is there again, as often as it happens", async () => {
  const lists = ["07", "14", "21"].map((day) => `g1,listed,listed,2026-09-${day} 09:00:00\n`);
  await community.import("lists.csv", `group_id,member_id,name,snapshot_at\n${lists.join("")}`);
  const words = ["02", "08", "09", "22"].map((day) => said("absent", `2026-09-${day} 10:00:00`));
  await community.import("messages.csv", csv([said("listed", "2026-09-01 10:00:00"), ...words]));
  const [stays = [], spoke = []] = await community.queries(
    [
      STAYS,
      "select week, numerator, denominator from report.kpi_weekly where kpi = 'activity_rate' and group_id = 'g1' and segment = '*' order by week",
    ],
    "2026-09-28T00:00:00",
  );
  expect(stays.map(Object.values)).toEqual([
    ["absent", "09-02 10:00", "09-07 09:00"],
    ["absent", "09-08 10:00", "09-14 09:00"],
    ["absent", "09-22 10:00", null],
    ["listed", null, null],
  ]);
  expect(spoke.map(Object.values)).toEqual([
    ["2026-08-31", 2, 2],
    ["2026-09-07", 1, 2],
    ["2026-09-14", 0, 2],
    ["2026-09-21", 1, 2],
  ]);
});

test("a word in the minute of leaving, or just after it, keeps nobody in the group", async () => {
  const stay = (member_id: string) => ({
    group_id: "g1",
    member_id,
    name: member_id,
    joined_at: "2026-09-02 10:00:00",
    left_at: "2026-09-02 10:05:00",
  });
  await community.import("members.csv", csv(["same minute", "late clock", "comes back"].map(stay)));
  await community.import(
    "messages.csv",
    csv([
      said("same minute", "2026-09-02 10:05:00", "加我微信领券"),
      said("late clock", "2026-09-02 10:09:00"),
      said("comes back", "2026-09-02 10:16:00"),
    ]),
  );
  const stays = await community.query(STAYS, "2026-09-07T00:00:00");
  expect(stays.map(Object.values)).toEqual([
    ["comes back", "09-02 10:00", "09-02 10:05"],
    ["comes back", "09-02 10:16", null],
    ["late clock", "09-02 10:00", "09-02 10:05"],
    ["same minute", "09-02 10:00", "09-02 10:05"],
  ]);
});
