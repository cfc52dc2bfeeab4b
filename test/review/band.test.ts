import { expect, test } from "vitest";
import { band } from "../../src/review/compare.ts";

/** Weeks with these values; the last one is what is held against the band. */
const points = (...values: readonly (number | null)[]) =>
  values.map((value, at) => ({
    week: `2026-${at}`,
    label: `W${at}`,
    numerator: value,
    denominator: null,
    value,
    complete: true,
    marked: false,
  }));

test("the usual band is the mean and 1.96 standard deviations of the weeks before", () => {
  const found = band(points(4, 6, 4, 6, 4, 6, null, 99), false);
  expect(found?.weeks).toBe(6);
  expect(found?.mean).toBe(5);
  expect(found?.lo).toBeCloseTo(5 - 1.96 * Math.sqrt(6 / 5), 12);
  expect(found?.hi).toBeCloseTo(5 + 1.96 * Math.sqrt(6 / 5), 12);
  expect(band(points(4, 6, 4, 6, 4, 99), false)).toBeNull();
});

test("what can be below 0 has a band below 0, a count has none, and a rate none above 1", () => {
  const shrinking = band(points(-9, 3, -9, 3, -9, 3, -3), false);
  expect(shrinking?.mean).toBe(-3);
  expect(shrinking?.lo).toBeCloseTo(-3 - 1.96 * Math.sqrt(43.2), 12);
  // It grew in every week so far; the first loss says that it can be one.
  expect(band(points(1, 19, 1, 19, 1, 19, -2), false)?.lo).toBeLessThan(0);
  expect(band(points(1, 19, 1, 19, 1, 19, 2), false)?.lo).toBe(0);
  expect(band(points(0.5, 1, 0.5, 1, 0.5, 1, 1), true)?.hi).toBe(1);
});
