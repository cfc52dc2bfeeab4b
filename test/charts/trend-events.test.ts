import { expect, test } from "vitest";
import type { KpiLine } from "../../src/review/types.ts";
import { eventNotes, eventsByWeek, trendRows } from "../../src/server/shapes/trend.ts";

const row = (label: string, title_zh: string) => ({ label, title_zh, title_en: title_zh });

test("an event marks the week in which it begins; one of most weeks marks none", () => {
  const weekly = ["W1", "W2", "W3", "W4", "W5"].map((week) => row(week, "抽奖"));
  const events = [row("W1", "双 11"), row("W2", "双 11"), row("W2", "直播"), row("W4", "双 11"), ...weekly];
  expect([
    ...eventsByWeek(
      events.sort((a, b) => (a.label < b.label ? -1 : 1)),
      "zh",
    ),
  ]).toEqual([
    ["W1", "双 11"],
    ["W2", "直播"],
    ["W4", "双 11"],
  ]);
});

test("a pre-sale and its last day are two marks, and of the newest week nobody knows whether it ends", () => {
  const sale = ["W43", "W44", "W45", "W46"].map((week) => row(week, "双 11"));
  expect([...eventsByWeek([...sale, row("W47", "抽奖")], "en")]).toEqual([
    ["W43", "双 11 (start)"],
    ["W46", "双 11 (end)"],
    ["W47", "抽奖"],
  ]);
  expect([...eventsByWeek(sale, "zh")].at(-1)).toEqual(["W46", "双 11"]);
});

const kpi = {
  unit: "count",
  history: ["2026-W45", "2026-W46", "2026-W47"].map((week) => ({ week, value: 1, complete: true })),
} as unknown as KpiLine;

test("names that fit stand above the line; where one does not, all are numbers with a list, whole", () => {
  const short = new Map([["2026-W45", "双 11"]]);
  expect(eventNotes(kpi, short)).toEqual([]);
  expect(trendRows(kpi, short).map(({ event }) => event)).toEqual(["双 11", null, null]);
  const long = new Map([...short, ["2026-W47", "双 12 预热、线下团建"]]);
  expect(eventNotes(kpi, long)).toEqual([
    { n: 1, week: "W45", title: "双 11" },
    { n: 2, week: "W47", title: "双 12 预热、线下团建" },
  ]);
  expect(trendRows(kpi, long).map(({ event }) => event)).toEqual(["1", null, "2"]);
});
