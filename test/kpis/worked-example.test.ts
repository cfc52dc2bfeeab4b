import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

// The worked example of the metric definitions: group g1, week 2026-W46 (Mon 9 Nov – Sun 15 Nov), Asia/Shanghai.
const members = [
  ...Array.from({ length: 10 }, (_, at) => ({
    group_id: "g1",
    member_id: `m${at + 1}`,
    role: "member",
    joined_at: "2026-09-01 00:00:00",
    left_at: at === 9 ? "2026-11-11 10:00:00" : "",
  })),
  { group_id: "g1", member_id: "m11", role: "member", joined_at: "2026-11-12 09:00:00", left_at: "" },
  { group_id: "g1", member_id: "s1", role: "staff", joined_at: "2026-09-01 00:00:00", left_at: "" },
];
const said: readonly (readonly [string, string, string?])[] = [
  ["m1", "2026-11-09 09:00:00"],
  ["m1", "2026-11-10 09:00:00"],
  ["m1", "2026-11-11 09:00:00"],
  ["m2", "2026-11-12 20:00:00"],
  ["m3", "2026-11-12 20:01:00", "recalled"],
  ["m10", "2026-11-10 21:00:00"],
  ["m11", "2026-11-13 08:00:00"],
  ...["09", "10", "11", "12", "13"].map((day) => ["s1", `2026-11-${day} 12:00:00`] as const),
];
const messages = said.map(([sender_id, sent_at, kind = "text"], at) => ({
  group_id: "g1",
  sender_id,
  sent_at,
  text: `t${at}`,
  kind,
}));
const order = (order_id: string, buyer_id: string, paid_at: string, refunded: number) => ({
  order_id,
  buyer_id,
  paid_at,
  amount: 100,
  refunded,
  group_id: "g1",
});
const orders = (refund: number) => [
  order("o1", "m1", "2026-11-05 12:00:00", 0),
  order("o2", "m1", "2026-11-10 12:00:00", 0),
  order("o3", "m2", "2026-11-12 09:00:00", 0),
  order("o4", "m2", "2026-11-12 19:00:00", 0),
  order("o5", "m4", "2026-11-13 12:00:00", refund),
];

describe("worked example", () => {
  let community: Community;
  beforeAll(async () => {
    community = new Community();
    await community.import("members.csv", csv(members));
    await community.import("messages.csv", csv(messages));
    // The newer export first: the order of import means nothing.
    await community.import("orders-new.csv", csv(orders(100)), { asOf: "2026-11-22T12:00:00" });
    await community.import("orders-old.csv", csv(orders(0)), { asOf: "2026-11-17T12:00:00" });
  });
  afterAll(() => community.remove());

  const figures = async (asOf: string) => {
    const rows = await community.query(
      "select kpi, numerator, denominator from report.kpi_weekly where group_id = 'g1' and week = '2026-11-09' and segment = '*'",
      asOf,
    );
    return Object.fromEntries(rows.map((row) => [row["kpi"], [row["numerator"], row["denominator"]]]));
  };

  it("as of 22 November", async () => {
    expect(await figures("2026-11-22T23:59:59")).toMatchObject({
      activity_rate: [4, 11],
      conversion_rate: [2, 11],
      repurchase_rate: [1, 2],
      churn_rate: [1, 11],
      members_end: [10, null],
      joins: [1, null],
      leaves: [1, null],
      orders: [3, null],
      buyers: [2, null],
    });
    const [row] = await community.query(
      "select members_start, members_end, members_present from marts.group_weeks where week = '2026-11-09'",
      "2026-11-22T23:59:59",
    );
    expect(row).toEqual({ members_start: 10, members_end: 10, members_present: 11 });
  });

  it("as of 18 November the order of 13 November still counts", async () => {
    expect(await figures("2026-11-18T00:00:00")).toMatchObject({
      conversion_rate: [3, 11],
      repurchase_rate: [1, 3],
    });
  });
});
