import { expect, test } from "vitest";
import { partsOf, withOverlap } from "../../src/review/explain/parts.ts";
import { bestOf, findDistinct } from "../../src/review/explain/search.ts";

/** Speakers of a thousand members of each group, before and after. */
const best = (groups: Readonly<Record<string, [before: number, after: number]>>, overlap: number) => {
  // A group that is there and has nobody has neither.
  const side = (numerator: number) => {
    const people = numerator > 0 ? 1000 : 0;
    return { numerator, denominator: people, rows: people };
  };
  const slices = Object.entries(groups).map(([value, [before, after]]) => ({
    value,
    before: side(before),
    after: side(after),
  }));
  const parts = partsOf(slices, "quotient", (value) => ({ zh: value, en: value })) ?? [];
  const delta = parts.reduce((sum, { total }) => sum + total, overlap);
  const title = { zh: "群", en: "Group" };
  const dimension = { id: "group", title, parts: withOverlap(parts, delta), offsetting: false };
  return bestOf(findDistinct([dimension], "ratio"), delta);
};

test("all groups together explain nothing, with people in several of them or without", () => {
  // Both move up, one twice as far: each unlike the other, and no group is left beside them.
  expect(best({ a: [200, 440], b: [200, 340] }, 0)).toBeNull();
  expect(best({ a: [200, 440], b: [200, 340] }, -0.001)).toBeNull();
  expect(best({ a: [200, 440], b: [200, 340], empty: [0, 0] }, 0)).toBeNull();
  expect(best({ a: [200, 400], b: [200, 380], c: [200, 205] }, -0.001)).toMatchObject({ values: ["a", "b"] });
});
