import { afterEach, beforeEach, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/* What a group's weeks count at their edges: before anybody was seen, after as_of, before the log. */
let community: Community;
beforeEach(() => {
  community = new Community("staff: [boss]\n");
});
afterEach(() => community.remove());

const said = (sender_id: string, sent_at: string) => ({
  group_id: "g1",
  sender_id,
  sent_at,
  text: "今天买了菜",
});

test("a leave without a join in a group that nobody was seen to join before is counted, and the accounts balance", async () => {
  await community.import("messages.csv", csv([said("m1", "2026-09-01 10:00:00")]));
  const rows = [
    { group_id: "g2", member_id: "old", joined_at: "", left_at: "2026-09-09 10:00:00" },
    { group_id: "g2", member_id: "new", joined_at: "2026-09-23 10:00:00", left_at: "" },
  ];
  await community.import("members.csv", csv(rows));
  const weeks = await community.query(
    "select week, members_start, joins, leaves, members_end, is_new from marts.group_weeks where group_id = 'g2' order by week",
    "2026-09-28T00:00:00",
  );
  expect(weeks.map(Object.values)).toEqual([
    ["2026-08-31", 1, 0, 0, 1, false],
    ["2026-09-07", 1, 0, 1, 0, false],
    ["2026-09-14", 0, 0, 0, 0, false],
    ["2026-09-21", 0, 1, 0, 1, true],
  ]);
});

test("whoever the list of a week's first moment no longer names was a member of that week, and left in it", async () => {
  const list = (members: readonly string[], snapshot_at: string) =>
    csv(members.map((member_id) => ({ group_id: "g1", member_id, snapshot_at })));
  const all = Array.from({ length: 10 }, (_, at) => `m${at}`);
  await community.import("before.csv", list(all, "2026-09-14"));
  await community.import("after.csv", list(all.slice(3), "2026-09-21"));
  await community.import("messages.csv", csv([said("m9", "2026-09-15 10:00:00")]));
  const weeks = await community.query(
    "select week, members_start, leaves, members_end, members_present from marts.group_weeks where week > '2026-09-07' order by week",
    "2026-09-28T00:00:00",
  );
  expect(weeks.map(Object.values)).toEqual([
    ["2026-09-14", 10, 0, 10, 10],
    ["2026-09-21", 10, 3, 7, 10],
  ]);
  const asked = (sql: string) => community.query(sql, "2026-09-28T00:00:00");
  const lost = await asked(
    "select week, numerator, denominator from report.kpi_weekly where kpi = 'churn_rate' and segment = '*' and group_id = '*' and week > '2026-09-07' order by week",
  );
  expect(lost.map(Object.values)).toEqual([
    ["2026-09-14", 0, 10],
    ["2026-09-21", 3, 10],
  ]);
  const flows = await asked(
    `select "from", "to", persons from marts.segment_flows where week = '2026-09-21' order by all`,
  );
  expect(flows.filter(({ to }) => to === "left").map(({ persons }) => persons)).toEqual([3]);
});

test("of a week that is not over only the time to as_of was spent in a group", async () => {
  const rows = ["2026-08-01 10:00:00", "2026-09-02 12:00:00"].map((joined_at, at) => ({
    group_id: "g1",
    member_id: `m${at}`,
    joined_at,
    left_at: "",
  }));
  await community.import("members.csv", csv(rows));
  await community.import("messages.csv", csv([said("m0", "2026-09-01 10:00:00")]));
  // Thursday noon: half of the week for one, a day for the other.
  const [half] = await community.query("select member_weeks from marts.group_weeks", "2026-09-03T12:00:00");
  const [whole] = await community.query("select member_weeks from marts.group_weeks", "2026-09-07T00:00:00");
  expect([half, whole]).toEqual([{ member_weeks: 0.642857 }, { member_weeks: 1.642857 }]);
});

test("before its log begins a group is not dead: nobody knows who spoke", async () => {
  const rows = ["g1", "g2"].map((group_id) => ({
    group_id,
    member_id: "m1",
    joined_at: "2026-08-01 10:00:00",
    left_at: "",
  }));
  await community.import("members.csv", csv(rows));
  const quiet = { ...said("boss", "2026-09-23 10:00:00"), group_id: "g2" };
  await community.import("messages.csv", csv([said("m1", "2026-09-01 10:00:00"), quiet]));
  const dead = await community.query(
    "select week, group_id from marts.group_weeks where is_dead order by all",
    "2026-10-12T00:00:00",
  );
  expect(dead.map(Object.values)).toEqual([
    ["2026-09-14", "g1"],
    ["2026-09-21", "g1"],
    ["2026-09-28", "g1"],
    ["2026-09-28", "g2"],
    ["2026-10-05", "g1"],
    ["2026-10-05", "g2"],
  ]);
});
