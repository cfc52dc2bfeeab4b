import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/*
 * "Refund rate, matured version: orders paid in w with a refund within 30 d / orders paid in w" (statistics.md 1.5). An old
 * week has had months for late refunds that the newest one that counts has not, and would look the worse for it.
 */
const order = (id: string, day: string, refunded_at = "") => ({
  order_id: id,
  buyer_id: "m1",
  group_id: "g1",
  paid_at: `${day} 12:00:00`,
  amount: 10,
  refunded: refunded_at ? 10 : 0,
  refunded_at,
});

const community = new Community();
let weeks: Row[];
beforeAll(async () => {
  await community.import(
    "members.csv",
    csv([{ group_id: "g1", member_id: "m1", joined_at: "2026-06-01 09:00:00", left_at: "" }]),
  );
  await community.import(
    "orders.csv",
    csv([
      order("a1", "2026-09-08", "2026-10-08 12:00:00"),
      order("a2", "2026-09-08", "2026-10-08 12:00:01"),
      order("a3", "2026-09-08"),
      // When it went back nobody says: the only export has it so from the start.
      { ...order("a4", "2026-09-08"), refunded: 4 },
      order("b1", "2026-10-06", "2026-10-09 12:00:00"),
      order("b2", "2026-10-06"),
    ]),
  );
  weeks = await community.query(
    `select week, mature_orders, mature_refunded from marts.rule_inputs
     where group_id = 'g1' and mature_orders > 0 order by week`,
    "2026-11-16T00:00:00",
  );
});
afterAll(() => community.remove());

test("a refund counts for the rule within 30 days of paying, to the second", () => {
  expect(weeks).toEqual([
    { week: "2026-10-12", mature_orders: 4, mature_refunded: 2 },
    { week: "2026-11-09", mature_orders: 2, mature_refunded: 1 },
  ]);
});
