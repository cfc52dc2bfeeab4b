import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/*
 * "Dormant list adds: … last order, lifetime value, RFM class" (metrics.md 4). A valid order is "paid and net > 0", whether
 * or not its buyer was in a group by then: only the group that an order belongs to needs one. Who bought in the shop
 * before joining is no stranger.
 */
const community = new Community(
  "rfm: { recency: [7, 14, 30, 60], frequency: [2, 3, 4, 6], monetary: [50, 100, 200, 500] }\n",
);
const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
let list: Row[] | null;
let scores: Row[] | null;
beforeAll(async () => {
  const stay = (member_id: string, joined: string) => ({
    group_id: "g1",
    member_id,
    joined_at: `${joined} 09:00:00`,
    left_at: "",
  });
  await community.import(
    "members.csv",
    csv([stay("early", "2026-09-01"), stay("within", "2026-07-01"), stay("none", "2026-09-01")]),
  );
  const order = (buyer_id: string, day: string, amount: number) => ({
    order_id: `${buyer_id}-${day}`,
    buyer_id,
    paid_at: `${day} 12:00:00`,
    amount,
  });
  await community.import(
    "orders.csv",
    csv([
      order("early", "2026-08-01", 300),
      order("early", "2026-08-20", 100),
      order("within", "2026-08-20", 60),
      // A customer of the shop who is in no group.
      order("stranger", "2026-08-20", 900),
    ]),
  );
  await community.import(
    "messages.csv",
    csv([{ group_id: "g1", sender_id: "none", sent_at: "2026-09-02 09:00:00", text: "早" }]),
  );
  await community.build("2026-11-16T00:00:00");
  list = await source.read((generation) =>
    generation.query("segment_list", { week: "2026-11-09", group_id: "*", segment: "dormant" }),
  );
  scores = await source.read((generation) =>
    generation.query("segment_list", { week: "2026-11-09", group_id: "g1", segment: "dormant" }),
  );
});
afterAll(() => {
  close();
  community.remove();
});

test("the list holds what a member ever bought, and its columns agree", () => {
  const shown = (rows: Row[] | null) =>
    rows?.map((row) => [row["why"], row["last_order_day"], row["orders"], row["value"], row["rfm"]]);
  const wanted = [
    ["lapsed_buyer", "2026-08-20", 2, 400, "124"],
    ["lapsed_buyer", "2026-08-20", 1, 60, "112"],
    ["went_silent", null, 0, 0, null],
  ];
  expect(shown(list)).toEqual(wanted);
  expect(shown(scores)).toEqual(wanted);
});
