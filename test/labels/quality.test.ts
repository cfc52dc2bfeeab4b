import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { beforeAll, expect, test } from "vitest";
import { foundLabels, type Labelled, quality } from "../support/labelled.ts";

/** Lines written for this purpose, labelled by reading and before the words were tried on them. */
const FIXTURE = new URL("../../fixtures/labels/chat.csv", import.meta.url);

interface Line extends Labelled {
  /** Labelled a second time, from text and side alone, without a look at the first labels. */
  second: string;
}

/**
 * Floors just under what was measured over all lines (docs/labels.md), not ambitions: whoever changes a word sees what
 * it costs. The words were mended on these lines; how they do on lines nobody has looked at is told in the document.
 */
const FLOORS: Readonly<Record<string, { precision: number; recall: number }>> = {
  ad: { precision: 0.93, recall: 0.95 },
  complaint: { precision: 0.95, recall: 0.83 },
  question: { precision: 0.94, recall: 0.98 },
  purchase_intent: { precision: 0.85, recall: 0.92 },
  benefit: { precision: 0.92, recall: 0.92 },
  welcome: { precision: 1, recall: 1 },
  greeting: { precision: 0.95, recall: 0.95 },
  acknowledgement: { precision: 0.95, recall: 0.88 },
  topic: { precision: 0.95, recall: 0.95 },
  solitaire: { precision: 1, recall: 1 },
};

const lines = Papa.parse<Line>(readFileSync(FIXTURE, "utf8"), { header: true, skipEmptyLines: true }).data;
let found: Map<Line, ReadonlySet<string>>;
beforeAll(async () => {
  const labels = await foundLabels(lines);
  found = new Map(lines.map((line, at) => [line, labels.get(at) ?? new Set()]));
});

test("the fixture is large enough to say something, and a third of it has no label", () => {
  expect(lines.length).toBeGreaterThanOrEqual(400);
  expect(lines.filter(({ labels }) => labels === "").length).toBeGreaterThan(lines.length / 4);
  expect(new Set(lines.map(({ part, side, text }) => `${part}${side}${text}`)).size).toBe(lines.length);
});

test.each(Object.keys(FLOORS))("%s is found as often, and as rarely wrongly, as documented", (label) => {
  const { precision, recall } = quality(lines, found, label);
  expect(precision).toBeGreaterThanOrEqual(FLOORS[label]?.precision ?? 1);
  expect(recall).toBeGreaterThanOrEqual(FLOORS[label]?.recall ?? 1);
});

/** Cohen's κ of the two labellings. */
function kappa(label: string, among: readonly Line[] = lines): number {
  const marks = among.map(({ labels, second }) =>
    [labels, second].map((list) => list.split(";").includes(label)),
  );
  const share = (of: (one: boolean, two: boolean) => boolean) =>
    marks.filter(([one = false, two = false]) => of(one, two)).length / marks.length;
  const [one, two] = [share((a) => a), share((_, b) => b)];
  const chance = one * two + (1 - one) * (1 - two);
  return (share((a, b) => a === b) - chance) / (1 - chance);
}

test.each(Object.keys(FLOORS).filter((label) => label !== "benefit"))(
  "%s means the same to two who labelled apart",
  (label) => expect(kappa(label)).toBeGreaterThanOrEqual(0.95),
);

test("a price cut is a benefit to one of them and not to the other; elsewhere they agree on benefits", () => {
  expect(kappa("benefit")).toBeCloseTo(0.59, 2);
  const others = lines.filter(({ labels }) => !labels.split(";").includes("ad"));
  expect(kappa("benefit", others)).toBeGreaterThanOrEqual(0.9);
});

test("a word too many is seen: calling every line an advertisement falls under the floor", () => {
  const all = new Map(lines.map((line) => [line, new Set(["ad"])]));
  expect(quality(lines, all, "ad").precision).toBeLessThan(0.5);
  expect(quality(lines, new Map(), "ad").recall).toBe(0);
});

test("ordinary lines are rarely taken for advertisements or complaints", () => {
  const plain = lines.filter(({ labels }) => labels === "");
  const wrong = (label: string) => plain.filter((line) => found.get(line)?.has(label)).length / plain.length;
  expect(wrong("ad")).toBeLessThan(0.02);
  expect(wrong("complaint")).toBeLessThan(0.05);
});
