import { expect, test } from "vitest";
import type { Review } from "../../src/review/types.ts";
import { t } from "../../src/server/i18n.ts";
import { definitionSection } from "../../src/server/page/definitions.ts";
import { serviceSection } from "../../src/server/page/sop/service.ts";
import { shownMove } from "../../src/server/page/tone.ts";

test("a number in a sentence has its thousands apart; what is no whole number stands as it was given", () => {
  expect(t("zh", "all_groups", { n: 2000 })).toBe("全部 2,000 个群");
  expect(t("en", "title_week", { n: 46 })).toContain("46");
  expect(t("zh", "see_all", {})).toBe("看全部");
});

test.each([
  [0.029, "ratio", "▲ 2.9pp"],
  [-0.0004, "ratio", "■ 0.0pp"],
  [0, "count", "■ 0"],
  [-1419, "count", "▼ 1,419"],
] as const)("a change of %f (%s) reads %s: what rounds to nothing has no direction", (delta, unit, shown) => {
  expect(shownMove(delta, unit)).toBe(shown);
});

const served = (cases: number) => ({
  lang: "zh" as const,
  review: {
    from: "2026-11-09",
    timezone: "Asia/Shanghai",
    sop: {
      service: [
        {
          kind: "complaint",
          cases: 14387,
          inTime: 460,
          judged: 14387,
          medianReplyMinutes: null,
          open: 14387,
        },
      ],
    },
  } as unknown as Review,
  cases: Array.from({ length: cases }, () => ({
    is_open: true,
    kind: "complaint",
    week: "2026-11-09",
    opened_at: "2026-11-09 00:01:00",
    missing_stages: "",
    group_name: "g",
  })),
});
const page = (cases: number) =>
  serviceSection(served(cases) as unknown as Parameters<typeof serviceSection>[0]).text;

test("more open cases than are asked for are counted all the same, and not as many as were asked for", () => {
  expect(page(1000)).toContain("本周未了结的 14,387 起");
  expect(page(1000)).not.toContain("1,000 起");
  expect(page(1000)).toContain("14,387");
});

test.each([false, true])(
  "the page says what pp is; how groups are ranked unfolds, and on paper stands there",
  (isPaper) => {
    const review = { kpis: [{ id: "rest", title: { zh: "其余" }, description: { zh: "说明" } }] };
    const page = { lang: "zh", review, layout: { headline: [], more: ["rest"] }, isPaper };
    const { text } = definitionSection(page as unknown as Parameters<typeof definitionSection>[0]);
    const [first = "", folded = ""] = text.split("<details");
    expect(first).toContain("百分点：5% 变成 7%，是 +2pp");
    expect([first.includes("群排名"), folded.includes("群排名")]).toEqual([isPaper, !isPaper]);
  },
);
