import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/** Three weeks of orders in two groups, refunded in part or whole after nothing, days or weeks; a list tells of some. */
const WEEKS = ["2026-06-01", "2026-06-08", "2026-06-15"];
const PAIRS = ["orders", "buyers", "gmv_net", "aov", "conversion_rate", "repurchase_rate"] as const;
const day = (from: string, n: number) =>
  new Date(Date.parse(`${from}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

const members = Array.from({ length: 24 }, (_, n) => ({
  group_id: n % 3 ? "g1" : "g2",
  member_id: `m${n}`,
  joined_at: "2026-05-01 00:00:00",
  left_at: n === 5 ? "2026-06-10 00:00:00" : "",
}));
/** Bought before the first week of the review, some of it before joining any group; one in three is paid back in June. */
const early = Array.from({ length: 20 }, (_, n) => ({
  order_id: `e${n}`,
  buyer_id: `m${(n * 5) % 24}`,
  paid_at: `${day("2026-03-30", n * 3)} 12:00:00`,
  amount: 50,
  refunded: n % 3 ? 0 : 50,
  refunded_at: n % 3 ? "" : `${day("2026-06-03", n)} 12:00:00`,
  group_id: "",
}));
const orders = Array.from({ length: 60 }, (_, n) => {
  const buyer = (n * 7) % 26;
  const paid = day("2026-06-01", (n * 5) % 21);
  const back = n % 4 === 0 ? 100 + n : n % 5 === 0 ? 30 : 0;
  return {
    order_id: `o${n}`,
    // Two of the buyers are in no group.
    buyer_id: `m${buyer}`,
    paid_at: `${paid} 12:00:00`,
    amount: 100 + n,
    refunded: back,
    refunded_at: back ? `${day(paid, [0, 3, 8, 15][n % 4 ? (n / 5) % 4 : (n / 4) % 4] ?? 0)} 13:00:00` : "",
    group_id: buyer < 24 ? (buyer % 3 ? "g1" : "g2") : "",
  };
});

const FIGURES =
  "select kpi, group_id, week, numerator, denominator, value from report.kpi_weekly where segment = '*'";

describe("order figures as known when their week ended", () => {
  const community = new Community();
  /** By week: what a build at its very end says. */
  const then = new Map<string, Row[]>();
  let now: Row[] = [];
  beforeAll(async () => {
    await community.import("members.csv", csv(members));
    await community.import("orders.csv", csv([...early, ...orders]));
    await community.import(
      "messages.csv",
      csv([{ group_id: "g1", sender_id: "m1", sent_at: "2026-06-01 09:00:00", text: "早" }]),
    );
    for (const week of WEEKS) then.set(week, await community.query(FIGURES, `${day(week, 7)}T00:00:00`));
    now = await community.query(FIGURES, "2026-07-20T00:00:00");
  });
  afterAll(() => community.remove());

  const find = (rows: readonly Row[], kpi: string, group: string, week: string) => {
    const row = rows.find((one) => one["kpi"] === kpi && one["group_id"] === group && one["week"] === week);
    return [row?.["numerator"] ?? 0, row?.["denominator"] ?? 0];
  };

  test.each(PAIRS)("%s reads as a build at the week's end did", (kpi) => {
    for (const week of WEEKS)
      for (const group of ["*", "g1", "g2"])
        expect([week, group, ...find(now, `${kpi}_reported`, group, week)]).toEqual([
          week,
          group,
          ...find(then.get(week) ?? [], kpi, group, week),
        ]);
  });

  test("later refunds did change each of them", () => {
    for (const kpi of PAIRS)
      expect(
        WEEKS.some(
          (week) => String(find(now, kpi, "*", week)) !== String(find(now, `${kpi}_reported`, "*", week)),
        ),
        kpi,
      ).toBe(true);
  });
});
