import { expect, test } from "vitest";
import { change, shownDelta, shownValue } from "../../src/review/format.ts";

test.each([
  [0, "0.00"],
  [0.0048, "0.0048"],
  [-0.0048, "−0.0048"],
  [0.5, "0.50"],
  [1234.5, "1,234.50"],
])("a number of %d reads %s, never 0.00 where it is not 0", (value, text) => {
  expect(shownValue(value, "number")).toBe(text);
});

test("a change of what is unknown on either side is unknown", () => {
  expect(change(3, 1)).toBe(2);
  expect([change(null, 1), change(1, null)]).toEqual([null, null]);
  expect(shownDelta(change(null, 1), "count")).toBe("—");
});
