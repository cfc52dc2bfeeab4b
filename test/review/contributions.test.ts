import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bestText,
  type Contribution,
  firstAndRest,
  roundedToSum,
  stepOf,
} from "../../src/review/contributions.ts";
import type { Explanation } from "../../src/review/explain/types.ts";
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

  test("of many groups the others are one sum, and who is in several is none of them", () => {
    const part = (value: string, total: number): Contribution => ({
      value,
      label: { zh: value, en: value },
      before: { numerator: 1, denominator: null, value: 1 },
      after: { numerator: 1 + total, denominator: null, value: 1 + total },
      rate: total,
      mix: 0,
      total,
      shown: { rate: total, mix: 0, total },
    });
    const rows = [...[8, 7, 6, 5, -4].map((total, at) => part(`g${at}`, total)), part("*", -2)];
    const { first, rest, overlap } = firstAndRest(rows, 2);
    expect(first.map(({ value }) => value)).toEqual(["g0", "g1"]);
    expect(rest).toEqual({ count: 3, shown: { rate: 7, mix: 0, total: 7 } });
    expect(overlap?.value).toBe("*");
    // One group alone is not "the others".
    expect(firstAndRest(rows, 4)).toMatchObject({ first: { length: 5 }, rest: null });
  });

  test("what explains more than the whole change is no share of it", () => {
    const none = { numerator: null, denominator: null, value: null };
    const parts = [0.03, -0.01].map((total, at) => ({
      value: `g${at}`,
      label: { zh: `群${at}`, en: `g${at}` },
      before: none,
      after: none,
      rate: total,
      mix: 0,
      total,
    }));
    const best = (share: number) =>
      bestText({
        unit: "ratio",
        delta: 0.02,
        dimensions: [{ id: "group", title: { zh: "群", en: "Group" }, parts }],
        best: { dimension: "group", values: ["g0"], share },
      } as unknown as Explanation);
    expect(best(1.5)?.en).toBe(
      "[fact] Group explains most: g0 +3.00pp, more than the whole change: the rest offsets it.",
    );
    expect(best(1)?.zh).toContain("占整体变化的 100%");
  });
});
