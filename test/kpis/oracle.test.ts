import { afterAll, beforeAll, expect, test } from "vitest";
import { type Churn, churnOf } from "../../src/review/churn.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/* Figures worked out by hand: stickiness over 28 days, a survey of leavers, the odds of leaving after an advertisement. */
const END = Date.UTC(2026, 10, 16);
/** Day 1 … 28 of the four weeks to 15 November. */
const day = (n: number) => new Date(END + (n - 29) * 86_400_000).toISOString().slice(0, 10);
const SPOKE: Record<string, readonly number[]> = {
  p1: Array.from({ length: 28 }, (_, n) => n + 1),
  p2: [1, 8, 15, 22],
  p3: [28],
  p4: [5, 6],
  p5: [22, 23, 24],
  p6: [21],
};
/** What twenty leavers ticked; one did not answer. */
const TICKED = "B AB BC C A B ABC D BC C A AD B C BC A B - C AB".split(" ");
/** When each of them left: four on Tuesday, eight on Thursday, eight on Friday, at ten. */
const leftOn = (at: number) => day(at < 4 ? 23 : at < 12 ? 25 : 26);
const AD = "限时特价！原价99元，到手59元，下单链接：https://shop.example/a";
const ADS = [
  // In the week of leaving every evening but Monday's; before, on Wednesdays, and on one Monday.
  ...[23, 24, 25, 26, 27, 28],
  ...[-4, 3, 10, 17],
  ...[1],
];

const community = new Community();
let database: Database;
let churn: Churn;
beforeAll(async () => {
  const member = (group_id: string, member_id: string, left_at = "", role = "member") => ({
    group_id,
    member_id,
    role,
    joined_at: "2026-08-01 00:00:00",
    left_at,
  });
  await community.import(
    "members.csv",
    csv([
      ...Object.keys(SPOKE).map((id) => member("s", id)),
      ...TICKED.map((_, at) => member("x", `x${at}`, `${leftOn(at)} 10:00:00`)),
      member("x", "stays"),
      member("x", "boss", "", "staff"),
    ]),
  );
  await community.import(
    "messages.csv",
    csv([
      ...Object.entries(SPOKE).flatMap(([sender_id, days]) =>
        days.map((n) => ({ group_id: "s", sender_id, sent_at: `${day(n)} 12:00:00`, text: `第 ${n} 天` })),
      ),
      { group_id: "x", sender_id: "stays", sent_at: "2026-09-01 12:00:00", text: "早" },
      ...ADS.map((n) => ({ group_id: "x", sender_id: "boss", sent_at: `${day(n)} 20:00:00`, text: AD })),
    ]),
  );
  await community.import(
    "survey.csv",
    csv(
      TICKED.flatMap((ticked, at) =>
        ticked === "-"
          ? []
          : [
              {
                respondent_id: `x${at}`,
                submitted_at: `${day(27)} 09:00:00`,
                question: "离开的原因是什么（可多选）",
                answer: [...ticked].join(";"),
                survey_id: "exit",
                group_id: "x",
              },
            ],
      ),
    ),
  );
  const generation = await community.build("2026-11-16T00:00:00");
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
  churn = await churnOf(database, readCatalog(SQL_ROOT), day(22), "x");
});
afterAll(() => {
  database.close();
  community.remove();
});

test("stickiness over 28 days, and the week's part of it", async () => {
  const rows = await database.all(
    `select kpi, numerator, denominator, value from report.kpi_weekly
     where group_id = 's' and week = '${day(22)}' and kpi in ('stickiness_28d', 'wau_mau') order by kpi`,
  );
  expect(rows).toEqual([
    { kpi: "stickiness_28d", numerator: 39, denominator: 168, value: expect.closeTo(0.232142857143, 12) },
    { kpi: "wau_mau", numerator: 4, denominator: 6, value: expect.closeTo(2 / 3, 12) },
  ]);
});

test("a survey of several choices: persons of respondents, and weights that add up to them", () => {
  expect(churn).toMatchObject({ leavers: 20, respondents: 19 });
  const ranked = churn.declared.map(({ persons, weight, share }) => [persons, weight, share]);
  expect(ranked).toHaveLength(4);
  for (const [at, [persons, weight]] of [
    [10, 6 + 5 / 6],
    [8, 5 + 5 / 6],
    [7, 4 + 5 / 6],
    [2, 1.5],
  ].entries()) {
    expect(ranked[at]?.[0]).toBe(persons);
    expect(ranked[at]?.[1]).toBeCloseTo(weight ?? 0, 12);
    expect(ranked[at]?.[2]).toBeCloseTo((persons ?? 0) / 19, 12);
  }
  expect(churn.declared.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(19, 12);
});

test("the odds of leaving within a day of an advertisement, each against the same hours of weeks before", () => {
  // Thursdays always follow an advertisement and say nothing; eight Fridays do and four earlier ones never did; four
  // Tuesdays do not and one of four earlier ones did: (8·4) / (4·1).
  expect(churn.ads?.leavers).toBe(20);
  expect(churn.ads?.oddsRatio).toBeCloseTo(8, 9);
  expect(churn.ads?.interval[0]).toBeGreaterThan(1);
});
