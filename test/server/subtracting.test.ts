import { describe, expect, test } from "vitest";
import type { Review } from "../../src/review/types.ts";
import { hiddenParts, markedBeside } from "../../src/server/auth/beside.ts";
import { reviewWithoutFew } from "../../src/server/auth/small.ts";

/*
 * A viewer who subtracts: from a total that is shown, the parts that are shown. What is left over is never a count of
 * one to four people.
 */
const isFew = (count: number) => count > 0 && count < 5;
type Part = { name: string; n: number };
const parts = (...counts: number[]): Part[] => counts.map((n, at) => ({ name: `p${at}`, n }));
const left = (all: readonly Part[]) => {
  const hidden = hiddenParts(
    all,
    ({ n }) => n,
    ({ name }) => name,
  );
  return { hidden: hidden.size, sum: [...hidden].reduce((sum, { n }) => sum + n, 0) };
};

describe("parts of a total that is shown", () => {
  test("a single small one takes the smallest other along, and nothing goes where nobody is few", () => {
    expect(left(parts(40, 3, 20, 9))).toEqual({ hidden: 2, sum: 12 });
    expect(left(parts(40, 20, 9, 0))).toEqual({ hidden: 0, sum: 0 });
    // Together they are few.
    expect(left(parts(40, 1, 2, 9))).toEqual({ hidden: 3, sum: 12 });
    expect(left(parts(40, 4, 2, 9))).toEqual({ hidden: 2, sum: 6 });
    expect(left(parts(3, 0, 0))).toEqual({ hidden: 1, sum: 3 });
  });

  test("rows of an answer, each total for itself, with what tells as much", () => {
    const rows = [
      { source: "a", persons: 2, weight: 1.5 },
      { source: "a", persons: 30, weight: 29 },
      { source: "a", persons: 8, weight: 7.5 },
      { source: "b", persons: 8, weight: 8 },
    ];
    const marked = markedBeside(rows, { of: ["persons"], by: ["source"], with: ["weight"] });
    expect(marked.map(({ persons, weight }) => [persons, weight])).toEqual([
      [1, 1],
      [30, 29],
      [1, 1],
      [8, 8],
    ]);
  });
});

let seed = 7;
const random = (to: number) => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % to;
};
const SEGMENTS = ["new", "active", "repeat", "quiet", "dormant"];

/** A community's moves, and the stocks that they add up to. */
function madeReview(): Review {
  const flows = [...SEGMENTS, "none"].flatMap((from) =>
    [...SEGMENTS, "left"].flatMap((to) => {
      const persons = random(4) > 0 ? 0 : random(6) === 0 ? random(7) : random(90);
      return persons > 0 && !(from === "none" && to === "left") ? [{ from, to, persons }] : [];
    }),
  );
  const sum = (side: "from" | "to", segment: string) =>
    flows.reduce((all, flow) => all + (flow[side] === segment ? flow.persons : 0), 0);
  const stock = SEGMENTS.map((segment) => ({
    segment,
    persons: sum("to", segment),
    previous: sum("from", segment),
  }));
  const dormant = stock.find(({ segment }) => segment === "dormant")?.persons ?? 0;
  const silent = random(dormant + 1);
  const why = Object.fromEntries(
    Object.entries({ went_silent: silent, lapsed_buyer: dormant - silent }).filter(([, n]) => n > 0),
  );
  const row = (why: string) => ({ personId: "x", why });
  return {
    kpis: [],
    groups: [],
    groupChoices: [],
    conclusions: [],
    decomposition: {},
    quality: [],
    suggestions: [],
    actions: [],
    sop: {},
    segments: { stock, flows },
    dormant: {
      total: dormant,
      why,
      rows: Object.entries(why).flatMap(([one, n]) => Array.from({ length: n }, () => row(one))),
    },
    churn: {
      leavers: 0,
      respondents: 0,
      declared: [],
      inferred: [],
      segments: [],
      timing: { weeks: 12, sinceJoin: [], sinceCampaign: [] },
    },
  } as unknown as Review;
}

describe("the review of a viewer", () => {
  test("segments: members less the stocks that are shown, or that moves tell, are never few", () => {
    let shown = 0;
    for (let round = 0; round < 400; round++) {
      const whole = madeReview();
      const { segments } = reviewWithoutFew(whole, new Map());
      for (const [side, key] of [
        ["to", "persons"],
        ["from", "previous"],
      ] as const) {
        const truth = (segment: string) =>
          whole.segments.stock.find((one) => one.segment === segment)?.[key] ?? 0;
        // What a stock is known to be: it is shown, or none of the moves that make it up is missing.
        const isTold = (segment: string) => {
          const moves = (of: Review["segments"]) => of.flows.filter((flow) => flow[side] === segment).length;
          const isShown = (segments.stock.find((one) => one.segment === segment)?.[key] ?? 0) > 0;
          return isShown || moves(segments) === moves(whole.segments);
        };
        const unknown = SEGMENTS.filter((segment) => !isTold(segment) && truth(segment) > 0);
        const rest = unknown.reduce((sum, segment) => sum + truth(segment), 0);
        const all = SEGMENTS.reduce((sum, segment) => sum + truth(segment), 0);
        if (rest < all)
          expect([round, key, isFew(rest), unknown.length === 1]).toEqual([round, key, false, false]);
        shown += SEGMENTS.length - unknown.length;
      }
    }
    // And most is still there to read.
    expect(shown).toBeGreaterThan(400 * 2 * 3);
  });

  test("a stock that only moves tell: those into it are cut as well", () => {
    const move = (from: string, to: string, persons: number) => ({ from, to, persons });
    const whole = {
      ...madeReview(),
      segments: {
        stock: [
          { segment: "new", persons: 3, previous: 0 },
          { segment: "active", persons: 60, previous: 60 },
          { segment: "quiet", persons: 25, previous: 25 },
        ],
        flows: [
          move("none", "new", 3),
          move("active", "active", 52),
          move("active", "quiet", 8),
          move("quiet", "quiet", 17),
          move("quiet", "active", 8),
        ],
      },
    };
    const { segments } = reviewWithoutFew(whole, new Map());
    expect(segments.stock.map(({ persons, previous }) => [persons, previous])).toEqual([
      [null, 0],
      [60, 60],
      [null, 25],
    ]);
    // Into quiet there were 8 and 17: with both shown it would be 25, and new 88 - 60 - 25.
    expect(segments.flows.filter(({ to }) => to === "quiet").length).toBeLessThan(2);
    expect(segments.flows.some(({ to }) => to === "new")).toBe(false);
  });

  test("dormant: neither the reasons nor the rows of the list tell a count of few", () => {
    for (let round = 0; round < 400; round++) {
      const whole = madeReview();
      const { dormant, segments } = reviewWithoutFew(whole, new Map());
      const listed = (why: string) => dormant.rows.filter((row) => row.why === why).length;
      for (const why of Object.keys(whole.dormant.why)) expect(isFew(listed(why))).toBe(false);
      const told = Object.values(dormant.why).reduce((sum, n) => sum + n, 0);
      if (dormant.total !== null) expect(isFew(dormant.total - told)).toBe(false);
      if (segments.stock.find(({ segment }) => segment === "dormant")?.isHidden)
        expect([dormant.total, dormant.rows.length, told]).toEqual([null, 0, 0]);
    }
  });
});
