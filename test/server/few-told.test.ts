import { expect, it } from "vitest";
import { rowsWithoutFew } from "../../src/server/auth/small.ts";
import type { PageContext } from "../../src/server/context.ts";
import { campSection } from "../../src/server/page/camp.ts";
import { dormantSection } from "../../src/server/page/dormant.ts";
import { movementCards } from "../../src/server/page/movement.ts";
import { rhythmSection } from "../../src/server/page/rhythm.ts";
import { segmentListPage } from "../../src/server/page/segment-list.ts";
import { segmentSection } from "../../src/server/page/segments.ts";
import { flowRows } from "../../src/server/shapes/flows.ts";

/* What a viewer reads where counts of one to four people are hidden: that, and never 0. */
const stock = (segment: string, persons: number | null, previous: number | null) => ({
  segment,
  persons,
  previous,
});
const page = (extras: object, segments: object = { stock: [], flows: [] }) =>
  ({
    lang: "en",
    isPaper: false,
    extras: { camp: [], levels: [], cohorts: [], hours: [], days: [], stays: [], reasons: [], ...extras },
    review: {
      from: "2026-11-16",
      to: "2026-11-22",
      group: "*",
      weeks: [],
      missing: [],
      unknown: [],
      kpis: [],
      segments,
    },
  }) as unknown as PageContext;
const read = (shown: unknown) =>
  String(shown)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
const viewed = (rows: Record<string, unknown>[], people: string[]) => rowsWithoutFew(rows as never, people);

it("a camp in which few have spoken", () => {
  const row = {
    day: 3,
    local_day: "2026-11-18",
    joined: 30,
    spoke: 2,
    bought: 0,
    gone: 0,
    previous_name: "Camp 1",
  };
  const before = { previous_joined: 30, previous_spoke: 20, previous_bought: 3, previous_gone: 0 };
  const camp = (all: object) =>
    read(
      campSection(
        page({ camp: viewed([{ ...row, ...before, ...all }], ["joined", "spoke", "previous_spoke"]) }),
      ),
    );
  expect(camp({})).toMatch(/Day 3 of the camp/);
  expect(camp({})).not.toMatch(/camp 0 have spoken|\b0 \/ 30 20/);
  expect(camp({ spoke: 9, previous_spoke: 1 })).not.toContain("0 in the one before");
  expect(camp({ spoke: 9 })).toContain("By day 3 of the camp 9 have spoken, 20 in the one before (Camp 1)");
});

it("levels that few people changed", () => {
  const flow = (from: string, to: string, persons: number) => ({ from, to, persons });
  const all = [
    flow("silver", "silver", 40),
    flow("silver", "gold", 9),
    flow("gold", "gold", 20),
    flow("gold", "silver", 2),
    flow("silver", "basic", 12),
    flow("basic", "basic", 60),
    flow("basic", "silver", 7),
  ];
  const shown = read(movementCards(page({ levels: viewed(all, ["persons"]) })));
  expect(shown).toContain("moves of fewer than 5 people are left out, so totals are too small");
  expect(shown).not.toMatch(/\b0\b/);
  const whole = read(movementCards(page({ levels: all.filter(({ persons }) => persons > 4) })));
  expect(whole).toContain("28 members changed level this week, most of them silver to basic (12)");
  expect(whole).not.toContain("left out");
});

it("newcomers of whom few still speak", () => {
  const cell = (cohort: string, k: number, active: number) => ({ cohort, k, size: 30, heard: 30, active });
  const all = [cell("2026-11-02", 2, 15), cell("2026-11-09", 2, 2), cell("2026-11-09", 1, 6)];
  const charts = [{ shape: "cohorts", svg: "<svg></svg>", id: "x" }] as never;
  const shown = read(rhythmSection(page({ cohorts: viewed(all, ["size", "heard", "active"]) }), charts));
  expect(shown).toContain("Newcomers who still speak in week 2 (of weeks with fewer than 5");
  expect(shown).toContain("20%");
  expect(shown).not.toMatch(/\b(?:0|7)%/);
  expect(read(rhythmSection(page({ cohorts: all }), charts))).toContain("7%");
});

it("few dormant members", () => {
  const segments = {
    stock: [stock("active", 40, 38), { ...stock("dormant", null, null), isHidden: true }],
    flows: [{ from: "active", to: "active", persons: 38 }],
  };
  const shown = read(segmentSection(page({}, segments), [], []));
  expect(shown).toContain("The number of dormant members is not shown");
  expect(shown).not.toMatch(/\b0 dormant/);
  const made = page({}, segments);
  const dormant = { total: null, why: {}, rows: [] };
  const list = read(dormantSection({ ...made, listed: 8, review: { ...made.review, dormant } }));
  expect(list).toContain("The number of dormant members is not shown");
  expect(list).not.toContain("Nobody is dormant");
});

it("those who left, where few of them went from one segment", () => {
  const all = [
    { from: "active", to: "active", persons: 40 },
    { from: "active", to: "left", persons: 9 },
    { from: "quiet", to: "left", persons: 3 },
    { from: "quiet", to: "quiet", persons: 20 },
    { from: "quiet", to: "active", persons: 6 },
  ];
  const of = (flows: typeof all) => ({
    ...page({}, { stock: [stock("active", 46, 49), stock("quiet", 20, 29)], flows }).review,
    week: "2026-W47",
  });
  const lists = (flows: typeof all) =>
    read(
      segmentListPage({
        review: of(flows) as never,
        lang: "en",
        filter: { segment: "active", why: null, q: "", sort: "value", page: 1 },
        rows: [],
        campaigns: null,
      }),
    );
  const labels = (flows: typeof all) =>
    flowRows(of(flows) as never, "en", 900)
      .filter(({ part }) => part === "label-right")
      .map(({ text }) => text);
  expect([lists(all), labels(all)]).toEqual([
    expect.stringMatching(/Left 12 /),
    ["Active 46", "Quiet 20", "Left 12"],
  ]);
  const shown = rowsWithoutFew(all as never, ["persons"]).filter(({ persons }) => persons !== null) as never;
  expect([lists(shown), labels(shown)]).toEqual([
    expect.stringMatching(/Left — /),
    expect.not.arrayContaining([expect.stringMatching(/Left \d/)]),
  ]);
});
