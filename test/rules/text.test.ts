import { expect, test } from "vitest";
import { fill, placeholders } from "../../src/rules/text.ts";

const header = {
  evidence: {
    missed: { unit: "count" },
    expected: { unit: "people" },
    median: { unit: "minutes" },
  },
} as unknown as Parameters<typeof fill>[1];
const template = {
  zh: "漏发 {missed}，约 {expected} 人，首答 {median}。",
  en: "{missed} {missed?was:were} missed, about {expected}, first reply {median}.",
};

test("a sentence counts as people do: one was, two were, and of a mean of people no decimals", () => {
  expect(fill(template, header, { missed: 1, expected: 4.13, median: 45 })).toEqual({
    zh: "漏发 1，约 4 人，首答 45 分钟。",
    en: "1 was missed, about 4, first reply 45 minutes.",
  });
  expect(fill(template, header, { missed: 2, expected: 4.13, median: 45 }).en).toContain("2 were missed");
});

test("what has no value is told by its rule, else said to be no data, never left as a hole", () => {
  const without = {
    median: { zh: "还没有：答到的不足一半", en: "not reached: fewer than half were answered" },
  };
  const values = { missed: 2, expected: null, median: null };
  expect(fill(template, { ...header, without }, values)).toEqual({
    zh: "漏发 2，约 没有数据 人，首答 还没有：答到的不足一半。",
    en: "2 were missed, about no data, first reply not reached: fewer than half were answered.",
  });
});

test("a word that depends on a value is known by the value's name", () => {
  expect([...new Set(placeholders(template))]).toEqual(["missed", "expected", "median"]);
});
