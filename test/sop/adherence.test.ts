import { beforeAll, describe, expect, it } from "vitest";
import { Community, NOW } from "../support/community.ts";
import { CONFIG, messages, type Sent } from "./camp.ts";

/*
 * One workspace, a group and a plan per case, built once as of Thursday 5 November, 00:00 (Asia/Shanghai).
 */
const CHECKIN = "【打卡】今天把材料称好，拍一张发到群里，再写一句心得。";
const REMIND = "三十分钟后开讲今晚的主题，先把烤箱预热好，别迟到。";
const CLOSE = "今晚三点记住：看状态、控温度、别着急，作业明早前交。";

const OWN = "今晚的作业是交一张横切面照片，附一句评价，早课前收齐。";

/** Five days from a Monday, three steps a day. */
const plan = (group: string, start = "2026-11-02") => `version: V1
id: plan-${group}
groups: [${group}]
start: ${start}
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
const oneDay = (group: string) => plan(group).replace(/ {2}- \{ id: d[1-4].*\n/g, "");

const day = (n: number) => `2026-11-0${2 + n}`;
const sentOn = (group: string, n: number): Sent[] => [
  { group, at: `${day(n)}T09:03:00`, text: CHECKIN },
  { group, at: `${day(n)}T19:31:00`, text: REMIND },
  { group, at: `${day(n)}T21:38:00`, text: CLOSE, by: "lecturer" },
];
const KNOWN = `version: 1
groups: [known]
steps:
  - { id: wording, date: 2026-11-02, time: "09:00", text: "${CHECKIN}" }
  - { id: heading, date: 2026-11-02, time: "11:00", text: "【周一干货】{topic}最容易踩的三个坑，对照表已画好，先存下。" }
  - { id: link, date: 2026-11-02, time: "13:00", link: "shop.example/s/" }
  - { id: kind, date: 2026-11-02, time: "15:00", kind: image }
  - { id: slot, date: 2026-11-02, time: "17:00" }
  - { id: noisy, date: 2026-11-02, time: "18:00", text: "轉換專用的麵團要醒發四十分鐘，天冷就加長" }
  - { id: member, date: 2026-11-02, time: "20:00", text: "${REMIND}" }
`;

const SENT: Sent[] = [
  ...[0, 1, 2].flatMap((n) => sentOn("half", n)),
  { group: "states", at: `${day(0)}T09:10:00`, text: CHECKIN },
  {
    group: "states",
    at: `${day(0)}T15:00:00`,
    text: "今天新到一批面粉，想看的朋友直接在这里说一声，我拍给大家。",
  },
  { group: "states", at: `${day(0)}T19:50:30`, text: REMIND },
  { group: "other", at: `${day(0)}T21:31:00`, text: OWN, by: "lecturer" },
  { group: "bounds", at: "2026-10-26T09:10:00", text: CHECKIN },
  { group: "bounds", at: "2026-10-27T09:10:01", text: CHECKIN },
  { group: "bounds", at: "2026-10-28T11:00:00", text: CHECKIN },
  { group: "bounds", at: "2026-10-29T11:00:01", text: CHECKIN },
  { group: "bounds", at: "2026-10-30T08:41:00", text: CHECKIN },
  { group: "twice", at: `${day(0)}T09:28:00`, text: CHECKIN },
  {
    group: "known",
    at: `${day(0)}T09:00:00`,
    text: "【打卡】今天先把材料称好，拍一张发群里，再写一句小心得～",
  },
  { group: "known", at: `${day(0)}T11:00:00`, text: "【周一干货】黄油软化到手指能按出坑就停。" },
  { group: "known", at: `${day(0)}T13:00:00`, text: "戳 https://shop.example/s/8 下单" },
  { group: "known", at: `${day(0)}T15:00:00`, text: "", kind: "image" },
  {
    group: "known",
    at: `${day(0)}T16:55:00`,
    text: "@member m2 你的问题我晚点回你哈，先忙一下手头的事情",
    mentions: "m2",
  },
  { group: "known", at: `${day(0)}T17:04:00`, text: "今天聊聊大家的周末安排" },
  {
    group: "known",
    at: `${day(0)}T18:02:00`,
    text: "转(zhuǎn)换专(zhuān)用的面团要醒发四十分钟，天冷就加长",
  },
  { group: "known", at: `${day(0)}T20:00:00`, text: REMIND, by: "m2" },
  ...sentOn("edited", 0).slice(1),
  { group: "roles", at: `${day(0)}T09:00:00`, text: CHECKIN, by: "helper" },
  { group: "roles", at: `${day(0)}T19:30:00`, text: REMIND, by: "lecturer" },
  { group: "roles", at: `${day(0)}T21:30:00`, text: CLOSE, by: "boss" },
];

let rows: Record<string, unknown>[];
let kpi: Record<string, unknown>[];
beforeAll(async () => {
  const community = new Community(CONFIG);
  try {
    await community.import("messages.csv", messages(SENT));
    await community.import("half.yaml", plan("half"));
    await community.import("states.yaml", plan("states").replaceAll(CLOSE, OWN));
    await community.import("bounds.yaml", plan("bounds", "2026-10-26"));
    await community.import("roles.yaml", oneDay("roles"));
    await community.import("known.yaml", KNOWN);
    await community.import(
      "twice.yaml",
      oneDay("twice").replace(`time: "19:30"`, `time: "09:30"`).replaceAll(REMIND, CHECKIN),
    );
    await community.import("edited.yaml", oneDay("edited"));
    await community.import("edited.yaml", oneDay("edited").replace(/ {2}- \{ id: d0-checkin.*\n/, ""), {
      now: new Date(NOW.getTime() + 60_000),
    });
    [rows = [], kpi = []] = await community.queries(
      [
        `select group_id, step_id, status, is_due, minutes_late, matched_by, is_right_role, other_group_id
         from marts.sop_adherence order by coalesce(due_at, sent_at), group_id, step_id`,
        "select group_id, numerator, denominator, value from report.kpi_weekly where kpi = 'sop_adherence' and week = '2026-11-02'",
      ],
      "2026-11-05T00:00:00",
    );
  } finally {
    community.remove();
  }
});

const of = (group: string, ...columns: string[]) =>
  rows.filter(({ group_id }) => group_id === group).map((row) => columns.map((column) => row[column]));

describe("adherence", () => {
  it("a half-run camp with all due steps sent is 100 %", () => {
    // Wednesday night: Thursday and Friday are not due yet.
    expect(of("half", "status")).toEqual(Array.from({ length: 9 }, () => ["done"]));
    expect(kpi.find(({ group_id }) => group_id === "half")).toMatchObject({
      numerator: 9,
      denominator: 9,
      value: 1,
    });
  });

  it("says done, late by how much, missed, wrong group and unplanned; a wrong group in both groups", () => {
    const columns = ["step_id", "status", "is_due", "minutes_late", "other_group_id"];
    expect(of("states", ...columns).slice(0, 4)).toEqual([
      ["d0-checkin", "done", true, 10, null],
      [null, "unplanned", false, null, null],
      ["d0-remind", "late", true, 20, null],
      ["d0-close", "wrong_group", true, 1, "other"],
    ]);
    expect(of("other", ...columns)).toEqual([["d0-close", "wrong_group", false, 1, "states"]]);
    expect(kpi.find(({ group_id }) => group_id === "states")).toMatchObject({ numerator: 2, denominator: 9 });
  });

  it("knows on time to the second, on both sides", () => {
    const checkins = rows.filter(
      ({ group_id, step_id }) => group_id === "bounds" && String(step_id).endsWith("checkin"),
    );
    expect(checkins.map(({ status, minutes_late }) => [status, minutes_late])).toEqual([
      ["done", 10],
      ["late", 10],
      ["late", 120],
      ["missed", null],
      ["done", -19],
    ]);
  });

  it("one message serves one step", () => {
    expect(of("twice", "step_id", "status").slice(0, 2)).toEqual([
      ["d0-checkin", "missed"],
      ["d0-remind", "done"],
    ]);
  });

  it("a changed wording, a heading, a link, a kind, a time slot and noise are known; a member's words never", () => {
    expect(
      of("known", "step_id", "status", "matched_by", "minutes_late").filter(([step]) => step !== null),
    ).toEqual([
      ["wording", "done", "text", 0],
      ["heading", "done", "heading", 0],
      ["link", "done", "link", 0],
      ["kind", "done", "kind", 0],
      ["slot", "done", "time", 4],
      ["noisy", "done", "text", 2],
      ["member", "missed", null, null],
    ]);
  });

  it("a missed step survives an edit of the plan", () => {
    expect(of("edited", "step_id", "status")).toEqual([
      ["d0-checkin", "missed"],
      ["d0-remind", "done"],
      ["d0-close", "done"],
    ]);
  });

  it("says whether the step's role sent it", () => {
    expect(of("roles", "status", "is_right_role")).toEqual([
      ["done", true],
      ["done", false],
      ["done", null],
    ]);
  });
});
