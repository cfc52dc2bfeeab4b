import { describe, expect, test } from "vitest";
import { correlationP, generalisedEsd, kendall, robustZ, spearman } from "../../src/stats/anomaly.ts";
import {
  cuped,
  differenceInDifferences,
  holdoutDraw,
  mantelHaenszel,
  sampleRatioMismatch,
  sampleSize,
} from "../../src/stats/experiment.ts";
import { auc, averagePrecision, brier, calibration, gini, lift } from "../../src/stats/ranking.ts";
import {
  kaplanMeier,
  logRank,
  medianSurvival,
  restrictedMean,
  survivalAt,
} from "../../src/stats/survival.ts";
import { close } from "./close.ts";

const watched = (exits: readonly number[], events: readonly number[], entries: readonly number[] = []) =>
  exits.map((exit, at) => ({ exit, event: events[at] === 1, entry: entries[at] ?? 0 }));

describe("survival", () => {
  const steps = kaplanMeier(
    watched(
      [1, 3, 3, 5, 7, 7, 7, 10, 12, 14, 14, 21, 28, 28, 28, 28],
      [1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0],
    ),
  );

  test("Kaplan–Meier", () => {
    close(
      [1, 3, 7, 10, 14, 28].map((time) => survivalAt(steps, time)),
      [0.9375, 0.8125, 0.677083333333, 0.601851851852, 0.429894179894, 0.322420634921],
    );
    const week = steps.find(({ time }) => time === 7);
    close([week?.se, ...(week?.interval ?? [])], [0.11938525564, 0.38828676075, 0.8515065144]);
    expect(medianSurvival(steps)).toEqual({ median: 14, interval: [7, null] });
    close([restrictedMean(steps, 28)], [16.5821759259]);
  });

  test("those who came before the log began enter late", () => {
    const late = kaplanMeier(
      watched(
        [10, 21, 4, 12, 28, 9, 28, 28, 14, 28],
        [1, 0, 1, 1, 0, 1, 0, 0, 1, 0],
        [0, 0, 0, 5, 5, 7, 10, 0, 2, 14],
      ),
    );
    close(
      [4, 9, 10, 12, 14].map((time) => survivalAt(late, time)),
      [0.8, 0.685714285714, 0.571428571429, 0.47619047619, 0.380952380952],
    );
  });

  test("log-rank of two groups (6-MP against placebo)", () => {
    const mp = watched(
      [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
      [1, 1, 1, 1, 1, 1, 1, 1, 1],
    );
    const placebo = watched(
      [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23],
      Array.from({ length: 21 }, () => 1),
    );
    close(
      [6, 22, 23].map((time) => survivalAt(kaplanMeier(mp), time)),
      [0.857142857, 0.537815126, 0.448179272],
    );
    close([kaplanMeier(mp)[0]?.se], [0.076360355]);
    const { chi2, p } = logRank(mp, placebo);
    close([chi2, p], [16.79294099, 4.1688091e-5], 1e-8);
  });

  test("the median reply counts those still waiting", () => {
    const minutes = [2, 4, 5, 5, 9, 15, 22, 40, 75, 130, 1440, 1440, 300];
    const replies = kaplanMeier(
      watched(
        minutes,
        minutes.map((one) => (one > 200 ? 0 : 1)),
      ),
    );
    expect(medianSurvival(replies)).toEqual({ median: 22, interval: [5, 130] });
    close(
      [5, 30, 60].map((time) => survivalAt(replies, time)),
      [0.692307692308, 0.461538461538, 0.384615384615],
    );
  });
});

describe("anomalies and correlation", () => {
  test("robust z", () => {
    const base = [41, 39, 44, 40, 38, 42, 43, 40];
    close([robustZ(30, base)], [-4.72142825137]);
    // 11.5 / 10.5 as far on the other side.
    close([robustZ(52, base)], [(4.72142825137 * 11.5) / 10.5]);
    const flat = [40, 40, 40, 40, 40, 40, 40, 41];
    close([robustZ(45, flat)], [31.9153824321]);
    expect(
      robustZ(
        41,
        flat.map(() => 40),
      ),
    ).toBe(Number.POSITIVE_INFINITY);
    expect(robustZ(41, [40, 41])).toBeNull();
  });

  test("generalised ESD", () => {
    const values = [
      -0.25, 0.68, 0.94, 1.15, 1.2, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69,
      1.7, 1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.1, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35,
      2.37, 2.4, 2.47, 2.54, 2.62, 2.64, 2.9, 2.92, 2.92, 2.93, 3.21, 3.26, 3.3, 3.59, 3.68, 4.3, 4.64, 5.34,
      5.42, 6.01,
    ];
    const { steps, outliers } = generalisedEsd(values, 4);
    close(
      steps.map(({ r }) => r),
      [3.118906, 2.942973, 3.179424, 2.810181],
      1e-6,
    );
    close(
      steps.map(({ lambda }) => lambda),
      [3.158794, 3.15143, 3.14389, 3.136165],
      1e-6,
    );
    expect(outliers).toEqual([6.01, 5.42, 5.34]);
  });

  test("ads against activity", () => {
    const ads = [2, 3, 5, 4, 6, 8, 7, 10, 9, 12];
    const activity = [0.41, 0.42, 0.4, 0.38, 0.39, 0.35, 0.36, 0.3, 0.33, 0.28];
    close([spearman(ads, activity), kendall(ads, activity)], [-0.951515151515, -0.866666666667]);
    expect(correlationP(-0.9515, 10)).toBeLessThan(1e-4);
    expect(spearman([1, 1], [1, 2])).toBeNull();
  });
});

describe("experiments", () => {
  test("difference in differences", () => {
    const did = differenceInDifferences([0.07, 0.06, 0.04, 0.07], [0.01, 0.01, -0.01, 0.02, 0, 0.02]);
    close(
      [did.effect, did.t, did.df, ...did.interval, did.p, did.permutation],
      [0.0516666667, 6.05635115502, 5.65213095317, 0.0304766681, 0.0728566652, 0.00114327531, 0.0047619048],
      1e-8,
    );
  });

  test("holdout", () => {
    const campaign = "wake-2026w24";
    close(
      ["p001", "p003", "张三"].map((one) => holdoutDraw(campaign, one)),
      [0.943547551880287, 0.114326665154452, 0.686016942286189],
      1e-12,
    );
    const held = Array.from({ length: 10_000 }, (_, n) => holdoutDraw(campaign, `user${n}`)).filter(
      (u) => u < 0.2,
    );
    expect(held).toHaveLength(2062);
  });

  test("people needed, and the split as planned", () => {
    const [z, z80, z90] = [1.959963984540054, 0.8416212335729143, 1.2815515655446004];
    close(
      [sampleSize(0.05, 0.07, z, z80), sampleSize(0.03, 0.05, z, z90), sampleSize(0.1, 0.12, z, z80)],
      [2212.2048, 2015.3473, 3840.8475],
      0.01,
    );
    close([sampleSize(0.03, 0.05, z, z80, 4)], [990.3903], 1e-3);
    const { chi2, p } = sampleRatioMismatch([5020, 4780], [0.5, 0.5]);
    close([chi2, p], [5.877551, 0.0153351], 1e-6);
  });

  test("CUPED", () => {
    const arm = (xs: readonly number[], ys: readonly number[]) =>
      xs.map((x, at): [number, number] => [x, ys[at] ?? 0]);
    const made = cuped(
      arm([0, 1, 4, 6, 2, 3], [0, 2, 5, 6, 2, 5]),
      arm([0, 1, 2, 3, 5, 8], [1, 1, 3, 3, 6, 9]),
    );
    close(
      [made.theta, made.rho2, made.plain.difference, made.adjusted.difference],
      [1.0398505604, 0.9407098786, -0.5, 0.0199252802],
    );
    close([made.plain.se, made.adjusted.se], [1.5933891204, 0.3898378917]);
  });

  test("Mantel–Haenszel", () => {
    const stratum = (a: number, c: number, b: number, d: number) => ({
      exposedHits: a,
      exposedMisses: b,
      otherHits: c,
      otherMisses: d,
    });
    const { ratio, interval, chi2, p } = mantelHaenszel([
      stratum(12, 8, 20, 60),
      stratum(5, 15, 10, 70),
      stratum(9, 6, 14, 40),
    ]);
    close(
      [ratio, ...interval, chi2, p],
      [3.68680765358, 1.92939472482, 7.04498177567, 16.3610071581, 5.23512315e-5],
      1e-8,
    );
  });
});

describe("ranking quality", () => {
  const scored = [0.9, 0.8, 0.8, 0.7, 0.6, 0.55, 0.5, 0.4, 0.4, 0.3, 0.2, 0.1].map((score, at) => ({
    score,
    hit: [0, 1, 3, 5, 7].includes(at),
  }));

  test("AUC, precision, Brier, lift", () => {
    close(
      [auc(scored), averagePrecision(scored), brier(scored), lift(scored, 0.25)],
      [0.8, 0.727777777778, 0.187708333333, 1.6],
    );
    expect(auc([{ score: 1, hit: true }])).toBeNull();
  });

  test("calibration keeps everybody", () => {
    const bins = calibration(scored, 4);
    expect(bins.map(({ people }) => people)).toEqual([3, 3, 3, 3]);
    close([bins[3]?.expected, bins[3]?.seen], [(0.9 + 0.8 + 0.8) / 3, 2 / 3]);
  });

  test("Gini", () => {
    const talk = [0, 0, 0, 0, 1, 1, 2, 3, 5, 8, 20, 60];
    close(
      [gini(talk), gini(talk.filter((one) => one > 0)), gini([1, 1, 1, 1]), gini([0, 0, 0, 10])],
      [0.773333333333, 0.66, 0, 0.75],
    );
    expect([gini([0, 0]), gini([1])]).toEqual([null, null]);
  });
});
