import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../src/kit/errors.ts";
import { Community } from "../support/community.ts";

/** One export, and what its maker may do to it. What comes of each is settled here. */
const HEADER = ["order_id", "paid_at", "amount", "buyer_id", "remark"];
const ROWS = [
  ["o1", "2026-11-10 12:00:00", "88.50", "m1", "快点"],
  ["o2", "2026-11-11 12:00:00", "12.00", "m2", ""],
];
const table = (header: readonly string[], rows: readonly (readonly string[])[]) =>
  `${[header, ...rows].map((row) => row.join(",")).join("\n")}\n`;
const without = (column: string) => {
  const at = HEADER.indexOf(column);
  const cut = (row: readonly string[]) => row.filter((_, other) => other !== at);
  return table(cut(HEADER), ROWS.map(cut));
};
const renamed = (column: string, to: string) =>
  table(
    HEADER.map((one) => (one === column ? to : one)),
    ROWS,
  );

describe("a column that changes between exports", () => {
  let community: Community;
  beforeAll(async () => {
    community = new Community();
    await community.import("orders.csv", table(HEADER, ROWS), { as: "fupan-orders" });
  });
  afterAll(() => community.remove());

  const again = async (name: string, text: string) => {
    try {
      const { accepted, duplicate, rejected, issues } = await community.import(`${name}.csv`, text, {
        as: "fupan-orders",
      });
      return { accepted, duplicate, rejected, codes: issues.map(({ code }) => code) };
    } catch (error) {
      if (error instanceof UserError) return error.in("en");
      throw error;
    }
  };

  test("moved: the same rows", async () => {
    const back = (row: readonly string[]) => [...row].reverse();
    expect(await again("moved", table(back(HEADER), ROWS.map(back)))).toMatchObject({
      accepted: 0,
      duplicate: 2,
      rejected: 0,
    });
  });

  test("added: kept beside the order, and no order is counted twice", async () => {
    const text = table(
      [...HEADER, "渠道"],
      ROWS.map((row) => [...row, "小程序"]),
    );
    const result = await again("added", text);
    expect(result).toMatchObject({ rejected: 0 });
    const orders = await community.lake((database) =>
      database.all("select count(distinct order_id) as n from lake.orders"),
    );
    expect(orders).toEqual([{ n: 2 }]);
  });

  test("gone, an optional one: the rest goes in", async () => {
    expect(await again("gone", without("remark"))).toMatchObject({ rejected: 0 });
  });

  test("gone or renamed, a required one: refused, with its name", async () => {
    expect(await again("required", without("amount"))).toMatch(/amount/);
    expect(await again("renamed", renamed("amount", "总价是多少"))).toMatch(/amount/);
  });

  test("retyped: the rows that can't be read are told one by one, the others go in", async () => {
    const text = table(HEADER, [
      ["o3", "2026-11-12 12:00:00", "八十八", "m1", ""],
      ["o4", "昨天", "1.00", "m2", ""],
      ["o5", "2026-11-12 12:00:00", "9.00", "m3", ""],
    ]);
    expect(await again("retyped", text)).toMatchObject({
      accepted: 1,
      rejected: 2,
      codes: ["bad_money", "bad_time"],
    });
  });
});
