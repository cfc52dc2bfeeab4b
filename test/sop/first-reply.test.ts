import { afterAll, beforeAll, expect, test } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { correctLabel } from "../../src/warehouse/label-message.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, NOW, SQL_ROOT } from "../support/community.ts";
import { CONFIG, messages, type Sent } from "./camp.ts";

/** statistics.md 1.3: what quotes or names the asker, failing that the next word of the staff, nobody else waiting. */
const SENT: Sent[] = [
  // Alone: the next word of the staff at 60 minutes; at 61 it is none.
  { at: "2026-11-02T10:00:00", by: "m1", text: "请问烤箱要预热多久？" },
  { at: "2026-11-02T11:00:00", text: "十分钟就好" },
  { at: "2026-11-02T12:00:00", by: "m7", text: "请问模具要抹油吗？" },
  { at: "2026-11-02T13:01:00", text: "薄薄抹一层" },
  // Two wait: one word to nobody is no answer to either; what names one of them is.
  { at: "2026-11-03T10:00:00", by: "m8", text: "请问酵母放多少？" },
  { at: "2026-11-03T10:02:00", by: "m2", text: "请问糖可以不放吗？" },
  { at: "2026-11-03T10:05:00", text: "可以的" },
  { at: "2026-11-03T10:15:00", text: "@member m2 糖可以不放", mentions: "m2" },
  // Of two, one was answered by name before the word to nobody: that one is the other's.
  { at: "2026-11-03T14:00:00", by: "m9", text: "请问几点开课？" },
  { at: "2026-11-03T14:01:00", by: "m10", text: "请问回放在哪里看？" },
  { at: "2026-11-03T14:03:00", text: "@member m9 八点", mentions: "m9" },
  { at: "2026-11-03T14:06:00", text: "在小程序里" },
  // What names the asker within a day goes before an earlier word to nobody; a day later it does not.
  { at: "2026-11-04T10:00:00", by: "m3", text: "请问黄油要化开吗？" },
  { at: "2026-11-04T10:05:00", text: "稍等" },
  { at: "2026-11-04T10:40:00", text: "@member m3 室温放软", mentions: "m3" },
  { at: "2026-11-05T10:00:00", by: "m4", text: "请问面粉过筛吗？" },
  { at: "2026-11-05T10:05:00", text: "过一遍" },
  { at: "2026-11-06T10:05:01", text: "@member m4 成品拍一张", mentions: "m4" },
  // One who asks on within five minutes asked once; after that it is another question, and nobody else waits.
  { at: "2026-11-06T15:00:00", by: "m5", text: "请问发酵多久？" },
  { at: "2026-11-06T15:05:00", by: "m5", text: "冬天要多久？" },
  { at: "2026-11-06T15:10:01", by: "m5", text: "请问要盖布吗？" },
  { at: "2026-11-06T15:20:00", text: "盖一块湿布，两小时" },
  // Who complains waits as well.
  { at: "2026-11-07T10:00:00", by: "m6", text: "收到的面粉坏了，我要投诉" },
  { at: "2026-11-07T10:01:00", by: "m5", text: "请问明天几点上课？" },
  { at: "2026-11-07T10:03:00", text: "马上看" },
  { at: "2026-11-07T10:10:00", by: "m6", text: "真的太差了" },
];
/** Another group. Four questions, two answered: half of them, the second after ten minutes of the service hours. */
const NIGHT: Sent[] = [
  { at: "2026-11-02T10:00:00", by: "n1", text: "请问几点取货？" },
  { at: "2026-11-02T10:04:10", text: "@member n1 三点", mentions: "n1" },
  { at: "2026-11-02T23:00:00", by: "n2", text: "请问明天有货吗？" },
  { at: "2026-11-03T08:10:00", text: "@member n2 有的", mentions: "n2" },
  { at: "2026-11-03T12:00:00", by: "n3", text: "请问怎么保存？" },
  { at: "2026-11-03T13:00:00", by: "n4", text: "请问几号团课？" },
  // Settled on the 2nd; a word within the seven days after that, and another only behind them.
  { at: "2026-11-02T11:00:00", by: "n5", text: "收到的面粉坏了，我要投诉" },
  { at: "2026-11-02T12:00:00", text: "@member n5 给你重寄", mentions: "n5" },
  { at: "2026-11-09T12:00:00", text: "@member n5 新的收到了吗", mentions: "n5" },
  { at: "2026-11-02T11:00:00", by: "n6", text: "收到的面粉坏了，我要投诉" },
  { at: "2026-11-02T12:00:00", text: "@member n6 给你重寄", mentions: "n6" },
  { at: "2026-11-09T12:00:01", text: "@member n6 新的收到了吗", mentions: "n6" },
].map((one) => ({ ...one, group: "g2" }));

const community = new Community(CONFIG);
let cases: Row[];
let inputs: Row[];
let confirmed: unknown[];
const SUM = "select sum(complaints_confirmed)::integer as n from marts.rule_inputs";
beforeAll(async () => {
  await community.import("messages.csv", messages([...SENT, ...NIGHT]));
  const key =
    "select message_key::varchar as key from marts.messages where sent_at = '2026-11-07 02:10:00' and is_complaint";
  const [found = [], second = [], before = [], weeks = []] = await community.queries(
    [
      `select strftime(opened_at + interval 8 hour, '%d %H:%M') as opened, person_id, first_reply_minutes as minutes, reply_basis as basis
       from marts.service_cases where group_id = 'g1' and kind in ('question', 'complaint') order by opened_at`,
      key,
      SUM,
      `select week::varchar as week, questions, reply_median_minutes as median, complaints_settled as settled, complaints_without_follow_up as without
       from marts.rule_inputs where group_id = 'g2' and week >= '2026-11-02' order by week`,
    ],
    "2026-11-20T00:00:00",
  );
  cases = found;
  inputs = weeks;
  await correctLabel(community.workspace, community.state, readCatalog(SQL_ROOT), {
    messageKey: String(second[0]?.["key"]),
    label: "complaint",
    isOn: true,
    by: "lin",
    now: NOW,
  });
  const after = await community.query(SUM, "2026-11-20T00:00:00");
  confirmed = [...before, ...after].map((row) => row["n"]);
});
afterAll(() => community.remove());

const replies = (day: string) =>
  cases
    .filter(({ opened }) => String(opened).startsWith(day))
    .map(({ opened, minutes, basis }) => [String(opened).slice(3), minutes, basis]);

test("the next word of the staff is the answer within an hour", () => {
  expect(replies("02")).toEqual([
    ["10:00", 60, "next"],
    ["12:00", null, null],
  ]);
});

test("one word to nobody answers nobody where two wait; who was answered before it waits no longer", () => {
  expect(replies("03")).toEqual([
    ["10:00", null, null],
    ["10:02", 13, "directed"],
    ["14:00", 3, "directed"],
    ["14:01", 5, "next"],
  ]);
});

test("what names the asker within a day goes before an earlier word to nobody", () => {
  expect(replies("04")).toEqual([["10:00", 40, "directed"]]);
  expect(replies("05")).toEqual([["10:00", 5, "next"]]);
});

test("questions of one member at most five minutes apart are one", () => {
  expect(replies("06")).toEqual([
    ["15:00", 20, "next"],
    ["15:10", 9, "next"],
  ]);
});

test("a complaint that waits is somebody who waits", () => {
  expect(replies("07")).toEqual([
    ["10:00", null, null],
    ["10:01", null, null],
  ]);
});

test("a complaint is confirmed by any of its messages", () => {
  expect(confirmed).toEqual([0, 1]);
});

test("the median of the rules runs in the service hours and is found where half of the questions were answered", () => {
  expect(inputs[0]).toMatchObject({ week: "2026-11-02", questions: 4, median: 10 });
});

test("a settled complaint is followed up within the seven days after that", () => {
  expect(inputs.map(({ settled, without }) => [settled, without])).toContainEqual([2, 1]);
});
