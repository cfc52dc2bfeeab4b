import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Community } from "../support/community.ts";

/*
 * A list of orders whose rows may be an order or one of its goods. The money that counts must be the same whatever the
 * rows are, and where the list leaves that open the import says how it was read.
 */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const HEADER = "order_id,paid_at,amount,buyer_id,status,refunded,items";
const DAY = "2026-11-10 10:00:00";

async function paid(rows: readonly string[]): Promise<{ money: unknown; notes: string; accepted: number }> {
  const { notes, accepted } = await community.import("orders.csv", `${[HEADER, ...rows].join("\n")}\n`);
  const money = await community.lake((lake) =>
    lake.all("select order_id, amount, refunded, status from lake.orders order by order_id"),
  );
  return {
    accepted,
    notes: notes.map(({ en }) => en).join("\n"),
    money: money.map(({ order_id, amount, refunded, status }) =>
      [order_id, amount, refunded, status].join(" "),
    ),
  };
}

describe("an order of several rows", () => {
  it("is the sum of them where rows side by side state several amounts, and then every order of the list is", async () => {
    const { money, notes, accepted } = await paid([
      `A1,${DAY},50,u1,completed,,tea*1`,
      `A1,${DAY},80,u1,completed,,cup*2`,
      `A2,${DAY},30,u2,completed,,tea*1`,
      `A2,${DAY},30,u2,completed,,cup*1`,
      `A3,${DAY},20,u3,completed,,tea*1`,
      `A4,${DAY},40,u4,refunded,,tea*1`,
      `A4,${DAY},25,u4,completed,,cup*1`,
      `A5,${DAY},10,u5,completed,4,tea*1`,
      `A5,${DAY},20,u5,completed,,cup*1`,
    ]);
    expect(money).toEqual([
      "A1 130 0 completed",
      "A2 60 0 completed",
      "A3 20 0 completed",
      "A4 65 40 completed",
      "A5 30 4 completed",
    ]);
    expect(accepted).toBe(9);
    expect(notes).toMatch(/3 orders have several rows with amounts of their own/);
    const goods = await community.lake((lake) =>
      lake.all(
        "select order_id, sku, quantity, amount from lake.order_items where order_id = 'A1' order by item_no",
      ),
    );
    expect(goods).toEqual([
      { order_id: "A1", sku: "tea", quantity: 1, amount: 50 },
      { order_id: "A1", sku: "cup", quantity: 2, amount: 80 },
    ]);
  });

  it("counts once where each row states the order's amount, and the import says so", async () => {
    const { money, notes } = await paid([
      `B1,${DAY},50,u1,completed,,tea*1`,
      `B1,${DAY},50,u1,completed,,cup*2`,
      `B2,${DAY},30,u2,completed,,tea*1`,
    ]);
    expect(money).toEqual(["B1 50 0 completed", "B2 30 0 completed"]);
    const counted = await counts();
    expect(counted).toEqual(["B1 50", "B2 30"]);
    expect(notes).toMatch(/1 orders have several rows of the same amount/);
  });

  it("is the last of them where they stand apart, and the import says so", async () => {
    const { notes } = await paid([
      `C1,${DAY},50,u1,completed,,tea*1`,
      `C2,${DAY},30,u2,completed,,tea*1`,
      `C1,${DAY},55,u1,completed,,tea*1`,
    ]);
    expect(await counts()).toEqual(["C1 55", "C2 30"]);
    expect(notes).toMatch(/1 orders stand there several times with different amounts/);
  });

  it("is a version of itself where time, buyer or export differ", async () => {
    const { notes } = await paid([
      `D1,2026-11-10 10:00:00,50,u1,completed,,tea*1`,
      `D1,2026-11-11 10:00:00,55,u1,completed,,tea*1`,
      `D2,${DAY},50,u1,completed,,tea*1`,
      `D2,${DAY},55,u2,completed,,tea*1`,
    ]);
    expect(await counts()).toEqual(["D1 55", "D2 55"]);
    expect(notes).toBe("");
  });
});

async function counts(): Promise<string[]> {
  await community.build();
  const rows = await community.query("select order_id, paid_amount from marts.orders order by order_id");
  return rows.map(({ order_id, paid_amount }) => `${order_id} ${paid_amount}`);
}
