import fc from "fast-check";
import { describe, test } from "vitest";
import { newcombe, poissonRate, poissonRatio, riskRatio, wilson, zOf } from "../../src/stats/intervals.ts";
import { erfc } from "../../src/stats/normal.ts";
import { mcnemar, pairedDifference } from "../../src/stats/paired.ts";
import { betaCdf, betaQuantile, binomialCdf, lgamma, poissonTail, tBound } from "../../src/stats/special.ts";
import { close } from "./close.ts";

// Expected values: R 4.2.2 and scipy 1.10.1.
test("special functions", () => {
  close([lgamma(0.2425929), lgamma(26.2425929)], [1.31981641991864, 58.7904513204376], 1e-11);
  close([zOf(0.95), zOf(0.9)], [1.95996398454005, 1.64485362695147], 1e-12);
  close(
    [betaQuantile(0.05, 6.4268, 3.304), binomialCdf(30, 75, 0.5)],
    [0.403703921763724, 0.0526711344373027],
    1e-12,
  );
  close([tBound(0.95, 5.652130953165145), erfc(5) * 1e12], [2.48388526898188, 1.53745979442803], 1e-9);
});

describe("proportions", () => {
  test.each([
    [40, 100, 0.95, 0.309401286432, 0.497997413209],
    [35, 100, 0.95, 0.263642482431, 0.447455567031],
    [0, 20, 0.95, 0, 0.161125158053],
    [20, 20, 0.95, 0.838874841947, 1],
    [1, 7, 0.95, 0.0256796243447, 0.5131278292743],
    [81, 263, 0.95, 0.255288519878, 0.366209576983],
    [15, 148, 0.95, 0.0623863995307, 0.1604872417233],
    [40, 100, 0.9, 0.323078050591, 0.482190493566],
    [9, 20, 0.95, 0.258197858, 0.657914658],
  ])("Wilson %d of %d", (x, n, level, lo, hi) => close(wilson(x, n, level), [lo, hi]));

  test.each([
    [56, 70, 48, 80, 0.0524314724024, 0.3338726540369],
    [9, 10, 3, 10, 0.170522723935, 0.809017973535],
    [6, 7, 2, 7, 0.0582279274823, 0.8062496375242],
    [40, 100, 35, 100, -0.0830628214245, 0.180618198718],
    [0, 10, 0, 10, -0.277532799863, 0.277532799863],
    [84, 1600, 12, 400, -0.0013486274, 0.0400412045],
  ])("Newcombe %d of %d less %d of %d", (x1, n1, x2, n2, lo, hi) =>
    close(newcombe(x1, n1, x2, n2), [lo, hi]),
  );

  test("ratio of two", () => {
    const { ratio, interval } = riskRatio(84, 1600, 12, 400);
    close([ratio, ...interval], [1.75, 0.96537755, 3.172333974]);
  });

  test.each([
    [36, 12, 2, 0, 0.0569295840032, 0.3404276029749],
    [20, 12, 2, 16, 0.0561564248417, 0.3292069954001],
    [36, 14, 0, 0, 0.152839517856, 0.41665123696],
    [53, 0, 0, 1, -0.0729381454786, 0.0729381454786],
    [0, 0, 0, 54, -0.0664135880909, 0.0664135880909],
    [1, 1, 1, 97, -0.0486932436103, 0.0486932436103],
    [29, 11, 6, 54, -0.0321446167232, 0.1309817234108],
    [120, 45, 30, 205, -0.00503199469041, 0.07977535407301],
  ])("paired %d %d %d %d", (both, gained, lost, neither, lo, hi) =>
    close(pairedDifference({ both, gained, lost, neither }).interval, [lo, hi]),
  );

  test("its correlation", () => {
    close([pairedDifference({ both: 36, gained: 12, lost: 2, neither: 0 }).phi], [-0.1147078669]);
  });
});

describe("McNemar", () => {
  test.each([
    [45, 30, 0.105342268875, 0.0846460926708],
    [11, 6, 0.332305908203, 0.237884521484],
    [10, 2, 0.03857421875, 0.0224609375],
    [120, 80, 0.00568515599675, 0.00466005197464],
    [1, 7, 0.0703125, 0.0390625],
    [5, 5, 1, 0.876953125],
    [0, 0, 1, 1],
    [1, 0, 1, 0.5],
  ])("%d gained, %d lost", (gained, lost, exact, midP) => {
    const test = mcnemar({ gained, lost });
    close([test.exact, test.midP], [exact, midP]);
  });

  test("by χ²", () => {
    const { chi2, p } = mcnemar({ gained: 45, lost: 30 });
    close([chi2, p], [3, 0.0832645166636]);
  });
});

describe("rates in time", () => {
  test("leaves per member-week", () => {
    const { rate, interval } = poissonRate(9, 312.5);
    close(
      [rate, ...interval].map((one) => 100 * one),
      [2.88, 1.31691939116, 5.46713710445],
    );
  });

  test("two of them, and a rare count", () => {
    const { ratio, interval, p } = poissonRatio(9, 312.5, 20, 1250);
    close([ratio, ...interval, p], [1.8, 0.721691351101, 4.13542809283, 0.1604138395]);
    close([poissonTail(7, 2.5)], [0.0141873119909]);
  });
});

test("small groups: the 90 % credible interval of a given prior", () => {
  const [a, b] = [5 + 1.4268181, 1 + 2.30403802];
  close(
    [a / (a + b), betaQuantile(0.05, a, b), betaQuantile(0.95, a, b)],
    [0.660457623, 0.4037026, 0.8780072],
    1e-7,
  );
});

test("a quantile of any beta gives its share back", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.double({ min: 0.05, max: 5000, noNaN: true }),
      fc.double({ min: 0.05, max: 5000, noNaN: true }),
      (p, a, b) => {
        const x = betaQuantile(p, a, b);
        // At the edge one step of a double may be more than the share that is asked for.
        const near = [x, x * (1 - 1e-12), Math.min(1, x * (1 + 1e-12))].map((one) => betaCdf(one, a, b));
        return Math.min(...near) - 1e-8 <= p && p <= Math.max(...near) + 1e-8;
      },
    ),
    { examples: [[0.001, 0.05, 2.6112906560767133]] },
  );
});
