import { afterAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

const community = new Community();
afterAll(() => community.remove());

test("who bought before the weeks of the review is not active for the first time, in one group or in two", async () => {
  const stay = (group_id: string, member_id: string) => ({
    group_id,
    member_id,
    joined_at: "2025-01-01T09:00:00",
  });
  const members = [
    stay("g1", "one"),
    stay("g1", "fresh"),
    stay("g1", "host"),
    ...["g1", "g2"].map((group) => stay(group, "both")),
  ];
  await community.import("members.csv", csv(members));
  // The log begins in October; the host speaks then, the others in November.
  const said = { host: "2026-10-05", both: "2026-11-10", one: "2026-11-11", fresh: "2026-11-12" };
  const messages = Object.entries(said).map(([sender_id, day]) => ({
    group_id: "g1",
    sender_id,
    sent_at: `${day}T10:00:00`,
    text: "今天天气真好呀",
  }));
  await community.import("messages.csv", csv(messages));
  const orders = ["both", "one"].map((buyer_id) => ({
    order_id: buyer_id,
    buyer_id,
    group_id: "g1",
    paid_at: "2026-09-20T12:00:00",
    amount: 9,
  }));
  await community.import("orders.csv", csv(orders));
  const rows = await community.query(
    "select group_id, active, new, returned from marts.growth_weeks where week = date '2026-11-09' and group_id <> 'g2' order by group_id",
    "2026-11-16T00:00:00+08:00",
  );
  expect(rows.map(Object.values)).toEqual([
    ["*", 3, 1, 2],
    ["g1", 3, 1, 2],
  ]);
});
