import { expect, test } from "vitest";
import { conclusions } from "../../src/review/conclusions.ts";
import type { KpiLine, Review } from "../../src/review/types.ts";

/* Forms of the handbook's narrative (section 4), each from the row of its card. */
type Given = Parameters<typeof conclusions>[0];

function line(change: Partial<KpiLine>): KpiLine {
  const figure = (numerator: number, denominator: number) => ({
    numerator,
    denominator,
    value: numerator / denominator,
  });
  return {
    id: "activity_rate",
    title: { zh: "活跃率", en: "Activity rate" },
    unit: "ratio",
    good: "up",
    variantOf: null,
    ...figure(800, 2000),
    previous: figure(700, 2000),
    delta: 0.05,
    verdict: "better",
    strength: "clear",
    reason: null,
    target: null,
    against: {
      fourWeeks: null,
      ordinaryWeeks: null,
      lastYear: null,
      festival: null,
      target: null,
      campDay: null,
    },
    ...change,
  } as KpiLine;
}
const noise = { verdict: "noise", strength: null } as const;

function said(kpis: readonly KpiLine[], more: Partial<Given> = {}, lang: "zh" | "en" = "zh"): string[] {
  const review = {
    kpis,
    groups: [],
    decomposition: {},
    marks: [],
    complete: true,
    previous: "2026-W46",
    week: "2026-W47",
  };
  return conclusions({ ...review, ...more } as Given).map(({ text }) => text[lang]);
}

test("N-01: both sides with n of N, the difference in points, and whether it is more than usual", () => {
  expect(said([line({})])[0]).toBe(
    "活跃率：本周 40.0%（800/2,000），上周 35.0%（700/2,000），上升 5.0 个百分点，超出平时波动。",
  );
});

test("N-07: ordinary variation is said, and no cause is looked for", () => {
  const sentences = said([line(noise)]);
  expect(sentences).toEqual([
    "本周各项比率都属平时波动，不找原因；活跃率 40.0%（800/2,000），上周 35.0%（700/2,000）。",
  ]);
  expect(said([line(noise)], { complete: false })).toEqual([]);
  // Who is not judged is no evidence of calm.
  const unjudged = line({ id: "refund_rate", verdict: "insufficient", strength: null, reason: "unsettled" });
  expect(said([line(noise), unjudged])[0]).toContain("本周能判断的比率都属平时波动");
});

test("N-08: few people are counts, never percentages", () => {
  const few = { ...noise, verdict: "insufficient", reason: "sample" } as const;
  const buyers = line({
    ...few,
    id: "repurchase_rate",
    title: { zh: "周复购率", en: "" },
    numerator: 2,
    denominator: 6,
    of: { zh: "人", en: "people" },
  });
  const [sentence = ""] = said([buyers]);
  expect(sentence).toBe("周复购率：本周 6 人里有 2；太少，不算百分比。");
  const moved = line({
    numerator: 12,
    denominator: 25,
    previous: { numerator: 6, denominator: 25, value: 0.24 },
  });
  // A KPI that does not say what it counts has numbers alone.
  expect(said([moved])[0]).toContain("本周 25 里有 12，上周 25 里有 6");
  const orders = { ...moved, of: { zh: "单", en: "orders" } };
  expect(said([orders])[0]).toContain("本周 25 单里有 12，上周 25 单里有 6");
  expect(said([orders], {}, "en")[0]).toContain("12 of 25 orders this week, 6 of 25 orders last week");
});

test("N-09: a missed target in points and in what the rate counts; one without a period is not judged", () => {
  const missed = { value: 0.45, delta: -0.05 };
  const against = { ...line({}).against, target: missed };
  expect(said([line({ ...noise, target: 0.45, against })])).toContain(
    "活跃率目标 45.0%，差 5.0 个百分点，约合 2,000 里的 100。",
  );
  const people = line({ ...noise, target: 0.45, against, of: { zh: "人", en: "people" } });
  expect(said([people])).toContain("活跃率目标 45.0%，差 5.0 个百分点，约合 2,000 人里的 100 人。");
  expect(said([line({ ...noise, against })]).join()).not.toContain("目标");
  // Of what should be low, too much is no shortfall; a gap that reads 0.0 is none; what still moves has missed nothing.
  const churn = (gap: number, reason: KpiLine["reason"] = null) =>
    said(
      [
        line({
          ...noise,
          title: { zh: "流失率", en: "Churn rate" },
          good: "down",
          of: { zh: "人", en: "people" },
          reason,
          target: 0.02,
          against: { ...against, target: { value: 0.02, delta: gap } },
        }),
      ],
      {},
      "en",
    ).join();
  expect(churn(0.003)).toContain("target 2.0%, 0.3 points above, about 6 of 2,000 people.");
  expect(churn(0.0004)).toContain("0.04 points above");
  expect(churn(0.00004)).not.toContain("target");
  expect(churn(0.003, "unsettled")).not.toContain("target");
  // Of thirteen there are no percentages, and no points either.
  const few = { numerator: 0, denominator: 13, value: 0, verdict: "insufficient", strength: null } as const;
  const short = { ...against, target: { value: 0.35, delta: -0.35 } };
  const text = said([line({ ...few, reason: "sample", target: 0.35, against: short })]).join();
  expect(text).toContain("13 里有 0；太少，不算百分比");
  expect(text).not.toContain("目标");
});

test("a group that moved says nothing of a whole that is not judged, and of means per day one decimal", () => {
  const own = line({ numerator: 1200 / 7, denominator: 600, value: 200 / 700 });
  const groups = [
    { groupId: "a", name: "甲群", kpis: { activity_rate: own } },
  ] as unknown as Review["groups"];
  const whole = (verdict: "noise" | "insufficient") =>
    said([line({ ...noise, verdict, reason: verdict === "noise" ? null : "roster" })], { groups })[0];
  expect(whole("noise")).toContain("28.6%（171.4/600）");
  expect(whole("noise")).toContain("整体在平时波动内");
  expect(whole("insufficient")).toContain("整体不作判断");
  expect(said([line({})], { groups })[0]).toContain("最明显的是甲群");
});

test("a group that is all there is, is not said to be where it showed most", () => {
  const groups = [
    { groupId: "a", name: "甲群", kpis: { activity_rate: line({}) } },
  ] as unknown as Review["groups"];
  expect(said([line({})], { groups })[0]).not.toContain("甲群");
});

test("N-03, N-14: the likeliest cause of the first change, or that nothing on record changed", () => {
  const cause = { zh: "【推测·把握中】可能因为话题帖 4→14 条", en: "" };
  const decomposition = { activity_rate: { causes: [{ text: cause }], nothingFound: null } };
  expect(said([line({})], { decomposition } as unknown as Partial<Given>)[1]).toBe(cause.zh);
  const none = { activity_rate: { causes: [], nothingFound: { zh: "【未找到】都没变。", en: "" } } };
  expect(said([line({})], { decomposition: none } as unknown as Partial<Given>)[1]).toContain("【未找到】");
});

test("N-11: a holiday that spoils the comparison, against four ordinary weeks", () => {
  const against = { ...line({}).against, ordinaryWeeks: { value: 0.38, delta: 0.02 } };
  const marks = [
    { week: "2026-W46", kind: "holiday", title: { zh: "国庆", en: "" } },
  ] as unknown as Review["marks"];
  expect(said([line({ ...noise, against })], { marks })).toContain(
    "上周有国庆，改与之前四个平常周的均值比：活跃率 40.0%，平常 38.0%，差 +2.0 个百分点。",
  );
});

test("N-11: of what both weeks have, this week's is told, and a holiday before a festival of shops", () => {
  const against = { ...line({}).against, ordinaryWeeks: { value: 0.38, delta: 0.02 } };
  const mark = (week: string, kind: string, zh: string) => ({ week, kind, title: { zh, en: zh } });
  const first = (...marks: ReturnType<typeof mark>[]) =>
    said([line({ ...noise, against })], { marks } as unknown as Partial<Given>).at(-1);
  const festival = (week: string) => mark(week, "holiday", "春节");
  const shops = (week: string) => mark(week, "promotion", "年货节");
  expect(first(festival("2026-W46"), festival("2026-W47"))).toMatch(/^本周有春节/);
  expect(first(shops("2026-W46"), shops("2026-W47"))).toMatch(/^本周有年货节/);
  expect(first(shops("2026-W46"), festival("2026-W46"), shops("2026-W47"))).toMatch(/^上周有春节/);
});

test("the same people under two names are one sentence, and leave room for the holiday", () => {
  const against = { ...line({}).against, ordinaryWeeks: { value: 0.38, delta: 0.02 } };
  const marks = [
    { week: "2026-W47", kind: "holiday", title: { zh: "春节", en: "" } },
  ] as unknown as Review["marks"];
  const bought = {
    numerator: 36,
    denominator: 71,
    previous: { numerator: 29, denominator: 69, value: 0.42 },
  };
  const ever = line({ ...bought, against, id: "ever", title: { zh: "累计复购率", en: "" } });
  const lately = line({ ...bought, id: "lately", title: { zh: "近 90 天复购率", en: "" } });
  const sentences = said([ever, lately], { marks });
  expect(sentences.map((one) => one.split("：")[0])).toEqual([
    "累计复购率",
    "本周有春节，改与之前四个平常周的均值比",
  ]);
  // Another figure of the week before, and it is another finding; few agree by chance.
  const other = { ...lately, previous: { numerator: 28, denominator: 69, value: 28 / 69 } };
  expect(said([ever, other])).toHaveLength(2);
  const few = { numerator: 3, denominator: 9, previous: { numerator: 1, denominator: 9, value: 1 / 9 } };
  expect(said([line({ ...few, id: "a" }), line({ ...few, id: "b" })])).toHaveLength(2);
});

test("three sentences at most, the strongest first; another reading of a KPI makes none", () => {
  const possible = line({ strength: "possible", title: { zh: "转化率", en: "" }, id: "conversion_rate" });
  const kpis = ["a", "b", "c"].map((id, at) =>
    line({ id, title: { zh: `指标${id}`, en: id }, numerator: 800 + at }),
  );
  const sentences = said([possible, ...kpis, line({ variantOf: "activity_rate" })]);
  expect(sentences).toHaveLength(3);
  expect(sentences.join()).not.toContain("转化率");
});

test("a week that nobody can judge says why, and what helps; a rate of four people is no sentence", () => {
  const early = line({ ...noise, verdict: "insufficient", reason: "baseline" });
  expect(said([early])).toEqual([
    "历史还不到 6 次周环比，变化是好是坏还不能判断：先看数字。有更早的记录就导进来补足。",
  ]);
  expect(said([early], { previous: null })[0]).toContain("第一周");
  expect(said([early], { previous: null }, "en")[0]).toContain("the first week with data");
  expect(said([early, line(noise)])[0]).toContain("都属平时波动");
  const few = { ...noise, verdict: "insufficient", reason: "sample" } as const;
  expect(said([line({ ...few, numerator: 0, denominator: 4 }), early]).join()).not.toContain("太少");
  expect(
    said([line({ ...few, numerator: 3, denominator: 7 }), line({ ...few, numerator: 9, denominator: 12 })]),
  ).toEqual(["活跃率：本周 12 里有 9；太少，不算百分比。"]);
});

test("how far another figure can be trusted is no example of the week, nor a rate of speakers alone of an ordinary one", () => {
  const matched = line({ ...noise, id: "match_rate", title: { zh: "订单匹配率", en: "" } });
  const bought = line({
    ...noise,
    id: "conversion_rate",
    title: { zh: "转化率", en: "" },
    shownWith: "match_rate",
  });
  expect(said([matched, bought])[0]).toContain("转化率 40.0%");
  const against = { ...line({}).against, ordinaryWeeks: { value: 0.38, delta: 0.02 } };
  const marks = [
    { week: "2026-W46", kind: "holiday", title: { zh: "国庆", en: "" } },
  ] as unknown as Review["marks"];
  const speakers = line({ ...noise, verdict: "insufficient", reason: "roster", against });
  expect(said([speakers, { ...bought, against }], { marks }).join()).toContain("均值比：转化率");
  expect(said([speakers], { marks }).join()).not.toContain("国庆");
  // Nor one of a week that the log lacks, nor of two joiners.
  const lacking = { ...speakers, reason: "gap" } as typeof speakers;
  const two = line({ ...noise, verdict: "insufficient", reason: "sample", denominator: 2, against });
  expect(said([lacking, two], { marks }).join()).not.toContain("国庆");
  expect(said([lacking, two, { ...bought, against }], { marks }).join()).toContain("均值比：转化率");
});

test("a group whose name is written from the right leaves the figures behind it as they stand", () => {
  const name = "\u05d0\u05d1";
  const groups = [
    { groupId: "g", name, kind: null, members: 900, kpis: { activity_rate: line({ denominator: 900 }) } },
  ];
  const [sentence = ""] = said([line(noise)], { groups } as never);
  expect(sentence).toContain(`\u200e${name}\u200e的活跃率：本周 `);
});
