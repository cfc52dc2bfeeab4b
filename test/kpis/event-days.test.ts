import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community();
let results: Row[] = [];

/** As operators write a calendar: days, in whatever form, with or without an end. */
const EVENTS = [
  { start: "2026-11-10", end: "2026-11-12", type: "group_buy", title: "days" },
  { start: "2026-11-12 20:00", end: "2026-11-12", type: "live", title: "end is the day it begins on" },
  { start: "2026年11月11日", end: "", type: "lottery", title: "one day" },
  { start: "2026/11/11", end: "2026/11/11", type: "flash_sale", title: "the same day" },
  { start: "2026-11-12 00:00", end: "", type: "flash_sale", title: "at midnight" },
  {
    start: "2026-11-10T08:00:00+08:00",
    end: "2026-11-11T08:00:00+08:00",
    type: "flash_sale",
    title: "offsets",
  },
];

beforeAll(async () => {
  await community.import(
    "members.csv",
    csv([{ group_id: "g1", member_id: "m1", joined_at: "2026-09-01 09:00:00", left_at: "" }]),
  );
  const order = (order_id: string, paid_at: string) => ({ order_id, buyer_id: "m1", paid_at, amount: 10 });
  await community.import(
    "orders.csv",
    csv([
      order("o1", "2026-11-11 07:59:59"),
      order("o2", "2026-11-11 21:00:00"),
      order("o3", "2026-11-12 01:00:00"),
      order("o4", "2026-11-12 23:59:59"),
      order("o5", "2026-11-13 00:00:00"),
    ]),
  );
  const { accepted, rejected } = await community.import("calendar.csv", csv(EVENTS));
  expect([accepted, rejected]).toEqual([EVENTS.length, 0]);
  // Without a column for the end, and with a column map of one's own.
  const alone = await community.import("alone.csv", "start,type,title\n2026-11-13,flash_sale,no column\n");
  expect(alone.accepted).toBe(1);
  results = await community.query("select title, orders from marts.event_results", "2026-11-20 00:00:00");
});
afterAll(() => community.remove());

test("an end written as a day is over when that day is, and a begin so written lasts it", () => {
  expect(Object.fromEntries(results.map(({ title, orders }) => [title, orders]))).toEqual({
    days: 4,
    "end is the day it begins on": 1,
    "one day": 2,
    "the same day": 2,
    "at midnight": 1,
    offsets: 1,
    "no column": 1,
  });
});
