import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mcnemar, pairedDifference } from "../../src/stats/paired.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community } from "../support/community.ts";

/*
 * The community of edge cases with listed memberships only (`memberships.implied: false`): who speaks on no list is
 * nobody's member, and the paired methods see exactly the roster. Figures by hand.
 */
const FOLDER = new URL("../../fixtures/kpi-edges/", import.meta.url).pathname;
const [W23, W24] = ["2026-06-01", "2026-06-08"];
const END: Record<string, string> = { [W23]: "2026-06-08T00:00:00", [W24]: "2026-06-15T00:00:00" };

describe("listed memberships only", () => {
  const community = new Community("memberships:\n  implied: false\n");
  const kpis = new Map<string, Row[]>();
  const answers = new Map<string, Row[][]>();
  beforeAll(async () => {
    for (const name of ["members.csv", "messages.csv", "orders.csv"]) {
      await community.importPath(`${FOLDER}${name}`);
    }
    for (const [week, asOf] of Object.entries(END)) {
      const [figures = [], ...rest] = await community.queries(
        [
          `select * from report.kpi_weekly where segment = '*' and week = '${week}'`,
          `select group_id, members_start, members_present, members_end, member_weeks from marts.group_weeks where week = '${week}'`,
          `select new, retained, returned, lost, lost_left, lost_quiet, quick_ratio from marts.growth_weeks where group_id = 'G1' and week = '${week}'`,
          `select spoke, messages_before > 0 as before, count(*) as n from marts.participation
           where group_id = 'G1' and week = '${week}' and is_established group by all order by all`,
          `select count(*) as n from marts.participation where group_id = 'G1' and week = '${week}' and is_first_active and spoke`,
        ],
        asOf,
      );
      kpis.set(week, figures);
      answers.set(week, rest);
    }
  });
  afterAll(() => community.remove());

  const figure = (kpi: string, group: string, week: string) => {
    const row = kpis.get(week)?.find((one) => one["kpi"] === kpi && one["group_id"] === group);
    return row ? [row["numerator"], row["denominator"]] : null;
  };

  test.each([
    ["activity_rate", "G1", W23, 4, 9],
    ["activity_rate", "G1", W24, 5, 10],
    ["activity_rate", "G2", W23, 2, 3],
    ["activity_rate", "G2", W24, 1, 3],
    ["activity_rate", "*", W23, 5, 11],
    ["activity_rate", "*", W24, 6, 12],
    ["activity_rate_week_end", "G1", W23, 3, 8],
    ["activity_rate_week_end", "G1", W24, 5, 10],
    ["conversion_rate", "G1", W23, 3, 9],
    ["conversion_rate", "G1", W24, 3, 10],
    ["repurchase_rate", "G1", W23, 1, 3],
    ["repurchase_rate", "G1", W24, 1, 3],
    ["repurchase_cumulative", "G1", W23, 1, 3],
    ["repurchase_cumulative", "G1", W24, 1, 4],
    ["gmv_net", "G1", W23, 180, null],
    ["gmv_net", "G1", W24, 220, null],
    ["purchase_days", "G1", W23, 3, null],
    ["value_per_buyer", "G1", W24, 220, 3],
  ] as const)("%s of %s in %s is %d of %s", (kpi, group, week, numerator, denominator) =>
    expect(figure(kpi, group, week)).toEqual([numerator, denominator]),
  );

  test("members, and the time they were there", () => {
    expect(answers.get(W23)?.[0]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ group_id: "G1", members_start: 8, members_present: 9, members_end: 8 }),
        expect.objectContaining({ group_id: "G2", members_start: 3, members_present: 3, members_end: 3 }),
      ]),
    );
    const weeks = (week: string) =>
      Number(answers.get(week)?.[0]?.find((row) => row["group_id"] === "G1")?.["member_weeks"]);
    expect(weeks(W23)).toBeCloseTo(7.133929, 6);
    expect(weeks(W24)).toBeCloseTo(9.517857, 6);
    const perWeek = kpis
      .get(W23)
      ?.find((row) => row["kpi"] === "activity_per_member_week" && row["group_id"] === "G1");
    expect(Number(perWeek?.["value"])).toBeCloseTo(0.560701, 6);
  });

  test("the paired panel: one in both weeks, two gained, one lost, two in neither", () => {
    const cells = Object.fromEntries(
      (answers.get(W24)?.[2] ?? []).map((row) => [`${row["before"]}${row["spoke"]}`, Number(row["n"])]),
    );
    expect(cells).toEqual({ truetrue: 1, falsetrue: 2, truefalse: 1, falsefalse: 2 });
    const panel = { both: 1, gained: 2, lost: 1, neither: 2 };
    expect(pairedDifference(panel).difference).toBeCloseTo(1 / 6, 12);
    expect(mcnemar(panel).midP).toBeCloseTo(0.625, 12);
  });

  test("growth accounting: three new by what they said and one by buying silently, one kept, one back, three lost", () => {
    expect(answers.get(W24)?.[1]).toEqual([
      { new: 4, retained: 1, returned: 1, lost: 3, lost_left: 1, lost_quiet: 2, quick_ratio: 5 / 3 },
    ]);
    expect(answers.get(W24)?.[3]).toEqual([{ n: 3 }]);
  });
});
