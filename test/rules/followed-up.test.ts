import { expect, test } from "vitest";
import { dueIn } from "../../src/review/suggestions.ts";
import type { Action } from "../../src/rules/suggestion.ts";

/* How long a decision stands under "last week's actions". */
const BASE = "2026-01-26";
const action = (weeks: number, isMeasurable: boolean, effectWeek: string | null) =>
  ({
    id: "a",
    status: "done",
    baseWeek: BASE,
    effect: effectWeek === null ? null : { nowWeek: effectWeek },
    suggestion: {
      followUp: { weeks },
      expect: isMeasurable ? [{ measure: "kpi", id: "rate", direction: "up" }] : [],
    },
  }) as unknown as Action;
const isDue = (one: Action, week: string) => dueIn([one], week).length === 1;

test("an action is looked at until its effect is known", () => {
  expect(isDue(action(1, true, null), BASE)).toBe(false);
  expect(isDue(action(1, true, null), "2026-02-02")).toBe(true);
  expect(isDue(action(1, true, "2026-02-02"), "2026-02-02")).toBe(true);
  expect(isDue(action(1, true, "2026-02-02"), "2026-02-09")).toBe(false);
  // Of four weeks it is looked at in each.
  expect(isDue(action(4, true, null), "2026-02-23")).toBe(true);
});

test("one that expects nothing to measure is over with its term", () => {
  expect(isDue(action(1, false, null), "2026-02-02")).toBe(true);
  expect(isDue(action(1, false, null), "2026-02-09")).toBe(false);
  expect(isDue(action(2, false, null), "2026-02-09")).toBe(true);
});
