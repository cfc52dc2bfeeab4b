import { expect, test } from "vitest";
import { eventsByWeek } from "../../src/server/shapes/trend.ts";

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
