import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community();
const order = (order_id: string, buyer_id: string, at: string, group_id = "") => ({
  order_id,
  buyer_id,
  paid_at: `2026-11-${at}:00`,
  amount: 20,
  group_id,
});
/** What each sale of g1 sold, as known at 21:30 of the second day and a day later. */
let running: Row[] = [];
let over: Row[] = [];

beforeAll(async () => {
  await community.import(
    "members.csv",
    csv(
      [
        ["g1", "m1"],
        ["g1", "m2"],
        ["g2", "m2"],
        ["g2", "m3"],
      ].map(([group_id, member_id]) => ({
        group_id,
        member_id,
        joined_at: "2026-09-01T09:00:00",
        left_at: "",
      })),
    ),
  );
  await community.import(
    "orders.csv",
    csv([
      // m1 and m2 were there; m3 and the stranger were not; what states g2 is no order of g1.
      order("a", "m1", "10 20:10"),
      order("b", "m2", "10 20:20"),
      order("c", "m3", "10 20:30"),
      order("d", "stranger", "10 20:40"),
      order("e", "m2", "10 20:50", "g2"),
      order("f", "m1", "10 21:01"),
      order("g", "stranger", "12 20:30", "g1"),
      order("h", "m1", "12 21:45"),
    ]),
  );
  await community.import(
    "calendar.csv",
    "start,end,type,title,group_id\n2026-11-10T20:00:00,2026-11-10T21:00:00,flash_sale,一,g1\n2026-11-12T20:00:00,2026-11-12T22:00:00,flash_sale,二,g1\n",
  );
  const asked = "select title, orders, previous_orders from marts.event_results order by starts_at";
  running = await community.query(asked, "2026-11-12T21:30:00");
  over = await community.query(asked, "2026-11-13T21:30:00");
});
afterAll(() => community.remove());

test("orders that state no group count for the groups that their buyer was in", () => {
  expect(over).toEqual([
    { title: "一", orders: 2, previous_orders: null },
    { title: "二", orders: 2, previous_orders: 2 },
  ]);
});

test("an event that still runs is not held against one that is over", () => {
  expect(running.map(({ title }) => title)).toEqual(["一"]);
});
