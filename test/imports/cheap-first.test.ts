import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { macros } from "../../src/ingest/macros.ts";
import { Database } from "../../src/warehouse/database.ts";
import { Community, csv } from "../support/community.ts";

describe("cells that are told without a pattern", () => {
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  const row = (order_id: string) => ({ order_id, paid_at: "2026-11-03 15:04:05", amount: "10" });

  it("rows of sums are left out whatever their case and blanks, and no order is", async () => {
    const sums = [
      "总计",
      "合计：",
      " 汇总",
      "共计 5",
      "小计",
      "本页合计",
      "Total",
      "total: 5",
      "SUBTOTAL (3)",
      "sub-total",
      "Grand Total",
    ];
    const orders = ["Total-77", "TB1", "G20", "S9", "u1", "z-总计", "8合计", "subtotals", "共享1", "_total"];
    const result = await community.import("orders.csv", csv([...sums, ...orders].map(row)));
    expect(result).toMatchObject({ read: orders.length, accepted: orders.length, rejected: 0 });
    const kept = await community.lake((lake) => lake.all("select order_id from lake.orders"));
    expect(new Set(kept.map(({ order_id }) => String(order_id)))).toEqual(new Set(orders));
    expect(kept).toHaveLength(orders.length);
  });

  it("numbers with an exponent are damaged ids, ids with an E are not", async () => {
    const damaged = ["1.23E+18", "6e5", "1E18", "9.0e+3"];
    const ids = ["E20261101000000001", "12E", "E+5", "A1E5", "1.5", "1E+5x", "10E5"];
    const result = await community.import("orders.csv", csv([...damaged, ...ids].map(row)));
    expect(result).toMatchObject({ accepted: ids.length, rejected: damaged.length });
    expect(new Set(result.issues.map(({ code }) => code))).toEqual(new Set(["id_resaved_by_spreadsheet"]));
  });
});

it("an amount that is a plain number takes no pattern: what a coalesce shares is computed for every row", async () => {
  const database = await Database.open(":memory:");
  try {
    for (const macro of macros("secret", "Asia/Shanghai")) await database.run(macro);
    await database.run("create table cells as select (i + 0.5)::varchar as cell from range(9) as t (i)");
    // What stands below the last step of the plan is there before any row is looked at.
    const before = async (sql: string) => {
      const { explain_value } = await database.one(`explain (format json) select ${sql} as v from cells`);
      const [last] = JSON.parse(String(explain_value)) as [{ children: unknown[] }];
      expect(last.children).toHaveLength(1);
      return JSON.stringify(last.children);
    };
    const planted =
      "coalesce(try_cast(cell as decimal(14, 2))::decimal(18, 2), grouped(trim(regexp_replace(cell, '[¥￥元$]', '', 'g'))))";
    expect(await before(planted)).toContain("regexp");
    expect(await before("money(cell)")).toContain("TRY_CAST(cell");
    expect(await before("money(cell)")).not.toContain("regexp");
  } finally {
    database.close();
  }
});
