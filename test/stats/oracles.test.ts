import { expect, test } from "vitest";
import { holdoutDraw } from "../../src/stats/experiment.ts";
import { minimise } from "../../src/stats/nelder-mead.ts";
import { twoSidedP } from "../../src/stats/normal.ts";
import { lgamma } from "../../src/stats/special.ts";
import { comparisons } from "../../src/warehouse/comparisons.ts";
import { Database } from "../../src/warehouse/database.ts";
import type { Model } from "../../src/warehouse/model.ts";
import { close } from "./close.ts";

/* Figures of R and scipy that say why the product does it another way, or that its parts are right. */

const Y = [5, 1, 9, 72, 11, 3, 30, 11, 40, 0, 88, 6];
const N = [6, 5, 40, 120, 40, 25, 150, 13, 60, 4, 200, 60];

/** Log-likelihood of a beta-binomial, with the numbers of ways. */
function likelihood(ys: readonly number[], ns: readonly number[], a: number, b: number): number {
  const beta = (x: number, y: number) => lgamma(x) + lgamma(y) - lgamma(x + y);
  return ys.reduce((sum, y, at) => {
    const n = ns[at] ?? 0;
    const ways = lgamma(n + 1) - lgamma(y + 1) - lgamma(n - y + 1);
    return sum + ways + beta(y + a, n - y + b) - beta(a, b);
  }, 0);
}

const fitted = (ys: readonly number[], ns: readonly number[]) => {
  const { at, value } = minimise(
    ([a = 0, b = 0]) => -likelihood(ys, ns, Math.exp(a), Math.exp(b)) / ys.length,
    [0, 0],
    { step: 1, turns: 2000 },
  );
  const [a = 0, b = 0] = at.map(Math.exp);
  return { a, b, likelihood: -value * ys.length };
};

test("groups that differ have a beta-binomial of greatest likelihood", () => {
  const found = fitted(Y, N);
  close([found.a, found.b], [1.4268181, 2.30403802], 1e-6);
  close([found.likelihood], [-40.5151008343]);
});

test("groups that differ less than chance have none, which is why the ranking uses moments", () => {
  const found = fitted([3, 1, 12, 40, 18, 7, 55, 9, 22, 0], [5, 4, 30, 120, 40, 25, 150, 12, 60, 3]);
  expect(found.a + found.b).toBeGreaterThan(1e4);
});

test("taken for strangers, the people of two overlapping weeks would show nothing", async () => {
  const database = await Database.open(":memory:");
  await database.run(`create schema report; create schema marts; create table marts.partial_weeks (kpi varchar, group_id varchar, week date, numerator double, denominator double);
    create table report.sample_errors (kpi varchar, group_id varchar, week date, se double, changed double);
    create table report.weeks as select unnest([date '2026-11-02', date '2026-11-09']) as week, true as is_complete;
    create table report.kpi_weekly as select 'rate' as kpi, 'g' as group_id, week, '*' as segment, n::double as numerator, d::double as denominator, n / d::double as value
      from (values (date '2026-11-02', 156, 430), (date '2026-11-09', 185, 450)) as t(week, n, d)`);
  const kpi = { id: "rate", header: { unit: "ratio" } } as unknown as Model<"kpis">;
  const row = await database.one(`select delta, se from (${comparisons([kpi])}) where delta is not null`);
  database.close();
  close([Number(row["delta"]), Number(row["se"])], [0.0483204134367, 0.0327964982]);
  close([twoSidedP(Number(row["delta"]) / Number(row["se"]))], [0.1406592098]);
});

test("the draws of ten thousand people are spread evenly", () => {
  const draws = Array.from({ length: 10_000 }, (_, n) => holdoutDraw("wake-2026w24", `user${n}`)).sort(
    (a, b) => a - b,
  );
  const n = draws.length;
  const far = draws.reduce((most, u, at) => Math.max(most, (at + 1) / n - u, u - at / n), 0);
  // Kolmogorov's limit.
  const p = Array.from({ length: 100 }, (_, k) => k + 1).reduce(
    (sum, k) => sum + 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * n * far * far),
    0,
  );
  expect(p).toBeCloseTo(0.389, 2);
});

test("explanatory power by shares does not add up to the change of a rate, our parts do", () => {
  // Three groups of A.8: each rate's own change over the whole's, as Adtributor has it.
  const [n0, d0, n1, d1] = [
    [50, 16, 2],
    [100, 80, 20],
    [33, 30, 3],
    [60, 120, 30],
  ] as const;
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
  const [before, after] = [sum(n0) / sum(d0), sum(n1) / sum(d1)];
  const alone = n0.map((n, at) => {
    const [dn, dd] = [(n1[at] ?? 0) - n, (d1[at] ?? 0) - (d0[at] ?? 0)];
    return (dn * sum(d0) - dd * sum(n0)) / (sum(d0) * (sum(d0) + dd));
  });
  close(alone, [-0.02125, 0.001666666667, -0.011428571429]);
  expect(sum(alone)).toBeCloseTo(-0.031, 4);
  expect(after - before).toBeCloseTo(-0.0257142857, 9);
});
