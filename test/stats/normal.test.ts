import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { benjaminiHochberg } from "../../src/stats/multiple.ts";
import { erfc, twoSidedP, twoSidedPSql, Z95 } from "../../src/stats/normal.ts";
import { Database } from "../../src/warehouse/database.ts";

const close = (got: number | null | undefined, wanted: number, digits = 10) =>
  expect(got ?? Number.NaN).toBeCloseTo(wanted, digits);

let database: Database;
beforeAll(async () => {
  database = await Database.open(":memory:");
});
afterAll(() => database.close());

// Expected values: R 4.2 (pnorm, qnorm, p.adjust).
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

  test("the same in SQL, far into the tail and on both sides", async () => {
    const rows = await database.all(
      `select z, ${twoSidedPSql("z")} as p from (select (i / 10.0)::double as z from range(-370, 370) as t(i))`,
    );
    for (const row of rows) {
      const wanted = twoSidedP(Number(row["z"]));
      expect(Math.abs(Number(row["p"]) / wanted - 1), `z = ${row["z"]}`).toBeLessThan(1e-9);
    }
    expect(rows).toHaveLength(740);
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
