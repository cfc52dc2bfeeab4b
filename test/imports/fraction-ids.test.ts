import { expect, it } from "vitest";
import { Community } from "../support/community.ts";

it("an id that a program wrote as a fraction is the id that it is elsewhere; what is no number keeps its end", async () => {
  const community = new Community();
  try {
    await community.import(
      "members.csv",
      "group_id,member_id,name,joined_at\ntea,12345678901,小茶,2026-11-01 10:00:00\ntea,77,阿梅,2026-11-01 10:00:00\ntea,v2.0,老王,2026-11-01 10:00:00\n",
      { asOf: "2026-11-20" },
    );
    const { accepted } = await community.import(
      "orders.csv",
      "order_id,paid_at,amount,buyer_id\nA1,2026-11-10 10:00:00,5,12345678901.0\nA2,2026-11-10 10:00:00,6,\nA3,2026-11-10 10:00:00,7,77.0\nA4,2026-11-10 10:00:00,8,v2.0\nA5,2026-11-10 10:00:00,9,77.00\n",
    );
    expect(accepted).toBe(5);
    const rows = await community.lake((lake) =>
      lake.all(
        `select order_id, (select any_value(name) from lake.contacts where person_key = buyer_key) as buyer, buyer_key is null as is_nobody
         from lake.orders order by order_id`,
      ),
    );
    expect(rows).toEqual([
      { order_id: "A1", buyer: "小茶", is_nobody: false },
      { order_id: "A2", buyer: null, is_nobody: true },
      { order_id: "A3", buyer: "阿梅", is_nobody: false },
      { order_id: "A4", buyer: "老王", is_nobody: false },
      { order_id: "A5", buyer: null, is_nobody: false },
    ]);
  } finally {
    community.remove();
  }
});

it("a header below two dozen lines of a bill is found", async () => {
  const community = new Community();
  try {
    const above = Array.from({ length: 24 }, (_, at) => `说明第 ${at + 1} 行,,,`).join("\n");
    const { accepted, rejected } = await community.import(
      "bill.csv",
      `${above}\norder_id,paid_at,amount,buyer_id\nA1,2026-11-10 10:00:00,5,u1\nA2,2026-11-10 11:00:00,6,u2\n`,
    );
    expect({ accepted, rejected }).toEqual({ accepted: 2, rejected: 0 });
  } finally {
    community.remove();
  }
});
