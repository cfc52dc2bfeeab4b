import { expect, it } from "vitest";
import type { Explanation } from "../../src/review/explain/types.ts";
import type { KpiLine } from "../../src/review/types.ts";
import { waterfall } from "../../src/server/shapes/contributions.ts";
import type { Scene } from "../../src/server/shapes/scene.ts";

const NAMES = ["青禾生活城西厨房与烘焙读书会群", "Bakers of the Old Town", "短名群"];

/** A change of 3 points, of which each group has one. */
function scene(lang: "zh" | "en"): Scene {
  const figure = (value: number) => ({ numerator: null, denominator: null, value });
  const parts = NAMES.map((name, at) => ({
    value: `g${at}`,
    label: { zh: name, en: name },
    before: figure(0.1),
    after: figure(0.2),
    rate: 0.01,
    mix: 0,
    total: 0.01,
  }));
  const explanation: Partial<Explanation> = {
    unit: "ratio",
    delta: 0.03,
    before: figure(0.294),
    after: figure(0.324),
    dimensions: [{ id: "group", title: { zh: "群", en: "group" }, parts, offsetting: false }],
  };
  const kpi: Partial<KpiLine> = { title: { zh: "活跃率", en: "Activity rate" }, unit: "ratio", good: "up" };
  return { kpi, explanation, lang } as Scene;
}

it.each([
  ["zh", "上周 29.4%", "本周 32.4%"],
  ["en", "last week 29.4%", "this week 32.4%"],
] as const)(
  "%s: the ends of the waterfall say their value whole, names are cut to their room",
  async (lang, first, last) => {
    const { rows } = await waterfall(scene(lang), 640);
    expect(rows.map(({ key }) => String(key).slice(4))).toEqual([
      first,
      "青禾生活城西厨房与烘焙读书…",
      "Bakers of the Old Town",
      "短名群",
      last,
    ]);
  },
);
