import { afterAll, beforeAll, expect, it } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/*
 * Given three groups of forty who talk alike for twelve weeks, the export of one forgotten in the tenth and eleventh,
 * that of another made on Thursday of the last,
 * expect no verdict on what that makes of activity, and the verdicts on everything else.
 */
const DAY = 86_400_000;
const START = Date.UTC(2026, 7, 3);
const time = (day: number, hour: number) =>
  new Date(START + day * DAY + hour * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
const week = (n: number) => time(7 * (n - 1), 0).slice(0, 10);

const community = new Community();
let rows: Row[];
let notes: Row[];
let asleep: Row[];
let quiet: Row[];
let steps: Row[];
beforeAll(async () => {
  const groups = ["g1", "g2", "g3"];
  const people = Array.from({ length: 40 }, (_, at) => at);
  await community.import(
    "members.csv",
    csv(
      groups.flatMap((group_id) =>
        people.map((at) => ({ group_id, member_id: `${group_id}-${at}`, joined_at: "2026-01-05 10:00:00" })),
      ),
    ),
  );
  const isMissing = (group: string, day: number) =>
    (group === "g3" && day >= 63 && day < 77) || (group === "g2" && day >= 80);
  await community.import(
    "messages.csv",
    csv(
      groups.flatMap((group_id) =>
        Array.from({ length: 84 }, (_, day) => day)
          .filter((day) => !isMissing(group_id, day))
          .flatMap((day) =>
            people
              .filter(
                (at) => (at + day * 3 + Math.floor(day / 7)) % 7 === 0 && (at + Math.floor(day / 7)) % 3 > 0,
              )
              .map((at) => ({
                group_id,
                sender_id: `${group_id}-${at}`,
                sent_at: time(day, 12),
                text: `第 ${day} 天`,
              })),
          ),
      ),
    ),
  );
  await community.import(
    "plan.yaml",
    `version: 1\ngroups: [g1, g2, g3]\nsteps:\n${[9, 10, 11, 12].map((n) => `  - { id: w${n}, date: ${time(7 * n - 2, 0).slice(0, 10)}, time: "09:00", text: "【打卡】今天把材料称好，拍一张发到群里" }\n`).join("")}`,
  );
  [rows = [], notes = [], asleep = [], quiet = [], steps = []] = await community.queries(
    [
      `select group_id, week, verdict, reason, lo from report.verdicts where kpi = 'activity_rate' and week >= date '${week(9)}' order by 1, 2`,
      "select group_id, week, nth, is_missing from marts.log_gaps order by 2",
      `select group_id, week from marts.rule_inputs where week >= date '${week(9)}' and (dormant is null or repeat_to_dormant is null or wakeable is null) order by 1, 2`,
      `select distinct kpi, numerator from report.kpi_weekly where group_id = 'g3' and week = date '${week(11)}' and kpi like 'messages_per_speaker%' order by 1`,
      "select group_id, week, status from marts.sop_adherence where is_due order by all",
    ],
    time(84, 0),
  );
});
afterAll(() => community.remove());

const reasons = (group: string) =>
  rows.filter(({ group_id }) => group_id === group).map(({ reason, verdict }) => reason ?? verdict);

it("what a log lacks is neither held against its group nor against all together", () => {
  expect(notes).toEqual([
    { group_id: "g3", week: week(10), nth: 1, is_missing: true },
    { group_id: "g3", week: week(11), nth: 2, is_missing: true },
    { group_id: "g2", week: week(12), nth: 1, is_missing: false },
  ]);
  // Week 9 is whole, 10 begins the gap, 11 is as silent, 12 ends it.
  expect(reasons("g3")).toEqual(["noise", "gap", "gap", "gap"]);
  expect(reasons("*")).toEqual(["noise", "gap", "noise", "gap"]);
  expect(reasons("g2")).toEqual(["noise", "noise", "noise", "gap"]);
  expect(reasons("g1")).toEqual(["noise", "noise", "noise", "noise"]);
  expect(rows.filter(({ reason }) => reason === "gap").every(({ lo }) => lo === null)).toBe(true);
});

it("who did not speak in thirty days is not known while a week of them is lacking", () => {
  expect(asleep.map(({ group_id, week: of }) => [group_id, of])).toEqual([
    ["g2", week(12)],
    ["g3", week(10)],
    ["g3", week(11)],
    ["g3", week(12)],
  ]);
});

it("of a week in which nobody spoke no speaker's number of messages is told", () => {
  expect(quiet).toEqual([
    { kpi: "messages_per_speaker", numerator: 0 },
    { kpi: "messages_per_speaker_median", numerator: null },
    { kpi: "messages_per_speaker_p90", numerator: null },
  ]);
});

it("what the log lacks was not left undone", () => {
  const missed = (group: string) =>
    steps.filter(({ group_id }) => group_id === group).map(({ week: of }) => of);
  expect(steps.every(({ status }) => status === "missed")).toBe(true);
  expect(missed("g1")).toEqual([week(9), week(10), week(11), week(12)]);
  expect(missed("g2")).toEqual([week(9), week(10), week(11)]);
  expect(missed("g3")).toEqual([week(9), week(12)]);
});
