import { afterAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

const community = new Community(`tables:
  - id: own-lines
    kind: order_line
    columns: {order_id: 单号, buyer_id: 买家, group_id: 群, paid_at: 付款时间, currency: 货币, title: 商品, item_amount: 小计}
`);
afterAll(() => community.remove());

const line = (no: number, title: string, amount: number, currency: string) => ({
  单号: `o${no}`,
  买家: "b1",
  群: "g1",
  付款时间: "2026-11-10 12:00:00",
  货币: currency,
  商品: title,
  小计: amount,
});

test("the largest item is found among what was paid in the workspace's currency", async () => {
  await community.import(
    "members.csv",
    csv([{ group_id: "g1", member_id: "b1", joined_at: "2026-10-01 09:00:00" }]),
  );
  await community.import(
    "lines.csv",
    csv([line(1, "桂花糕", 60, "CNY"), line(2, "龙井", 40, "CNY"), line(3, "Oolong", 90000, "USD")]),
  );
  const [rows] = await community.queries(
    [
      "select top_item, round(top_item_share, 4)::double as share, orders_4w, item_orders_4w from marts.rule_inputs where week = '2026-11-09'",
    ],
    "2026-11-16T00:00:00",
  );
  expect(rows).toEqual([{ top_item: "桂花糕", share: 0.6, orders_4w: 3, item_orders_4w: 2 }]);
});
