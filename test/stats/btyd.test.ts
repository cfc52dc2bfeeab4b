import { describe, expect, test } from "vitest";
import { alive, type Buyers, expectedOfNew, expectedPurchases, fitBuying } from "../../src/stats/btyd.ts";
import { minimise } from "../../src/stats/nelder-mead.ts";
import { close } from "./close.ts";

// CDNOW: parameters as fitted by scipy and R's optim (published .243, 4.414, .793, 2.426); bench/cdnow.ts refits them.
const BG = { r: 0.2425929, alpha: 4.4135316, a: 0.7928861, b: 2.4257537 };
const MBG = { r: 0.5248379, alpha: 6.1829915, a: 0.891356, b: 1.6139995 };
const BUYERS = [
  [2, 30.43, 38.86],
  [1, 1.71, 38.86],
  [0, 0, 38.86],
  [10, 12, 38.86],
  [26, 30.86, 31],
] as const;

describe("buying models at CDNOW's parameters", () => {
  test("still there", () => {
    const of = (kind: "bg" | "mbg") =>
      BUYERS.map(([x, recency, age]) => alive(kind, kind === "bg" ? BG : MBG, x, recency, age));
    close(of("bg"), [0.726609167, 0.21222743, 1, 0.000701503, 0.96891971], 1e-5);
    close(of("mbg"), [0.706126255, 0.170819641, 0.38971636, 0.000929269, 0.965552873], 1e-5);
  });

  test("purchases to expect", () => {
    const next = BUYERS.map(([x, recency, age]) => expectedPurchases(BG, 39, x, recency, age));
    close(next, [1.225910487, 0.203250666, 0.194780847, 0.005105227, 20.750569522], 1e-5);
    close([expectedOfNew(BG, 39)], [1.195016319], 1e-5);
  });
});

/** Mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Buyers of an MBG/NBD world in which everyone buys at the same rate and drops out with the same chance. */
function simulate(people: number, weeks: number, rate: number, dropout: number): Buyers[] {
  const draw = random(7);
  const cells = new Map<string, Buyers>();
  for (let person = 0; person < people; person++) {
    let [now, repeats, recency] = [0, 0, 0];
    let gone = draw() < dropout;
    while (!gone) {
      now -= Math.log(1 - draw()) / rate;
      if (now > weeks) break;
      [repeats, recency] = [repeats + 1, Math.round(now * 10) / 10];
      gone = draw() < dropout;
    }
    const key = `${repeats} ${recency}`;
    const cell = cells.get(key) ?? { repeats, recency, age: weeks, count: 0 };
    cell.count++;
    cells.set(key, cell);
  }
  return [...cells.values()];
}

test("the fit finds rate and dropout again", () => {
  const { r, alpha, a, b } = fitBuying("mbg", simulate(4000, 30, 0.2, 0.3));
  expect(r / alpha).toBeCloseTo(0.2, 1);
  expect(a / (a + b)).toBeCloseTo(0.3, 1);
  const after = (repeats: number, recency: number) => alive("mbg", { r, alpha, a, b }, repeats, recency, 30);
  expect(after(1, 2)).toBeLessThan(after(5, 28));
});

test("Nelder–Mead on Rosenbrock's valley", () => {
  const { at, value } = minimise(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], {
    step: 1,
  });
  close(at, [1, 1], 1e-6);
  expect(value).toBeLessThan(1e-12);
});
