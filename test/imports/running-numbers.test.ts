import { expect, it } from "vitest";
import { Community } from "../support/community.ts";

/*
 * Lists that people keep count their orders from 1, and begin anew each month. The number alone is no order then, and an
 * order that is stated again is still one.
 */
const HEADER = "order_id,paid_at,amount,buyer_name,status";
const FILES = {
  "10月.csv": [
    HEADER,
    "1,2026-10-05,50,小茶,completed",
    "2,2026-10-06,60,阿梅,completed",
    "3,2026-10-07,70,老王,paid",
  ],
  "11月.csv": [HEADER, "1,2026-11-05,55,小茶,completed", "2,2026-11-06,65,阿花,completed"],
  // The first list again, later: one more order, and one that went back.
  "10月(2).csv": [
    HEADER,
    "1,2026-10-05,50,小茶,completed",
    "2,2026-10-06,60,阿梅,refunded",
    "3,2026-10-07,70,老王,completed",
    "1001,2026-10-08,80,老王,completed",
  ],
};

it.each([
  { order: ["10月.csv", "11月.csv", "10月(2).csv"] },
  { order: ["10月(2).csv", "11月.csv", "10月.csv"] },
  { order: ["11月.csv", "10月.csv", "10月(2).csv"] },
] as { order: (keyof typeof FILES)[] }[])(
  "the same short number on another day is another order, whatever comes first: $order",
  async ({ order }) => {
    const community = new Community();
    try {
      for (const name of order) await community.import(name, `${FILES[name].join("\n")}\n`);
      await community.build();
      const rows = await community.query(
        "select order_id, paid_day, paid_amount, refunded_amount from marts.orders order by paid_day",
      );
      expect(rows.map((row) => Object.values(row).join(" "))).toEqual([
        "2026-10-05/1 2026-10-05 50 0",
        "2026-10-06/2 2026-10-06 60 60",
        "3 2026-10-07 70 0",
        "1001 2026-10-08 80 0",
        "2026-11-05/1 2026-11-05 55 0",
        "2026-11-06/2 2026-11-06 65 0",
      ]);
    } finally {
      community.remove();
    }
  },
);

it("a number as shops give them stays one order whatever day an export says", async () => {
  const community = new Community();
  try {
    await community.import("a.csv", `${HEADER}\n20261005001,2026-10-05,50,小茶,paid\n`);
    await community.import("b.csv", `${HEADER}\n20261005001,2026-10-06,50,小茶,completed\n`);
    await community.build();
    const rows = await community.query("select order_id, paid_amount from marts.orders");
    expect(rows).toEqual([{ order_id: "20261005001", paid_amount: 50 }]);
  } finally {
    community.remove();
  }
});
