import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  lmdi,
  numeratorDenominator,
  rateMix,
  roundToSum,
  shapley,
  surprise,
} from "../../src/stats/decompose.ts";

const all = (got: readonly number[] | undefined, wanted: readonly number[], digits = 9) => {
  expect(got).toHaveLength(wanted.length);
  wanted.forEach((one, at) => {
    expect(got?.[at]).toBeCloseTo(one, digits);
  });
};
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const cell = (numerator: number, denominator: number) => ({ numerator, denominator });

describe("a rate over slices", () => {
  const slices = [
    { before: cell(50, 100), after: cell(33, 60) },
    { before: cell(16, 80), after: cell(30, 120) },
    { before: cell(2, 20), after: cell(3, 30) },
    { before: cell(0, 0), after: cell(20, 40) },
  ];

  test("with a new slice", () => {
    const parts = rateMix(slices) ?? [];
    all(
      parts.map(({ rate }) => rate),
      [0.0185, 0.022, 0, 0],
    );
    all(
      parts.map(({ mix }) => mix),
      [-0.04758, -0.00936, -0.00484, 0.02528],
    );
    expect(sum(parts.map(({ total }) => total))).toBeCloseTo(0.004, 12);
  });

  test("nothing to compare with", () => {
    expect(rateMix([{ before: cell(0, 0), after: cell(1, 2) }])).toBeNull();
    expect(rateMix([])).toBeNull();
  });

  test("numerator against denominator", () => {
    const effect = numeratorDenominator(cell(68, 200), cell(86, 250));
    expect([effect.numerator, effect.denominator]).toEqual([
      expect.closeTo(0.081, 12),
      expect.closeTo(-0.077, 12),
    ]);
  });

  const side = fc
    .tuple(fc.integer({ min: 0, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([d, share]) => cell(Math.round(d * share), d));
  const change = fc.record({ before: side, after: side });

  test("parts add up to the move, whatever enters, leaves, stays or offsets", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), (random) => {
        const parts = rateMix(random);
        const total = (at: "before" | "after", of: "numerator" | "denominator") =>
          sum(random.map((one) => one[at][of]));
        if (total("before", "denominator") * total("after", "denominator") === 0) return parts === null;
        const move =
          total("after", "numerator") / total("after", "denominator") -
          total("before", "numerator") / total("before", "denominator");
        return Math.abs(sum((parts ?? []).map((one) => one.total)) - move) < 1e-9;
      }),
    );
  });

  test("turning time round turns every part round", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 10 }), (random) => {
        const there = rateMix(random) ?? [];
        const back = rateMix(random.map(({ before, after }) => ({ before: after, after: before }))) ?? [];
        return there.every(
          ({ rate, mix }, at) =>
            Math.abs(rate + (back[at]?.rate ?? 0)) < 1e-12 && Math.abs(mix + (back[at]?.mix ?? 0)) < 1e-12,
        );
      }),
    );
  });
});

describe("a product over factors", () => {
  const [before, after] = [
    [400, 0.1, 1.25, 80],
    [460, 0.09, 1.4, 76],
  ];

  test("Shapley and LMDI", () => {
    all(
      shapley(before, after).map((one) => Math.round(one * 100) / 100),
      [588.49, -444.51, 477.29, -216.31],
    );
    all(lmdi(before, after), [586.8919938587, -442.4326254884, 475.8927713145, -215.3921396828], 8);
    for (const parts of [shapley(before, after), lmdi(before, after)])
      expect(sum(parts)).toBeCloseTo(404.96, 9);
  });

  test("LMDI of one rate", () => {
    // R = N·(1/D): LMDI of the worked slices above.
    all(lmdi([68, 1 / 200], [86, 1 / 250]), [0.08031422458616, -0.07631422458616], 12);
  });

  test("adds up with zeros too", () => {
    const factor = fc.double({ min: 0, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(factor, factor), { minLength: 1, maxLength: 5 }), (pairs) => {
        const product = (at: 0 | 1) => pairs.reduce((made, pair) => made * pair[at], 1);
        const parts = shapley(
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        );
        const scale = Math.max(1, product(0), product(1), ...parts.map(Math.abs));
        return Math.abs(sum(parts) - (product(1) - product(0))) / scale < 1e-9;
      }),
    );
  });
});

test("surprise", () => {
  const shares = (values: readonly number[]) => values.map((one) => one / sum(values));
  const compare = (a: readonly number[], b: readonly number[]) =>
    shares(a).map((share, at) => surprise(share, shares(b)[at] ?? 0));
  all(compare([50, 16, 2], [33, 30, 3]), [0.0112732366, 0.0177269701, 0.0008661359]);
  all(compare([100, 80, 20], [60, 120, 30]), [0.014797124, 0.007602777, 0.0019006942]);
  expect(surprise(0, 0)).toBe(0);
});

test("printed parts add up to the printed total", () => {
  expect(roundToSum([0.333, 0.333, 0.334], 1)).toEqual([0.3, 0.3, 0.4]);
  expect(roundToSum([-2.44, -0.94, 0.24], 1)).toEqual([-2.4, -0.9, 0.2]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1 }), (parts) => {
      const rounded = roundToSum(parts, 1);
      const shown = Math.round(sum(parts) * 10) / 10;
      return (
        Math.abs(sum(rounded) - shown) < 0.0501 &&
        rounded.every((one, at) => Math.abs(one - (parts[at] ?? 0)) < 0.1)
      );
    }),
  );
});
