import { expect, test } from "vitest";
import type { Cause, Explanation } from "../../src/review/explain/types.ts";
import { causesCard } from "../../src/server/page/causes.ts";

const cause = (confidence: Cause["confidence"], zh: string) => ({ confidence, text: { zh, en: zh } });
const card = (explanation: Partial<Record<keyof Explanation, unknown>> | null) =>
  String(causesCard({ lang: "zh", explanation: explanation as unknown as Explanation | null }) ?? "");

test("the likelier candidates stand in the card, those of one week alone only where there is nothing better", () => {
  const both = card({
    causes: [cause("medium", "推广多了"), cause("low", "少了一次欢迎")],
    nothingFound: null,
  });
  expect(both).toContain("推广多了");
  expect(both).not.toContain("少了一次欢迎");
  expect(card({ causes: [cause("low", "少了一次欢迎")], nothingFound: null })).toContain("少了一次欢迎");
});

test("that nothing was found is said, and ordinary variation has no card", () => {
  const nothingFound = { zh: "和往常差不多", en: "as usual" };
  expect(card({ causes: [], nothingFound })).toContain("和往常差不多");
  expect(card({ causes: [], nothingFound: null })).toBe("");
  expect(card(null)).toBe("");
});
