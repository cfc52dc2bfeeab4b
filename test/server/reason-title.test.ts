import { expect, test } from "vitest";
import { reasonTitle } from "../../src/server/page/reasons.ts";

const line = (reason: string, declared: number | null, inferred: number | null) => ({
  reason,
  title: reason,
  declared,
  inferred,
});

test.each([
  [
    "most are unknown",
    [line("广告多", null, 0.09), line("unknown", null, 0.7)],
    "70% 的退群看不出原因；看得出的里面，最多的是“广告多”",
  ],
  ["half are known", [line("广告多", null, 0.5), line("unknown", null, 0.5)], "退群原因里最多的是“广告多”"],
  [
    "both say the same",
    [line("广告多", 0.6, 0.2), line("unknown", 0, 0.8)],
    "“广告多”是退群第一原因，问卷与行为推断一致",
  ],
  [
    "they differ",
    [line("广告多", 0.6, 0), line("没时间", 0.4, 0.3)],
    "问卷里最多的是“广告多”，行为推断最多的是“没时间”",
  ],
  ["only what was said", [line("广告多", 0.6, null), line("unknown", 0, null)], "退群原因里最多的是“广告多”"],
])("the title of the reasons where %s", (_, lines, title) => {
  expect(reasonTitle(lines, "zh")).toBe(title);
});

test("no reason known, no title", () => {
  expect(reasonTitle([line("unknown", null, 1)], "zh")).toBeNull();
});
