import { afterAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

const community = new Community("staff: [boss]\n");
afterAll(() => community.remove());

test("an order of a partner who is a member of another group is of a member who was not there", async () => {
  const stay = (group_id: string, member_id: string, role: string, left_at = "") => ({
    group_id,
    member_id,
    role,
    joined_at: "2026-10-01 09:00:00",
    left_at,
  });
  await community.import(
    "members.csv",
    csv([
      stay("g1", "both", "partner"),
      stay("g2", "both", "member", "2026-11-01 09:00:00"),
      stay("g1", "partner", "partner"),
      stay("g1", "boss", "staff"),
      stay("g1", "m", "member"),
    ]),
  );
  const buyers = ["both", "partner", "boss", "m"];
  await community.import(
    "orders.csv",
    csv(
      buyers.map((buyer_id) => ({
        order_id: buyer_id,
        buyer_id,
        paid_at: "2026-11-10 12:00:00",
        amount: 10,
      })),
    ),
  );
  const rows = await community.query(
    "select order_id, outcome from marts.order_outcomes",
    "2026-11-16T00:00:00",
  );
  expect(Object.fromEntries(rows.map(({ order_id, outcome }) => [order_id, outcome]))).toEqual({
    both: "not_in_group",
    partner: "no_member",
    boss: "no_member",
    m: "counted",
  });
});
