import { afterEach, describe, expect, it } from "vitest";
import type { Community } from "../support/community.ts";
import { adherence, camp } from "./camp.ts";

const CHECKIN = "【打卡】今天把材料称好，拍一张发到群里，再写一句心得。";
const REMIND = "三十分钟后开讲今晚的主题，先把烤箱预热好，别迟到。";
const CLOSE = "今晚三点记住：看状态、控温度、别着急，作业明早前交。";

/** Five days from Monday 2 November, three steps a day. */
const PLAN = `version: V1
id: bake
group_kind: camp
groups: [g1]
start: 2026-11-02
roles: { assistant: 助教, lecturer: 讲师 }
steps:
${[0, 1, 2, 3, 4]
  .flatMap((day) => [
    `  - { id: d${day}-checkin, day: ${day}, time: "09:00", role: assistant, text: "${CHECKIN}" }`,
    `  - { id: d${day}-remind, day: ${day}, time: "19:30", role: assistant, text: "${REMIND}" }`,
    `  - { id: d${day}-close, day: ${day}, time: "21:30", role: lecturer, text: "${CLOSE}" }`,
  ])
  .join("\n")}
`;

const day = (n: number) => `2026-11-0${2 + n}`;
const sentOn = (n: number) => [
  { at: `${day(n)}T09:03:00`, text: CHECKIN },
  { at: `${day(n)}T19:31:00`, text: REMIND },
  { at: `${day(n)}T21:38:00`, text: CLOSE, by: "lecturer" },
];

let community: Community;
afterEach(() => community.remove());

const tally = (rows: readonly Record<string, unknown>[]) =>
  Object.fromEntries(
    [...new Set(rows.map(({ status }) => String(status)))].map((status) => [
      status,
      rows.filter((row) => row["status"] === status).length,
    ]),
  );

describe("adherence", () => {
  it("a half-run camp with all due steps sent is 100 %", async () => {
    community = await camp(PLAN, [0, 1, 2].flatMap(sentOn));
    // Wednesday night: Thursday and Friday are not due yet.
    const rows = await adherence(community, "2026-11-05T00:00:00");
    expect(tally(rows)).toEqual({ done: 9 });
    const [kpi] = await community.query(
      "select numerator, denominator, value from report.kpi_weekly where kpi = 'sop_adherence' and group_id = 'g1'",
      "2026-11-05T00:00:00",
    );
    expect(kpi).toEqual({ numerator: 9, denominator: 9, value: 1 });
  });

  it("says done, late by how much, missed, wrong group and unplanned", async () => {
    community = await camp(PLAN, [
      { at: `${day(0)}T09:10:00`, text: CHECKIN },
      { at: `${day(0)}T19:50:30`, text: REMIND },
      { at: `${day(0)}T21:31:00`, text: CLOSE, by: "lecturer", group: "g2" },
      { at: `${day(0)}T15:00:00`, text: "今天新到一批面粉，想看的朋友直接在这里说一声，我拍给大家。" },
    ]);
    const rows = await adherence(community, "2026-11-03T00:00:00");
    expect(
      rows.map(({ group_id, step_id, status, is_due, minutes_late, other_group_id }) => [
        group_id,
        step_id,
        status,
        is_due,
        minutes_late,
        other_group_id,
      ]),
    ).toEqual([
      ["g1", "d0-checkin", "done", true, 10, null],
      ["g1", null, "unplanned", false, null, null],
      ["g1", "d0-remind", "late", true, 20, null],
      ["g1", "d0-close", "wrong_group", true, 1, "g2"],
      ["g2", "d0-close", "wrong_group", false, 1, "g1"],
    ]);
  });

  it("knows on time to the second, on both sides", async () => {
    community = await camp(PLAN, [
      { at: `${day(0)}T09:10:00`, text: CHECKIN },
      { at: `${day(1)}T09:10:01`, text: CHECKIN },
      { at: `${day(2)}T11:00:00`, text: CHECKIN },
      { at: `${day(3)}T11:00:01`, text: CHECKIN },
      { at: `${day(4)}T08:41:00`, text: CHECKIN },
    ]);
    const rows = (await adherence(community)).filter(({ step_id }) => String(step_id).endsWith("checkin"));
    expect(rows.map(({ status, minutes_late }) => [status, minutes_late])).toEqual([
      ["done", 10],
      ["late", 10],
      ["late", 120],
      ["missed", null],
      ["done", -19],
    ]);
  });

  it("one message serves one step", async () => {
    const twice = PLAN.replace(`time: "19:30"`, `time: "09:30"`).replaceAll(REMIND, CHECKIN);
    community = await camp(twice, [{ at: `${day(0)}T09:28:00`, text: CHECKIN }]);
    const rows = await adherence(community, "2026-11-02T20:00:00");
    expect(rows.map(({ step_id, status }) => [step_id, status])).toEqual([
      ["d0-checkin", "missed"],
      ["d0-remind", "done"],
    ]);
  });

  it("a changed wording, a heading, a link, a kind and a bare time slot are known; a member's words never", async () => {
    const plan = `version: 1
groups: [g1]
steps:
  - { id: wording, date: 2026-11-02, time: "09:00", text: "${CHECKIN}" }
  - { id: heading, date: 2026-11-02, time: "11:00", text: "【周一干货】{topic}最容易踩的三个坑，对照表已画好，先存下。" }
  - { id: link, date: 2026-11-02, time: "13:00", link: "shop.example/s/" }
  - { id: kind, date: 2026-11-02, time: "15:00", kind: image }
  - { id: slot, date: 2026-11-02, time: "17:00" }
  - { id: member, date: 2026-11-02, time: "20:00", text: "${REMIND}" }
`;
    community = await camp(plan, [
      { at: `${day(0)}T09:00:00`, text: "【打卡】今天先把材料称好，拍一张图发群里，再写一句小心得～" },
      { at: `${day(0)}T11:00:00`, text: "【周一干货】黄油软化到手指能按出坑就停。" },
      { at: `${day(0)}T13:00:00`, text: "戳 https://shop.example/s/8 下单" },
      { at: `${day(0)}T15:00:00`, text: "", kind: "image" },
      {
        at: `${day(0)}T16:55:00`,
        text: "@member m2 你的问题我晚点回你哈，先忙一下手头的事情",
        mentions: "m2",
      },
      { at: `${day(0)}T17:04:00`, text: "今天聊聊大家的周末安排" },
      { at: `${day(0)}T20:00:00`, text: REMIND, by: "m2" },
    ]);
    const rows = await adherence(community, "2026-11-03T00:00:00");
    expect(
      rows.map(({ step_id, status, matched_by, minutes_late }) => [
        step_id,
        status,
        matched_by,
        minutes_late,
      ]),
    ).toEqual([
      ["wording", "done", "text", 0],
      ["heading", "done", "heading", 0],
      ["link", "done", "link", 0],
      ["kind", "done", "kind", 0],
      ["slot", "done", "time", 4],
      ["member", "missed", null, null],
    ]);
  });

  it("a missed step survives an edit of the plan", async () => {
    community = await camp(PLAN, sentOn(0).slice(1));
    await community.import("plan.yaml", PLAN.replace(/ {2}- \{ id: d0-checkin.*\n/, ""));
    const rows = await adherence(community, "2026-11-03T00:00:00");
    expect(rows.map(({ step_id, status }) => [step_id, status])).toEqual([
      ["d0-checkin", "missed"],
      ["d0-remind", "done"],
      ["d0-close", "done"],
    ]);
  });

  it("says whether the step's role sent it", async () => {
    community = await camp(PLAN, [
      { at: `${day(0)}T09:00:00`, text: CHECKIN, by: "helper" },
      { at: `${day(0)}T19:30:00`, text: REMIND, by: "lecturer" },
      { at: `${day(0)}T21:30:00`, text: CLOSE, by: "boss" },
    ]);
    const rows = await adherence(community, "2026-11-03T00:00:00");
    expect(rows.map(({ status, is_right_role }) => [status, is_right_role])).toEqual([
      ["done", true],
      ["done", false],
      ["done", null],
    ]);
  });
});
