import { beforeAll, describe, expect, test } from "vitest";
import { alive, type Buyers, fitBuying } from "../../src/stats/btyd.ts";
import { auc, calibration, lift } from "../../src/stats/ranking.ts";
import { Database } from "../../src/warehouse/database.ts";
import { createRepurchaseModel, HALF_LIFE_DAYS } from "../../src/warehouse/repurchase-model.ts";
import type { Row } from "../../src/warehouse/rows.ts";

const END = Date.parse("2026-11-23");
const DAY = 86_400_000;
const CUT = END - 56 * DAY;

interface Span {
  person: string;
  day: number;
  until: number | null;
  first: number;
  repeats: number;
  value: number;
}

/** Buyers with rates and patience of their own, from a fixed sequence of numbers. */
function shop(people: number): Span[] {
  let seed = 7;
  const draw = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const spans: Span[] = [];
  for (let at = 0; at < people; at++) {
    const first = END - Math.ceil(draw() * 300) * DAY;
    const gap = 8 + 60 * draw() ** 2;
    const days = [first];
    const leaves = draw() ** 2;
    while (draw() > leaves) {
      const next = (days.at(-1) ?? 0) + Math.ceil(-Math.log(draw()) * gap) * DAY;
      if (next >= END) break;
      days.push(next);
    }
    const amount = 10 + Math.round(draw() * 90);
    days.forEach((day, nth) => {
      const until = days[nth + 1] ?? null;
      spans.push({ person: `p${at}`, day, until, first, repeats: nth, value: amount * (nth + 1) });
    });
  }
  return spans;
}

async function modelOf(spans: readonly Span[]): Promise<Row> {
  const database = await Database.open(":memory:");
  const day = (at: number | null) => (at === null ? "9999-01-01" : new Date(at).toISOString().slice(0, 10));
  await database.run("attach ':memory:' as generation");
  await database.run(
    "create schema marts; create schema report; create schema generation.report; create table report.weeks as select date '2026-11-16' as week, true as is_complete",
  );
  await database.run(
    "create table marts.buying_spans (person_id varchar, paid_day date, until_day date, first_day date, repeats integer, value decimal(18, 2))",
  );
  if (spans.length > 0)
    await database.run(
      `insert into marts.buying_spans values ${spans.map((one) => `('${one.person}', '${day(one.day)}', '${day(one.until)}', '${day(one.first)}', ${one.repeats}, ${one.value})`).join(", ")}`,
    );
  await createRepurchaseModel(database);
  const row = await database.one("from generation.report.repurchase_model");
  database.close();
  return row;
}

/** The same by loops: who was known at the cut, and who came again. */
function byHand(spans: readonly Span[]) {
  const people = [...new Set(spans.filter(({ day }) => day < CUT).map(({ person }) => person))].map(
    (person) => {
      const own = spans.filter((one) => one.person === person);
      const last = own.filter(({ day }) => day < CUT).at(-1) as Span;
      const weeks = (ms: number) => ms / DAY / 7;
      return {
        x: last.repeats,
        recency: weeks(last.day - last.first),
        age: weeks(CUT - last.first),
        silent: (CUT - last.day) / DAY,
        value: last.value,
        hit: own.some(({ day }) => day >= CUT),
      };
    },
  );
  const cells: Buyers[] = people.map(({ x, recency, age }) => ({
    repeats: x,
    recency: Math.round(recency),
    age: Math.round(age),
    count: 1,
  }));
  const buying = fitBuying("mbg", cells);
  const { r, alpha } = buying;
  const scored = people.map(({ x, recency, age, silent, value, hit }) => {
    const there = alive("mbg", buying, x, recency, age);
    return {
      hit,
      plain: value * 0.5 ** (silent / HALF_LIFE_DAYS),
      model: (there * (r + x)) / (alpha + age),
      chance: there * (1 - ((alpha + age) / (alpha + age + 8)) ** (r + x)),
    };
  });
  const of = (score: "plain" | "model" | "chance") =>
    scored.map((one) => ({ score: one[score], hit: one.hit }));
  return { people, plain: of("plain"), model: of("model"), chance: of("chance") };
}

describe("a shop whose buyers come again", () => {
  const spans = shop(400);
  const hand = byHand(spans);
  let row: Row;
  beforeAll(async () => {
    row = await modelOf(spans);
  });

  test("the back-test in SQL is the one by loops", () => {
    expect(row).toMatchObject({ status: "fitted", until_day: "2026-11-23", tested_from: "2026-09-28" });
    expect(row["tested"]).toBe(hand.people.length);
    expect(row["came_again"]).toBe(hand.people.filter(({ hit }) => hit).length);
    expect(row["auc_plain"]).toBeCloseTo(auc(hand.plain) ?? 0, 9);
    expect(row["auc_model"]).toBeCloseTo(auc(hand.model) ?? 0, 6);
    expect(row["lift_model"]).toBeCloseTo(lift(hand.model, 0.1) ?? 0, 1);
    const mean = hand.chance.reduce((sum, { score }) => sum + score, 0) / hand.chance.length;
    expect(row["expected_share"]).toBeCloseTo(mean, 6);
    const bins = row["calibration"] as { people: number; expected: number; seen: number }[];
    const byLoops = calibration(hand.chance);
    expect(bins).toHaveLength(10);
    // Ten equal parts of a number that ten does not divide may be cut one person apart.
    bins.forEach(({ people, expected, seen }, at) => {
      expect(Math.abs(people - (byLoops[at]?.people ?? 0))).toBeLessThanOrEqual(1);
      expect(expected).toBeCloseTo(byLoops[at]?.expected ?? 0, 1);
      expect(Math.abs(seen - (byLoops[at]?.seen ?? 0))).toBeLessThan(0.1);
    });
  });

  test("probabilities are near what came true, and order better than chance", () => {
    expect(Math.abs(Number(row["expected_share"]) - Number(row["seen_share"]))).toBeLessThan(0.1);
    for (const score of ["plain", "recent", "model"]) expect(row[`auc_${score}`]).toBeGreaterThan(0.6);
  });

  test("gaps spread within people and between them", () => {
    const own = new Map<string, number[]>();
    for (const { person, day, until } of spans)
      if (until !== null) own.set(person, [...(own.get(person) ?? []), Math.log((until - day) / DAY)]);
    const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
    const many = [...own.values()].filter(({ length }) => length > 1);
    const squares = many.flatMap((list) => list.map((gap) => (gap - mean(list)) ** 2));
    const within =
      squares.reduce((sum, one) => sum + one, 0) / many.reduce((sum, { length }) => sum + length - 1, 0);
    expect(row["gap_mean"]).toBeCloseTo(mean([...own.values()].flat()), 9);
    expect(row["gap_within"]).toBeCloseTo(within, 9);
    expect(Number(row["gap_between"])).toBeGreaterThan(0);
  });
});

test("a shop that cannot carry a model says why, and the plain order is judged all the same", async () => {
  expect(await modelOf([])).toMatchObject({ status: "few_buyers", buyers: 0, r: null, auc_plain: null });
  const few = await modelOf(shop(60));
  expect(few).toMatchObject({ status: "few_buyers", r: null, auc_model: null, expected_share: null });
  expect(few["auc_plain"]).toBeGreaterThan(0.5);
  const once = shop(200).filter(({ repeats }) => repeats === 0);
  expect(await modelOf(once.map((one) => ({ ...one, until: null })))).toMatchObject({
    status: "few_repeats",
  });
});
