import { describe, expect, it } from "vitest";
import type { SuggestionLine } from "../../src/review/suggestions.ts";
import type { Review } from "../../src/review/types.ts";
import { bars, expectation, themesOf } from "../../src/server/page/suggestions.ts";

const line = (rule: string, groupId: string) =>
  ({ rule, groupId, id: `${rule}-${groupId}` }) as SuggestionLine;

describe("cards of suggestions", () => {
  it("what a rule says of several groups is one card, at the place of its best", () => {
    const themes = themesOf([
      line("A", "g1"),
      line("B", "g2"),
      line("A", "g3"),
      line("C", "g1"),
      line("A", "*"),
    ]);
    expect(themes.map(({ first, others }) => [first.id, ...others.map(({ id }) => id)])).toEqual([
      ["A-g1", "A-g3", "A-*"],
      ["B-g2"],
      ["C-g1"],
    ]);
  });

  it("what is to move is called by its name, also where nothing is known of it yet", () => {
    const [known, unknown] = [
      { id: "orders", title: { zh: "订单数", en: "Orders" } },
      { kpi: "buyers", title: { zh: "下单人数", en: "Buyers" } },
    ];
    const expect_ = [known.id, unknown.kpi].map((id) => ({ id, direction: "up" }));
    const one = { expect: expect_ } as unknown as SuggestionLine;
    const review = { kpis: [known], missing: [unknown] } as unknown as Review;
    expect(expectation(one, review, "zh")).toBe("订单数上升、下单人数上升");
  });

  it("bars compare what is on one scale, and nothing stands alone", () => {
    const of = (zh: string, value: number | null, unit: string) => ({
      name: { zh, en: zh },
      value,
      unit,
      shown: String(value),
    });
    const evidence = [
      of("转化率", 0.05, "percent"),
      of("上周", 0.2, "percent"),
      of("买家", 12, "people"),
      of("平时", 3, "number"),
      of("间隔", 40, "days"),
    ];
    const { text } = bars({ evidence } as unknown as SuggestionLine, "zh");
    expect(
      [...text.matchAll(/<li><span>(.*?)<\/span>.*?<\/li>/g)].map(([all, name]) => [
        name,
        /width="(\d[\d.]*)"/.exec(all)?.[1],
      ]),
    ).toEqual([
      ["转化率", "25.0"],
      ["上周", "100.0"],
      ["买家", "100.0"],
      ["平时", "25.0"],
      ["间隔", undefined],
    ]);
    expect(text).toContain("<b>40 天</b>");
    expect(text).toContain("<b>12</b>");
  });
});
