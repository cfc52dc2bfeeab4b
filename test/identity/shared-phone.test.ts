import { afterEach, beforeEach, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

/* The phone of a leader, of a gift or of a pick-up point stands on many ids: from a number of them on it is no key. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const PHONE = "19900000007";

/** That many members on one phone, and an order by that phone alone. */
async function told(ids: number, unionid = ""): Promise<{ persons: unknown; matched: unknown }> {
  const members = Array.from({ length: ids }, (_, at) => ({
    group_id: "g1",
    member_id: `m${at}`,
    name: `茶友${at}`,
    phone: PHONE,
    unionid,
    joined_at: "2026-09-01 00:00:00",
    left_at: "",
  }));
  await community.import("members.csv", csv(members));
  const order = { order_id: "o1", paid_at: "2026-11-10 12:00:00", amount: 5, phone: PHONE };
  await community.import("orders.csv", csv([order]));
  const [row] = await community.query(
    `select (select count(distinct person_id) from marts.memberships) as persons,
       (select count(*) from marts.orders as o where o.person_id in (select person_id from marts.memberships)) as matched`,
  );
  return { persons: row?.["persons"], matched: row?.["matched"] };
}

it("three ids on one phone are one person, whose orders by that phone are", async () => {
  expect(await told(3)).toEqual({ persons: 1, matched: 1 });
});

it("four are four persons, and an order by that phone is nobody's of them", async () => {
  expect(await told(4)).toEqual({ persons: 4, matched: 0 });
});

it("any number of ids of one unionid are one person, whose phone it is", async () => {
  expect(await told(5, "o-one")).toEqual({ persons: 1, matched: 1 });
});

it("how many they may be is said in fupan.yaml", async () => {
  community.remove();
  community = new Community("identity: { maxPersonsPerPhone: 1 }\n");
  expect(await told(2)).toEqual({ persons: 2, matched: 0 });
});

it("the phone of a receiver is not the buyer's: a gift makes nobody a buyer", async () => {
  const member = {
    group_id: "g1",
    member_id: "m1",
    joined_at: "2026-09-01 00:00:00",
    left_at: "",
    phone: PHONE,
  };
  await community.import("members.csv", csv([member]));
  const order = {
    订单编号: "1234567890123456789",
    买家会员名: "tb茶友",
    订单状态: "交易成功",
    买家实际支付金额: "49.90",
    订单创建时间: "2026-11-10 12:00:00",
    订单付款时间: "2026-11-10 12:01:00",
    联系手机: PHONE,
    宝贝标题: "白茶",
  };
  expect(await community.import("taobao.csv", csv([order]))).toMatchObject({
    importer: "taobao-orders",
    accepted: 1,
  });
  const rows = await community.query(
    `select count(*) as orders, count(*) filter (person_id in (select person_id from marts.memberships)) as matched from marts.orders`,
  );
  expect(rows).toEqual([{ orders: 1, matched: 0 }]);
  const keys = await community.lake((lake) =>
    lake.all("select receiver_phone_key is not null as is_kept, phone_key from lake.orders"),
  );
  expect(keys).toEqual([{ is_kept: true, phone_key: null }]);
});
