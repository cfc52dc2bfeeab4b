import { beforeAll, describe, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";
import { CONFIG, messages, type Sent } from "./camp.ts";

/** Steps at the edges of their days, of a camp and of a member's stay, as of Monday 9 November (Asia/Shanghai). */
const WELCOME = "欢迎进群，先看群公告，今晚八点有一场烘焙答疑，带着问题来。";
const TIP = "黄油软化到手指能按出坑就停，别化成水，不然饼干会摊开。";

const PLANS: Record<string, string> = {
  allday: `steps:\n  - { id: slot, date: 2026-11-02, text: "${TIP}" }\n  - { id: gone, date: 2026-11-03, text: "${TIP}" }`,
  started: `start: 2026-11-02\nsteps:\n  - { id: tip, weekday: mon, time: "09:00", text: "${TIP}" }`,
  stayed: `steps:\n  - { id: third, since: member_join, day: 3, time: "09:00", text: "${TIP}" }`,
  phased: `start: 2026-11-04\nphases:\n  - { id: 引流, from: -2, to: -1 }\nsteps:\n  - { id: hello, phase: 引流, since: member_join, after: 5m, text: "${WELCOME}" }`,
  merged: `steps:\n  - { id: hello, since: member_join, after: 5m, text: "${WELCOME}" }`,
  made: `steps:\n  - { id: rules, since: group_created, after: 10m, text: "${TIP}" }`,
  found: `steps:\n  - { id: rules, since: group_created, after: 10m, text: "${TIP}" }`,
};

const SENT: Sent[] = [
  { group: "allday", at: "2026-11-02T23:59:30", text: TIP },
  { group: "allday", at: "2026-11-04T00:00:00", text: TIP },
  { group: "started", at: "2026-11-02T09:00:00", text: TIP },
  { group: "stayed", at: "2026-11-06T09:00:00", text: TIP },
  { group: "made", at: "2026-11-02T09:00:00", text: "早" },
  { group: "found", at: "2026-11-02T09:00:00", text: "早" },
  { group: "phased", at: "2026-11-02T10:05:00", text: WELCOME, mentions: "n2" },
  // Three of four who came at once are called in one welcome.
  { group: "merged", at: "2026-11-03T10:06:00", text: `@n1 @n2 @n3 ${WELCOME}`, mentions: "n1;n2;n3" },
];

let due: Record<string, unknown>[];
beforeAll(async () => {
  const community = new Community(CONFIG);
  try {
    await community.import("messages.csv", messages(SENT));
    const came = (group_id: string, member_id: string, joined_at: string, left_at = "") => ({
      group_id,
      member_id,
      joined_at,
      left_at,
      leave_kind: left_at === "" ? "" : "quit",
    });
    await community.import(
      "members.csv",
      csv([
        came("stayed", "n1", "2026-11-03 10:00:00"),
        came("stayed", "n2", "2026-11-03 11:00:00", "2026-11-04 09:00:00"),
        came("made", "m1", "2026-10-19 00:00:05"),
        came("phased", "n1", "2026-10-26 10:00:00"),
        came("phased", "n2", "2026-11-02 10:00:00"),
        came("phased", "n3", "2026-11-05 10:00:00"),
        ...["n1", "n2", "n3", "n4"].map((who) => came("merged", who, "2026-11-03 10:00:00")),
      ]),
    );
    for (const [group, steps] of Object.entries(PLANS))
      await community.import(
        `${group}.yaml`,
        `version: V1\nid: plan-${group}\ngroups: [${group}]\n${steps}\n`,
      );
    [due = []] = await community.queries(
      [
        `select group_id, step_id, due_local_at::date::varchar as day, status from marts.sop_adherence
         where is_due order by group_id, due_at, status`,
      ],
      "2026-11-09T00:00:00",
    );
  } finally {
    community.remove();
  }
});

const of = (group: string) =>
  due.filter(({ group_id }) => group_id === group).map(({ day, status }) => `${day} ${status}`);

describe("due steps", () => {
  it("a step of a whole day is on time until its day is over", () => {
    expect(of("allday")).toEqual(["2026-11-02 done", "2026-11-03 missed"]);
  });

  it("a weekly step of a plan that begins on a day is not due before it", () => {
    expect(of("started")).toEqual(["2026-11-02 done"]);
  });

  it("a step for a member who has left by then is not due", () => {
    expect(of("stayed")).toEqual(["2026-11-06 done"]);
  });

  it("a step of a phase is for those who come in it", () => {
    expect(of("phased")).toEqual(["2026-11-02 done"]);
  });

  it("a step after the group was made is due where that is known, and not from the first message of a log", () => {
    expect(of("made")).toEqual(["2026-10-19 missed"]);
    expect(of("found")).toEqual([]);
  });

  it("one welcome is that of everyone whom it calls, and of nobody else", () => {
    expect(of("merged")).toEqual([
      "2026-11-03 done",
      "2026-11-03 done",
      "2026-11-03 done",
      "2026-11-03 missed",
    ]);
  });
});
