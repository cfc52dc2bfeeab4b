import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundedToSum, stepOf } from "../../src/review/contributions.ts";
import { shownContribution } from "../../src/review/format.ts";

const finite = fc.double({ min: -0.2, max: 0.2, noNaN: true });

describe("parts of a change as printed", () => {
  test("they add up to the printed change, and none is off by a whole step", () => {
    const step = stepOf("ratio");
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 40 }), (parts) => {
        const sum = parts.reduce((all, part) => all + part, 0);
        const rounded = roundedToSum(parts, sum, step);
        const steps = rounded.map((value) => Math.round(value / step));
        expect(steps.reduce((all, value) => all + value, 0)).toBe(Math.round(sum / step) + 0);
        parts.forEach((part, at) => {
          expect(Math.abs((rounded[at] ?? 0) - part)).toBeLessThan(step * 1.0001);
        });
      }),
    );
  });

  test("rounding each by itself would not add up", () => {
    const thirds = [1 / 3, 1 / 3, 1 / 3].map((value) => value / 100);
    const alone = thirds.map((value) => Math.round(value / 1e-4));
    expect(alone.reduce((all, value) => all + value, 0)).toBe(99);
    const together = roundedToSum(thirds, 0.01, 1e-4).map((value) => Math.round(value / 1e-4));
    expect(together.reduce((all, value) => all + value, 0)).toBe(100);
  });

  test("rounds before it chooses the sign", () => {
    const shown = [0.00001, -0.00001, 0, -0.0005, 0.0305].map((value) => shownContribution(value, "ratio"));
    expect(shown).toEqual(["0.00pp", "0.00pp", "0.00pp", "−0.05pp", "+3.05pp"]);
  });
});
