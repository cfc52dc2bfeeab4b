import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decideIdentity, listIdentityDecisions, undoIdentity } from "../../src/state/identity.ts";
import { Community, csv } from "../support/community.ts";

// Five customers of one list: one plain, one without a phone, two on one phone, one with a masked phone.
const customers = csv([
  { person_key: "c1", name: "Alice", phone: "19900000001", platform: "后台导入" },
  { person_key: "c2", name: "沙拉", phone: "", platform: "小程序" },
  { person_key: "c3", name: "张三", phone: "19900000003", platform: "后台导入" },
  { person_key: "c4", name: "李四", phone: "19900000003", platform: "小程序" },
  { person_key: "c5", name: "Foo", phone: "186******05", platform: "后台导入" },
]);
const members = csv(
  ["c1", "c3", "s1"].map((member_id) => ({
    group_id: "g1",
    member_id,
    role: member_id === "s1" ? "staff" : "member",
    joined_at: "2026-09-01 00:00:00",
    left_at: "",
  })),
);
const order = (order_id: string, buyer_name: string, phone: string) => ({
  order_id,
  paid_at: "2026-11-10 12:00:00",
  amount: 50,
  buyer_name,
  phone,
});
const orders = csv([
  order("O-1", "Alice", "19900000001"),
  order("O-2", "沙拉", "19900000002"),
  order("O-3", "张三", "19900000003"),
]);
const by = { who: "tester", at: new Date("2026-11-24T08:00:00Z") };

describe("who is who", () => {
  let community: Community;
  beforeEach(async () => {
    community = new Community();
    await community.import("customers.csv", customers);
    await community.import("members.csv", members);
    await community.import("orders.csv", orders);
  });
  afterEach(() => community.remove());

  const pending = () =>
    community.query(
      "select * from marts.identity_suggestions where status = 'pending' order by kind, left_key",
    );
  const personsOfCustomers = () =>
    community.query(
      `select policy, count(*) as n from marts.identity
       where not is_phone and person_key in (select left_key from marts.identity_suggestions where kind = 'shared_phone')
       group by policy`,
    );

  it("an exact phone joins, a disputed one is reviewed, the rest is known by its own id", async () => {
    const rows = await community.query(
      "select policy, count(*) as n from marts.identity where not is_phone group by policy order by policy",
    );
    // c1 joins its order; c3 and c4 share a phone; c2, c5 and the employee have nothing but their id.
    expect(rows).toEqual([
      { policy: "auto_merge", n: 1 },
      { policy: "new_master", n: 3 },
      { policy: "pending_review", n: 2 },
    ]);
    const [audit] = await community.query("select * from marts.identity_audit");
    expect(audit).toMatchObject({
      phones: 2,
      shared_phones: 1,
      ids_on_shared_phones: 2,
      differing_names: 2,
      differing_memberships: 2,
      differing_platforms: 2,
      orders_with_buyer: 3,
      orders_matched: 2,
      nickname_suggestions: 1,
    });
  });

  it("a nickname joins nobody until it is accepted, and apart again when that is taken back", async () => {
    const matched = async () => {
      const [row] = await community.query(
        "select count(*) as n from marts.orders where person_id is not null",
      );
      return row?.["n"];
    };
    await community.import(
      "salad.csv",
      csv([{ group_id: "g1", member_id: "c2", joined_at: "2026-09-01", left_at: "" }]),
    );
    expect(await matched()).toBe(2);
    const [suggestion] = (await pending()).filter(({ kind }) => kind === "nickname");
    if (!suggestion) throw new Error("no suggestion");
    const pair = {
      kind: "nickname",
      leftKey: String(suggestion["left_key"]),
      rightKey: String(suggestion["right_key"]),
      groupId: null,
    };
    await decideIdentity(community.state, [pair], "accept", by);
    expect(await matched()).toBe(3);
    // The decision outlives a second import of everything.
    await community.import("orders-again.csv", orders);
    await community.import("customers-again.csv", customers);
    expect(await matched()).toBe(3);
    expect((await pending()).filter(({ kind }) => kind === "nickname")).toEqual([]);
    expect(await undoIdentity(community.state, null, by)).toMatchObject({ decision: "accept" });
    expect(await matched()).toBe(2);
    expect(await pending()).toContainEqual(
      expect.objectContaining({ suggestion_id: suggestion["suggestion_id"] }),
    );
  });

  it("the two ids on a phone are shown side by side, under masked names", async () => {
    const accounts = await community.query(
      `select a.is_left, a.name, a.platform, a.groups, a.joined_on::text as joined_on from marts.identity_accounts as a
       join marts.identity_suggestions as s using (suggestion_id) where s.kind = 'shared_phone' order by a.is_left desc`,
    );
    const member = { name: "张*", platform: "后台导入", groups: ["g1"], joined_on: "2026-09-01" };
    const other = { name: "李*", platform: "小程序", groups: [], joined_on: null };
    expect(accounts).toHaveLength(2);
    expect(accounts).toContainEqual(expect.objectContaining(member));
    expect(accounts).toContainEqual(expect.objectContaining(other));
    expect(accounts.map((row) => row["is_left"])).toEqual([true, false]);
  });

  it("two ids on one phone are one person until the link is rejected", async () => {
    const persons = async () => {
      const [row] = await community.query(
        `select count(distinct person_id) as n from marts.identity
         where person_key in (select left_key from marts.identity_suggestions where kind = 'shared_phone')`,
      );
      return row?.["n"];
    };
    expect(await persons()).toBe(1);
    const conflict = (await pending()).filter(({ kind }) => kind === "shared_phone");
    expect(conflict).toHaveLength(2);
    // One question: what is said of one id holds of the other. The one with an order keeps the phone.
    const asked = async () =>
      (await pending()).filter((row) => row["kind"] === "shared_phone" && row["is_asked"] === true);
    const [first, ...more] = await asked();
    expect([first?.["orders"], more]).toEqual([0, []]);
    const pair = { leftKey: String(first?.["left_key"]), rightKey: String(first?.["right_key"]) };
    await decideIdentity(community.state, [{ ...pair, kind: "shared_phone", groupId: null }], "reject", by);
    expect(await persons()).toBe(2);
    expect(await asked()).toEqual([]);
    await undoIdentity(community.state, pair, by);
    expect(await persons()).toBe(1);
    await decideIdentity(community.state, [{ ...pair, kind: "shared_phone", groupId: null }], "accept", by);
    expect(await asked()).toEqual([]);
    expect(await personsOfCustomers()).toEqual([{ policy: "auto_merge", n: 2 }]);
  });

  it("a later decision replaces the earlier one, and both keep their row", async () => {
    const pair = { kind: "nickname", leftKey: "a", rightKey: "b", groupId: null };
    await decideIdentity(community.state, [pair], "accept", by);
    await decideIdentity(community.state, [pair], "reject", by);
    expect(await listIdentityDecisions(community.state)).toMatchObject([
      { decision: "reject", leftKey: "a" },
    ]);
    const rows = await community.state.read((database) =>
      database.all("select decision, undone_by from identity_decisions order by decision_id"),
    );
    expect(rows).toEqual([
      { decision: "accept", undone_by: "tester" },
      { decision: "reject", undone_by: null },
    ]);
  });

  it.each([
    ["two buyers have the nickname", csv([order("O-4", "沙拉", "19900000009")])],
    ["the name is masked", null],
  ])("no suggestion when %s", async (_why, more) => {
    if (more) await community.import("more.csv", more);
    else {
      community.remove();
      community = new Community();
      await community.import(
        "customers.csv",
        csv([{ person_key: "c9", name: "沙**", phone: "", platform: "" }]),
      );
      await community.import("orders.csv", csv([order("O-9", "沙**", "19900000002")]));
    }
    expect((await pending()).filter(({ kind }) => kind === "nickname")).toEqual([]);
  });
});
