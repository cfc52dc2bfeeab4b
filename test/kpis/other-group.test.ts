import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/*
 * "Order's group: the order's own group if stated"; "each person once in totals"; conversion is "members present with at
 * least one valid order / members present". Whoever is present in one group and buys by the link of another converts in
 * neither group, and once in the total. (metrics.md 1, 2, 3.)
 */
const stay = (group_id: string, member_id: string) => ({
  group_id,
  member_id,
  joined_at: "2026-09-01 00:00:00",
  left_at: member_id === "gone" ? "2026-10-01 00:00:00" : "",
});
const order = (buyer_id: string, group_id: string, day: number, refunded_at = "") => ({
  order_id: `${buyer_id}-${day}`,
  buyer_id,
  group_id,
  paid_at: `2026-11-${String(day).padStart(2, "0")} 12:00:00`,
  amount: 10,
  refunded: refunded_at ? 10 : 0,
  refunded_at,
});

const community = new Community();
let rows: Row[];
let days: Row[];
let total: Row[];
beforeAll(async () => {
  await community.import(
    "members.csv",
    csv([
      ...["own", "other", "late", "silent"].map((id) => stay("g1", id)),
      ...["far", "both", "gone"].map((id) => stay("g2", id)),
      stay("g1", "both"),
      stay("g3", "both"),
    ]),
  );
  await community.import(
    "messages.csv",
    csv(
      ["g1", "g2", "g3"].map((group_id) => ({
        group_id,
        sender_id: "both",
        sent_at: "2026-10-20 12:00:00",
        text: "早",
      })),
    ),
  );
  await community.import(
    "orders.csv",
    csv([
      order("own", "g1", 10),
      order("other", "g2", 10),
      order("other", "g2", 3),
      order("far", "g3", 11),
      order("late", "g2", 12, "2026-11-18 12:00:00"),
      order("both", "", 13),
      // Present nowhere in the week: a buyer, no member present.
      order("gone", "g2", 12),
    ]),
  );
  [rows = [], days = [], total = []] = await community.queries(
    [
      `select kpi, group_id, strftime(week, '%d') as day, numerator, denominator from report.kpi_weekly
       where segment = '*' and kpi like 'conversion_rate%' and week >= '2026-11-02' order by all`,
      "select group_id, sum(buyers)::int as buyers from marts.weekdays where week = '2026-11-09' group by all order by all",
      // Of the only one who bought twice.
      `select bought, bought_before, is_first_active from marts.participation
       semi join (select person_id from marts.orders group by all having count(*) = 2) as twice using (person_id)
       where group_id = '*' and week >= '2026-11-02' order by week`,
    ],
    "2026-11-23T00:00:00",
  );
});
afterAll(() => community.remove());

const figures = (kpi: string, day: string) =>
  rows
    .filter((row) => row["kpi"] === kpi && row["day"] === day)
    .map((row) => [row["group_id"], row["numerator"], row["denominator"]]);

test("an order of another group than the buyer's converts in no group, and once in the total", () => {
  expect(figures("conversion_rate", "09")).toEqual([
    ["*", 4, 6],
    ["g1", 2, 5],
    ["g2", 1, 2],
    ["g3", 1, 1],
  ]);
  expect(figures("conversion_rate", "02")[0]).toEqual(["*", 1, 6]);
  expect(figures("conversion_rate", "16")[0]).toEqual(["*", 0, 6]);
});

test("as reported then, the order that was refunded since counts as well", () => {
  expect(figures("conversion_rate_reported", "09")[0]).toEqual(["*", 5, 6]);
  expect(figures("conversion_rate_reported", "02")[0]).toEqual(["*", 1, 6]);
});

test("the days of the week add up to the buyers present, and this week is held against the last", () => {
  expect(days.map((row) => [row["group_id"], row["buyers"]])).toEqual([
    ["*", 4],
    ["g1", 2],
    ["g2", 1],
    ["g3", 1],
  ]);
  expect(total.map((row) => [row["bought"], row["bought_before"], row["is_first_active"]])).toEqual([
    [true, false, true],
    [true, true, false],
    [false, true, false],
  ]);
});

test("the same part of the week before counts buyers as the week does, and converts those present", async () => {
  const part = await community.query(
    `select kpi, group_id, numerator, denominator from marts.partial_weeks
     where kpi in ('buyers', 'conversion_rate') order by all`,
    "2026-11-18T12:00:00",
  );
  expect(part.map((row) => [row["kpi"], row["group_id"], row["numerator"], row["denominator"]])).toEqual([
    ["buyers", "*", 2, null],
    ["buyers", "g1", 1, null],
    ["buyers", "g2", 1, null],
    ["buyers", "g3", 0, null],
    ["conversion_rate", "*", 2, 6],
    ["conversion_rate", "g1", 1, 5],
    ["conversion_rate", "g2", 0, 2],
    ["conversion_rate", "g3", 0, 1],
  ]);
});
