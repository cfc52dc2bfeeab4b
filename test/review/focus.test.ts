import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LISTED_ON_PAGE } from "../../src/review/lists.ts";
import type { Review } from "../../src/review/types.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { type Demo, makeDemo } from "../support/demo.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await makeDemo();
});
afterAll(() => demo.remove());

async function reviews(week: string, scope: string, focus: string | null) {
  const groups = await demo.source.read((generation) => generation.groups());
  const group = scope === "*" ? scope : groups?.[0]?.id;
  const read = await demo.source.read((generation) =>
    Promise.all([
      generation.review({ week, group }),
      generation.review({ week, group, focus }),
      focus === null ? null : generation.explain(focus, { week, group }),
    ]),
  );
  if (!read) throw new Error("no generation");
  return read;
}

/** Suggestions apart: a page asks for them with what was decided since. Of the wake-up list the rows that a page has, which tell no holdout. */
const told = ({ decomposition, groups, suggestions, dormant, ...rest }: Review) => ({
  ...rest,
  dormant: { ...dormant, rows: dormant.rows.slice(0, LISTED_ON_PAGE).map(({ holdout, ...row }) => row) },
  groups: groups.map(({ kpis, ...group }) => group),
});

/** Money is summed in any order: its last digits are no one's. */
const digits = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === "number" ? Number(one.toPrecision(9)) : one)));

describe("a page's review", () => {
  test.each([
    ["2026-W47", "*", "activity_rate"],
    ["2026-W47", "*", "churn_rate"],
    ["2026-W45", "*", "gmv_net"],
    ["2026-W45", "*", null],
    ["2026-W44", "one group", "conversion_rate"],
    ["2026-W48", "*", "activity_rate"],
  ])("%s of %s, looking at %s, says what the whole one says", async (week, group, focus) => {
    const [whole, part, explained] = await reviews(week, group, focus);
    expect(told(part)).toEqual(told(whole));
    for (const [id, made] of Object.entries(part.decomposition)) {
      const known = whole.decomposition[id];
      expect(digits(made)).toEqual(digits(id === focus ? explained?.decomposition : known));
      if (known) expect(digits(made)).toEqual(digits(known));
    }
    if (focus === null) return;
    expect(focus in part.decomposition).toBe(Boolean(explained?.decomposition));
    expect(part.groups.map(({ kpis }) => kpis[focus])).toEqual(whole.groups.map(({ kpis }) => kpis[focus]));
  });

  test("it tells fewer figures of the groups than the whole, explains fewer KPIs, and leaves suggestions to the page", async () => {
    const [whole, part] = await reviews("2026-W47", "*", "activity_rate");
    expect([whole.suggestions.length > 0, part.suggestions]).toEqual([true, []]);
    const figures = ({ groups }: Review) =>
      groups.reduce((all, { kpis }) => all + Object.keys(kpis).length, 0);
    expect(figures(part)).toBeLessThan(figures(whole) / 3);
    expect(Object.keys(part.decomposition).length).toBeLessThan(Object.keys(whole.decomposition).length);
    expect(part.dormant.rows.length).toBe(LISTED_ON_PAGE);
    expect(whole.dormant.rows.length).toBeGreaterThan(LISTED_ON_PAGE);
    const drawn = ({ dormant }: Review) => new Set(dormant.rows.map(({ holdout }) => holdout));
    expect([drawn(part), drawn(whole)]).toEqual([new Set([null]), new Set([true, false])]);
  });
});

test("a group's place by a number is one more than the groups that are better", async () => {
  const [whole] = await reviews("2026-W47", "*", null);
  const [{ groupId: group } = { groupId: "" }] = whole.groups;
  const rows = await demo.source.read((generation) =>
    generation.query("group_places", { week: whole.from, of_group: group }),
  );
  const expected = whole.kpis
    .filter(({ unit }) => unit !== "ratio")
    .flatMap((kpi) => {
      const judged = whole.groups.flatMap(({ groupId, kpis }) => {
        const { value = null, denominator = null } = kpis[kpi.id] ?? {};
        const isSmall = denominator !== null && denominator < (kpi.minDenominator ?? 0);
        return value === null || isSmall ? [] : [{ groupId, value }];
      });
      const own = judged.find(({ groupId }) => groupId === group);
      if (!own) return [];
      const better = judged.filter(({ value }) =>
        kpi.good === "down" ? value < own.value : value > own.value,
      );
      return [[kpi.id, better.length + 1, judged.length]];
    });
  expect(expected.length).toBeGreaterThan(10);
  expect(
    rows?.map(({ kpi, place, placed_groups }: Row) => [kpi, Number(place), Number(placed_groups)]),
  ).toEqual(expected);
});
