import { expect, test } from "vitest";
import { oddDays } from "../../src/review/days.ts";

/** Nine weeks from a Monday: so many messages on each day, by week and weekday (0 = Monday). */
const days = (of: (week: number, weekday: number) => number, special: readonly number[] = []) =>
  Array.from({ length: 63 }, (_, at) => ({
    day: new Date(Date.UTC(2026, 8, 21 + at)).toISOString().slice(0, 10),
    messages: of(Math.floor(at / 7), at % 7),
    is_special: special.includes(at),
  }));
/** Weekends are loud, and every day wavers a little. */
const usual = (week: number, weekday: number) => (weekday > 4 ? 300 : 100) + ((week * 5 + weekday * 3) % 7);

test("an ordinary week has no odd day, though its weekend is three times as loud", () => {
  expect(oddDays(days(usual))).toEqual({ week: [], earlier: [] });
});

test("a Wednesday as loud as a Saturday is odd, and so is a silent one", () => {
  const loud = oddDays(days((week, day) => (week === 8 && day === 2 ? 300 : usual(week, day))));
  expect(loud.week).toMatchObject([{ day: "2026-11-18", value: 300 }]);
  expect(loud.week[0]?.usual).toBeGreaterThan(99);
  expect(loud.week[0]?.usual).toBeLessThan(108);
  const silent = oddDays(days((week, day) => (week === 8 && day === 2 ? 0 : usual(week, day))));
  expect(silent.week.map(({ day, value }) => [day, value])).toEqual([["2026-11-18", 0]]);
});

test("an odd day of weeks before is found in hindsight, a holiday is none", () => {
  const at = (week: number, day: number) => (week === 3 && day === 1 ? 900 : usual(week, day));
  expect(oddDays(days(at)).earlier.map(({ day, value }) => [day, value])).toEqual([["2026-10-13", 900]]);
  expect(oddDays(days(at, [22])).earlier).toEqual([]);
});

test("what never changed has changed; without five weeks before nothing is said", () => {
  const flat = oddDays(days((week, day) => (week === 8 && day === 0 ? 51 : 50)));
  expect(flat).toEqual({ week: [{ day: "2026-11-16", value: 51, usual: 50, z: null }], earlier: [] });
  const short = days((week, day) => (week === 8 && day === 2 ? 900 : usual(week, day))).slice(-35);
  expect(oddDays(short)).toEqual({ week: [], earlier: [] });
  expect(oddDays([])).toEqual({ week: [], earlier: [] });
});
