import { expect, it } from "vitest";
import { Community } from "../support/community.ts";

it("a phone that stands for an account is who a shop's order names by the phone, however it is written", async () => {
  const community = new Community(`tables:
  - { id: people, kind: member, columns: { member_id: 手机号, name: 昵称, joined_at: 入群日期, group_id: 群 } }
  - { id: list, kind: order, columns: { order_id: 单号, paid_at: 时间, amount: 金额, buyer_id: 联系电话 } }
`);
  try {
    await community.import(
      "members.csv",
      "手机号,昵称,入群日期,群\n138 0000 0001,小茶,2026-11-01,tea\n+86 13800000002,阿梅,2026-11-01,tea\n",
      { asOf: "2026-11-20" },
    );
    await community.import(
      "orders.csv",
      "order_id,paid_at,amount,phone\nA1,2026-11-10 10:00:00,5,13800000001\n",
    );
    await community.import("list.csv", "单号,时间,金额,联系电话\nB1,2026-11-10 10:00:00,7,138-0000-0002\n");
    await community.build();
    const rows = await community.query(
      `select order_id, people.display_name from marts.orders left join marts.people using (person_id) where is_counted order by order_id`,
    );
    expect(rows).toEqual([
      { order_id: "A1", display_name: "小茶" },
      { order_id: "B1", display_name: "阿梅" },
    ]);
  } finally {
    community.remove();
  }
});
