import { expect, test } from "vitest";
import { lower, type Ratios, ratiosOf, workOf, worsened } from "../../bench/guard.ts";
import { report, withBlock } from "../../bench/report.ts";
import { read } from "./files.ts";

const before: Ratios = { "an import": 2, "another import": 1.5 };

test("a ratio that worsened by more than 30 % is named, one by less is let pass", () => {
  expect(worsened(before, { "an import": 2.7, "another import": 1.5 })).toEqual([
    "an import: 2 × → 2.7 × (+35 %)",
  ]);
  expect(worsened(before, { "an import": 2.6, "another import": 0.9 })).toEqual([]);
});

test("a figure that is no longer measured, or not yet recorded, is no silence", () => {
  expect(worsened(before, { "an import": 2, "a build": 3 })).toEqual([
    "another import: not measured any more",
    "a build: not recorded yet",
  ]);
});

test("only ratios are compared: seconds and bytes are the machine's", () => {
  const goal = "1.6 ×";
  expect(
    ratiosOf([
      { what: "an import", value: "2.66 × (3.4 s)", goal },
      { what: "a build", value: "18.4 s", goal },
      { what: "memory", value: "0.77 GB", goal },
    ]),
  ).toEqual({ "an import": 2.66 });
});

test("what is recorded is ratios", () => {
  const recorded = JSON.parse(read("bench/recorded.json")) as Ratios;
  expect(Object.keys(recorded).length).toBeGreaterThan(0);
  for (const ratio of Object.values(recorded)) expect(ratio).toBeGreaterThan(0.5);
});

test("what is slow in one of two measurements is the machine's, what is slow in both is ours", () => {
  const [busy, quiet] = [
    { "an import": 2.9, "another import": 1.5 },
    { "an import": 2.1, "another import": 2.2 },
  ];
  expect(worsened(before, lower(busy, quiet))).toEqual([]);
  expect(worsened(before, lower(busy, busy))).toEqual(["an import: 2 × → 2.9 × (+45 %)"]);
});

test("on a busy machine every recorded ratio of work is compared, and none of time", () => {
  const recorded = JSON.parse(read("bench/recorded.json")) as Ratios;
  const kept = Object.keys(workOf(recorded));
  expect(kept.filter((what) => what.startsWith("Work of "))).toHaveLength(3);
  expect(Object.keys(recorded).filter((what) => !kept.includes(what))).toEqual([
    expect.stringContaining("MemoTrace"),
  ]);
});

test("a bench replaces its block of docs/performance.md and nothing around it", () => {
  const figures = [{ what: "an import | of rows", value: "2 ×", goal: "1.6 ×" }];
  const size = { messages: 2000, members: 100, groups: 2, weeks: 52 };
  const block = report(figures, { machine: "2 cores", size, runs: 5, day: "2026-11-29" });
  const document = read("docs/performance.md");
  const written = withBlock(document, block);
  expect(written).toContain("| an import \\| of rows | 2 × | 1.6 × |");
  const around = (text: string) =>
    text.split(/<!-- written by npm run bench -->[\s\S]*<!-- end -->/).map((part) => part.length);
  expect(around(written)).toEqual(around(document));
  expect(around(written)).toHaveLength(2);
  expect(() => withBlock("# Performance\n", block)).toThrow(/no block/);
});
