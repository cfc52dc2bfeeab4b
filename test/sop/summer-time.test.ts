import { afterAll, beforeAll, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

/*
 * New York, where the clocks go back on Sunday 1 November 2026 at 02:00 (06:00 UTC): the day has 25 hours, and 01:30 comes twice.
 * They go forward on 8 March at 02:00 (07:00 UTC): 23 hours.
 */
const PLAN = `version: 1
groups: [g1]
steps:
  - { id: autumn, date: 2026-11-01, text: "All day: send a picture of your bread to the group" }
  - { id: spring, date: 2026-03-08, text: "All day: say what you bake this week" }
  - { id: plain, date: 2026-11-03, text: "All day: the list for the weekend is open" }
  - { id: hello, since: member_join, after: 10m, text: "Welcome, say what you like to bake" }
`;
const MEMBERS = csv(
  [
    ["early", "2026-11-01T05:30:00Z"],
    ["late", "2026-11-01T06:30:00Z"],
    ["plain", "2026-11-02T18:00:00Z"],
  ].map(([person_id, joined_at]) => ({
    group_id: "g1",
    member_id: person_id,
    joined_at,
    left_at: "",
    leave_kind: "",
  })),
);
const LOG = csv(
  ["2026-03-02T12:00:00Z", "2026-11-02T04:30:00Z", "2026-11-05T12:00:00Z"].map((sent_at, at) => ({
    group_id: "g1",
    sender_id: at === 1 ? "boss" : "m1",
    sent_at,
    text: at === 1 ? "All day: send a picture of your bread to the group" : "morning",
  })),
);

let due: Record<string, unknown>[];
let hello: Record<string, unknown>[];
let status: Record<string, unknown>[];
const community = new Community("timezone: America/New_York\nstaff: [boss]\n");
beforeAll(async () => {
  await community.import("messages.csv", LOG);
  await community.import("members.csv", MEMBERS);
  await community.import("plan.yaml", PLAN);
  const columns = "strftime(due_at, '%m-%d %H:%M') as due, strftime(on_time_until, '%m-%d %H:%M') as until";
  [due = [], hello = [], status = []] = await community.queries([
    `select step_id, ${columns}, missed_after = on_time_until as ends from marts.sop_steps_due where step_id <> 'hello' order by due_at`,
    `select ${columns}, strftime(due_local_at, '%d %H:%M') as local from marts.sop_steps_due where step_id = 'hello' order by due_at`,
    "select status from marts.sop_adherence where step_id = 'autumn'",
  ]);
});
afterAll(() => community.remove());

it("a step of a whole day ends in the last minute of that day, of 23, 24 or 25 hours", () => {
  expect(due).toEqual([
    { step_id: "spring", due: "03-08 05:00", until: "03-09 03:59", ends: true },
    { step_id: "autumn", due: "11-01 04:00", until: "11-02 04:59", ends: true },
    { step_id: "plain", due: "11-03 05:00", until: "11-04 04:59", ends: true },
  ]);
});

it("what was sent in its 25th hour is on time", () => {
  expect(status).toEqual([{ status: "done" }]);
});

it("ten minutes after a join are ten minutes, also where the clock shows that time twice", () => {
  expect(hello).toEqual([
    { due: "11-01 05:40", until: "11-01 05:50", local: "01 01:40" },
    { due: "11-01 06:40", until: "11-01 06:50", local: "01 01:40" },
    { due: "11-02 18:10", until: "11-02 18:20", local: "02 13:10" },
  ]);
});
