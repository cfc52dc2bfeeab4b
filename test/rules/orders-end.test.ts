import { afterAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

const community = new Community("");
afterAll(() => community.remove());

test("of days after the last order that is known, or after its export, nobody knows who did not buy", async () => {
  await community.import(
    "messages.csv",
    csv(
      ["2026-11-03", "2026-11-10", "2026-11-17"].flatMap((date) =>
        [1, 2, 3, 4, 5].map((who) => ({
          group_id: "g1",
          sender_id: `m${who}`,
          sent_at: `${date} 1${who}:00:07`,
          text: "这个怎么买，我想要一份",
        })),
      ),
    ),
  );
  const order = (order_id: string, paid_at: string, as_of: string) => ({
    order_id,
    buyer_id: "m1",
    paid_at,
    amount: 30,
    group_id: "g1",
    as_of,
  });
  await community.import("orders.csv", csv([order("o1", "2026-11-07 12:00:00", "")]));
  const wishes = () =>
    community.query(
      "select week, intent_persons, intent_without_order from marts.rule_inputs order by week",
      "2026-11-23T00:00:00",
    );
  const week = (first: string, persons: number) => ({
    week: first,
    intent_persons: persons,
    intent_without_order: persons,
  });
  expect(await wishes()).toEqual([week("2026-11-02", 5), week("2026-11-09", 0), week("2026-11-16", 0)]);
  // The same order, exported a week later.
  await community.import("later.csv", csv([order("o1", "2026-11-07 12:00:00", "2026-11-14 09:00:00")]));
  expect(await wishes()).toEqual([week("2026-11-02", 5), week("2026-11-09", 5), week("2026-11-16", 0)]);
});

test("who buys again after the orders end that were imported is neither late nor slower than others", async () => {
  const shop = new Community("");
  try {
    const numbers = Array.from({ length: 20 }, (_, at) => at);
    const bought = (buyer_id: string, day: string) => ({
      order_id: `${buyer_id}-${day}`,
      buyer_id,
      paid_at: `${day} 12:00:00`,
      amount: 30,
      group_id: "g1",
    });
    const people = ["old", "new"].flatMap((name) => numbers.map((at) => `${name}${at}`));
    await shop.import(
      "members.csv",
      csv(people.map((member_id) => ({ group_id: "g1", member_id, joined_at: "2026-07-01 09:00:00" }))),
    );
    await shop.import(
      "messages.csv",
      csv(
        ["2026-08-03", "2026-11-08"].map((day) => ({
          group_id: "g1",
          sender_id: "old0",
          sent_at: `${day} 21:00:07`,
          text: "晚安",
        })),
      ),
    );
    // Twenty came again after twenty days, twenty came a week before the orders end.
    await shop.import(
      "orders.csv",
      csv([
        ...numbers.flatMap((at) =>
          ["2026-08-10", "2026-08-30", "2026-10-12"].map((day) => bought(`old${at}`, day)),
        ),
        ...numbers.map((at) => bought(`new${at}`, "2026-10-05")),
      ]),
    );
    const [cohorts, inputs] = await shop.queries(
      [
        "select first_buyers, repeats, expected from marts.rule_cohorts where week = '2026-11-02'",
        "select overdue_buyers from marts.rule_inputs where week = '2026-11-02'",
      ],
      "2026-11-09T00:00:00",
    );
    expect(cohorts).toEqual([{ first_buyers: 20, repeats: 0, expected: 0 }]);
    expect(inputs).toEqual([{ overdue_buyers: 0 }]);
  } finally {
    shop.remove();
  }
});
