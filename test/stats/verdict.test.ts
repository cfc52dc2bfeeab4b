import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benjaminiHochberg } from "../../src/stats/multiple.ts";
import { erfc, twoSidedP, Z95 } from "../../src/stats/normal.ts";
import { type Change, judgeAll, tauSquared } from "../../src/stats/verdict.ts";

const close = (got: number | null | undefined, wanted: number, digits = 10) =>
  expect(got ?? Number.NaN).toBeCloseTo(wanted, digits);

// Expected values: R 4.3 (pnorm, qnorm, p.adjust), scipy for τ².
describe("normal distribution", () => {
  test("tails", () => {
    expect(erfc(8 / Math.SQRT2) / 2 / 6.22096057427178e-16).toBeCloseTo(1, 10);
    close(twoSidedP(Z95), 0.05, 14);
    close(twoSidedP(0.0483204134367 / 0.0218118351765), 0.0267374202);
    close(twoSidedP(0), 1, 14);
  });

  test("symmetric and falling", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 30, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (z, more) => {
          expect(twoSidedP(-z)).toBe(twoSidedP(z));
          expect(twoSidedP(z + more)).toBeLessThanOrEqual(twoSidedP(z) * (1 + 1e-12));
        },
      ),
    );
  });
});

describe("Benjamini–Hochberg", () => {
  test("with a gap and ties", () => {
    const got = benjaminiHochberg([0.01, null, 0.02, 0.02, 0.9]);
    [0.0266666667, null, 0.0266666667, 0.0266666667, 0.9].forEach((wanted, at) => {
      if (wanted === null) expect(got[at]).toBeNull();
      else close(got[at], wanted);
    });
  });

  test("25 p-values", () => {
    const ps = [
      0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34,
      0.341, 0.384, 0.569, 0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986,
    ];
    const qs = benjaminiHochberg(ps);
    const wanted = [0.025, 0.1, 0.21, 0.21, 0.21, 0.25, 0.264285714286, 0.491071428571];
    for (const [at, q] of wanted.entries()) close(qs[at], q);
    close(qs[19], 0.87);
    close(qs[24], 0.986);
  });

  test("keeps order, never below p", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (ps) => {
        const qs = benjaminiHochberg(ps);
        for (const [at, p] of ps.entries()) expect(qs[at] ?? 0).toBeGreaterThanOrEqual(p * (1 - 1e-12));
        const sorted = ps.map((p, at) => ({ p, q: qs[at] ?? 0 })).sort((a, b) => a.p - b.p);
        for (const [at, one] of sorted.entries())
          expect(one.q).toBeGreaterThanOrEqual(sorted[at - 1]?.q ?? 0);
      }),
    );
  });
});

const past = [0.03, -0.05, 0.02, 0.06, -0.04].map((delta, at) => ({ delta, se: at === 2 ? 0.035 : 0.03 }));
const calm = Array.from({ length: 8 }, () => ({ delta: 0, se: 0.03 }));
const change = (one: Partial<Change>): Change => ({
  delta: 0.07,
  se: 0.03,
  denominator: 100,
  minDenominator: 30,
  good: "up",
  complete: true,
  past: calm,
  comparable: [],
  ...one,
});
const judge = (one: Partial<Change>) => judgeAll([change(one)])[0];

describe("verdict", () => {
  test("a restless past raises the bar", () => {
    close(tauSquared(past), 0.000835, 12);
    const six = [...past, { delta: Math.sqrt(0.000835 + 0.000965), se: Math.sqrt(0.000965) }];
    close(tauSquared(six), 0.000835, 12);
    const judged = judge({ past: six });
    close(judged?.p, 0.0928527149);
    expect([judged?.verdict, judged?.strength]).toEqual(["better", "possible"]);
    close(judge({})?.p, 0.0196306573);
    expect(judge({})?.strength).toBe("clear");
  });

  test.each([
    ["no_data", { delta: null, complete: false, denominator: 1, past: [] }],
    ["incomplete", { complete: false, denominator: 1, past: [] }],
    ["sample", { denominator: 29, past: [] }],
    ["baseline", { past: calm.slice(0, 5) }],
  ] as const)("%s comes before the reasons after it", (reason, one) => {
    expect(judge(one)).toMatchObject({ verdict: "insufficient", reason, strength: null, p: null });
  });

  test("direction and size", () => {
    expect(judge({ good: "down" })?.verdict).toBe("worse");
    expect(judge({ delta: -0.07 })?.verdict).toBe("worse");
    expect(judge({ delta: -0.07, good: "down" })?.verdict).toBe("better");
    expect(judge({ delta: 0.01 })).toMatchObject({ verdict: "noise", strength: null });
    expect(judge({ delta: 0, se: 0, past: calm.map(() => ({ delta: 0, se: 0 })) })?.verdict).toBe("noise");
  });

  test("many looks at once ask for more", () => {
    const one = change({ delta: 0.061 });
    expect(judgeAll([one])[0]?.strength).toBe("clear");
    const crowd = Array.from({ length: 19 }, () => change({ delta: 0.001 }));
    expect(judgeAll([one, ...crowd])[0]?.strength).toBe("possible");
  });

  test("the interval is the sampling interval", () => {
    const { interval } = judge({ delta: 0.0483204134367, se: 0.0218118351765 }) ?? {};
    close(interval?.[0], 0.00557000205);
    close(interval?.[1], 0.09107082482);
  });
});
