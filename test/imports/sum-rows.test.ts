import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

it.each([
  ["合计", "o1,2026-11-03 15:04:05,10,\no2,2026-11-03 15:04:05,5,\n合计,,15\n"],
  ['="合计"，中间', 'o1,2026-11-03 15:04:05,10,\n"合计：",10\no2,2026-11-03 15:04:05,5,\n'],
  ["Total", "o1,2026-11-03 15:04:05,10,\no2,2026-11-03 15:04:05,5,\nTotal,15\n"],
])("a row of sums that ends before the header does is no row of the table: %s", async (_what, rows) => {
  const table = `order_id,paid_at,amount,remark\n${rows}`;
  const result = await community.import("orders.csv", table);
  expect(result).toMatchObject({ read: 2, accepted: 2, rejected: 0, issues: [] });
});

it("a short row that is none still is a reject, and lines behind a row of sums are counted with it", async () => {
  const rows = ["o1,2026-11-03 15:04:05,10,", "合计,10", "o2,2026-11-03", "o3,2026-11-03 15:04:05,x,"];
  const result = await community.import("orders.csv", `order_id,paid_at,amount,remark\n${rows.join("\n")}\n`);
  expect(result).toMatchObject({ read: 3, accepted: 1, rejected: 2 });
  expect(result.issues.map(({ line, code }) => [line, code])).toEqual([
    [4, "missing_columns"],
    [5, "bad_money"],
  ]);
});
