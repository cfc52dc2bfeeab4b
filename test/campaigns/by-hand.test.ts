import { afterAll, beforeAll, expect, test } from "vitest";
import type { Campaign } from "../../src/campaigns/campaign.ts";
import { outcomeOf } from "../../src/campaigns/outcome.ts";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/*
 * Ten people are written to (t0 … t9), five left alone (h0 … h4), from 2 to 8 November; reckoned by hand. t2 left the group the day
 * before and buys all the same, t3 opts out afterwards, t6 and h1 turn out to be one person by their phone.
 */
const IDS = [...Array(10).keys()].map((n) => `t${n}`).concat([...Array(5).keys()].map((n) => `h${n}`));
const member = (id: string) => ({
  group_id: "g",
  member_id: id,
  name: `友${id}`,
  phone: id === "t6" || id === "h1" ? "13800000000" : "",
  joined_at: "2026-06-01 09:00:00",
  left_at: id === "t2" ? "2026-11-01 09:00:00" : "",
});
const said = (sender_id: string, sent_at: string) => ({ group_id: "g", sender_id, sent_at, text: "来看看" });
const order = (order_id: string, buyer_id: string, paid_at: string, amount: number, status = "paid") => ({
  ...{ order_id, buyer_id, paid_at, amount, status, group_id: "g" },
});

const community = new Community("optOut: [t3]\n");
let database: Database;
let ids: Map<string, string>;
beforeAll(async () => {
  // Who each is when the list is fixed: before the phones are known.
  await community.import("members.csv", csv(IDS.map((id) => ({ ...member(id), phone: "" }))));
  const first = await Database.open(
    generationPath(community.workspace.marts, await community.build("2026-11-02T00:00:00")),
    { readOnly: true },
  );
  const rows = await first.all("select display_name as name, person_id from marts.people");
  ids = new Map(rows.map((row) => [String(row["name"]).slice(1), String(row["person_id"])]));
  first.close();
  await community.import("phones.csv", csv(IDS.map(member)));
  await community.import(
    "messages.csv",
    csv([
      said("t0", "2026-11-02 00:00:00"),
      said("t1", "2026-11-08 23:59:59"),
      said("t4", "2026-11-01 23:59:59"),
      said("t7", "2026-11-09 00:00:00"),
      said("h0", "2026-11-05 12:00:00"),
      said("h1", "2026-11-05 12:00:00"),
      said("x", "2026-11-15 12:00:00"),
    ]),
  );
  await community.import(
    "orders.csv",
    csv([
      order("o1", "t1", "2026-11-03 12:00:00", 90),
      order("o2", "t3", "2026-11-08 23:59:00", 30),
      order("o3", "t2", "2026-11-04 12:00:00", 10),
      order("o4", "t5", "2026-11-04 12:00:00", 50, "refunded"),
      order("o5", "h4", "2026-10-30 12:00:00", 70),
    ]),
  );
  const generation = await community.build("2026-11-16T00:00:00");
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
});
afterAll(() => {
  database.close();
  community.remove();
});

const brought = (treated: string[], held: string[], group = "g") => {
  const now = (list: string[]) => list.map((id) => ids.get(id) ?? "");
  const campaign: Campaign = {
    ...{ id: "0123456789", title: "唤醒", createdAt: "2026-11-01T20:00:00Z", by: "local", message: "" },
    ...{ list: { week: "2026-W44", group, segment: "dormant", why: null } },
    ...{ from: "2026-11-02", to: "2026-11-08", treated: now(treated), held: now(held) },
  };
  const catalog = readCatalog(SQL_ROOT);
  return outcomeOf((name, params) => runQuery(database, catalog, name, params), campaign, "2026-11-16");
};
const [WRITTEN, ALONE] = [IDS.slice(0, 10), IDS.slice(10)];

test.each(["g", "*"])(
  "who left or opted out stays where the lot put them; who is both is neither (%s)",
  async (group) => {
    const made = await brought(WRITTEN, ALONE, group);
    // t0 and t1 spoke, t1, t2 and t3 bought; a moment before or after does not count, nor an order that was paid back.
    expect(made.treated).toEqual({ people: 9, returned: 4, spoke: 2, bought: 3, value: 130 });
    expect(made.held).toEqual({ people: 4, returned: 1, spoke: 1, bought: 0, value: 0 });
    expect(made.lift).toBeCloseTo(4 / 9 - 1 / 4, 12);
    expect(made.extra).toBeCloseTo(1.75, 12);
    // Wilson of 4 of 9 is .1888 … .7333, of 1 of 4 .0456 … .6994.
    expect(made.interval?.[0]).toBeCloseTo(-0.3225544124, 9);
    expect(made.interval?.[1]).toBeCloseTo(0.5483515517, 9);
    expect(made.spent?.plain).toBeCloseTo(130 / 9, 9);
  },
);

test("with nobody left alone nothing is claimed, and what came back is told", async () => {
  const made = await brought(WRITTEN, []);
  expect(made.treated).toMatchObject({ people: 10, returned: 5, value: 130 });
  expect([made.held.people, made.lift, made.interval, made.extra, made.spent]).toEqual([
    0,
    null,
    null,
    null,
    null,
  ]);
});

test("where the only one on each side is the same person there is nobody", async () => {
  const made = await brought(["t6"], ["h1"]);
  expect([made.treated.people, made.held.people, made.lift]).toEqual([0, 0, null]);
});
