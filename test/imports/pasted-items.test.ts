import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

/* Goods of orders in exports that were pasted one below the other: an order that both hold has each of its goods once. */
const CONFIG = `tables:
  - id: own-lines
    kind: order_line
    columns: { order_id: 单号, status: 状态, paid_at: 付款时间, buyer_name: 买家, title: 商品, quantity: 数量, item_amount: 金额, item_refunded: 退款 }
    status: { 已付款: paid, 已发货: shipped, 已关闭: closed }
  - id: own-items
    kind: order_item
    columns: { order_id: 订单, title: 品名, quantity: 件数 }
`;
let community: Community;
beforeEach(() => {
  community = new Community(CONFIG);
});
afterEach(() => community.remove());

const HEAD = "单号,状态,付款时间,买家,商品,数量,金额,退款";
/** Only the first row of an order names the buyer, as in many exports. */
const OLDER = [
  "o1,已发货,2026-11-03 09:00:00,小满,白茶,1,50,",
  "o1,已发货,2026-11-03 09:00:00,,茶杯,2,20,",
  "o2,已付款,2026-11-04 09:00:00,阿青,白茶,1,50,",
  "o2,已付款,2026-11-04 09:00:00,,茶杯,1,10,",
];
const NEWER = [
  "o3,已付款,2026-11-05 09:00:00,老陈,茶杯,1,10,",
  "o3,已付款,2026-11-05 09:00:00,,茶杯,1,10,",
  "o2,已关闭,2026-11-04 09:00:00,阿青,茶杯,1,10,10",
  "o2,已关闭,2026-11-04 09:00:00,,白茶,1,50,50",
];
const below = (...parts: (readonly string[])[]) => `${parts.flatMap((rows) => [HEAD, ...rows]).join("\n")}\n`;

const counted = async () =>
  await community.lake(async (lake) => {
    const orders = await lake.all(
      "select order_id, status, amount::double as amount, refunded::double as refunded from lake.orders order by 1",
    );
    // As the models pick the version of each row that counts: what was paid back stays so.
    const items = await lake.all(
      `select order_id, title, quantity::double as n, amount::double as amount, max(refunded)::double as refunded
       from lake.order_items group by order_id, item_no, title, quantity, amount order by all`,
    );
    return {
      orders: orders.map((row) => Object.values(row).join(" ")),
      items: items.map((row) => Object.values(row).join(" ")),
    };
  });
/** Each order as the newest export says. */
const current = async () => {
  const rows = await community.lake((lake) =>
    lake.all(
      `select order_id, arg_max(status, as_of) as status, arg_max(amount, as_of)::double as amount, arg_max(refunded, as_of)::double as refunded
       from lake.orders group by all order by 1`,
    ),
  );
  return rows.map((row) => Object.values(row).join(" "));
};
const ALL = {
  orders: ["o1 shipped 70 0", "o2 closed 60 60", "o3 paid 20 0"],
  items: [
    "o1 白茶 1 50 ",
    "o1 茶杯 2 20 ",
    "o2 白茶 1 50 50",
    "o2 茶杯 1 10 10",
    "o3 茶杯 1 10 ",
    "o3 茶杯 1 10 ",
  ],
};

it.each([
  ["the older one first", [OLDER, NEWER]],
  ["the newer one first", [NEWER, OLDER]],
  ["each twice", [OLDER, OLDER, NEWER, NEWER]],
])("%s: an order is as far as the farther export says, and has its goods once", async (_how, parts) => {
  const result = await community.import("明细.csv", below(...parts));
  expect(result).toMatchObject({ read: parts.flat().length, rejected: 0 });
  expect(result.read).toBe(result.accepted + result.duplicate);
  expect(await counted()).toEqual(ALL);
  const names = await community.lake((lake) =>
    lake.all("select count(*)::int as n from lake.orders where buyer_key is not null"),
  );
  expect(names).toEqual([{ n: 3 }]);
});

it("in the sheets of a workbook, below titles that say when: a newer word wins over a farther one", async () => {
  const grid = (title: string, rows: readonly string[]) =>
    Object.fromEntries(
      [[title], HEAD.split(","), ...rows.map((row) => row.split(","))].map((row, at) => [at + 1, row]),
    );
  const book = [
    { name: "十月", rows: grid("导出时间：2026-11-20 10:00:00", OLDER) },
    { name: "十一月", rows: grid("导出时间：2026-11-10 10:00:00", NEWER) },
  ];
  const result = await community.import("明细.xlsx", workbook(book));
  expect(result).toMatchObject({ read: 8, rejected: 0 });
  expect(await current()).toEqual(["o1 shipped 70 0", "o2 paid 60 0", "o3 paid 20 0"]);
});

it.each([
  ["in the same state", OLDER.slice(2), "o2 paid 60 0"],
  ["in a newer state", NEWER.slice(2), "o2 closed 60 60"],
])("without the second header, %s", async (_how, again, said) => {
  const o4 = "o4,已付款,2026-11-04 10:00:00,老陈,白茶,1,50,";
  const rows = [...OLDER, o4, ...again, o4, ...NEWER.slice(0, 2)];
  const result = await community.import("明细.csv", `${[HEAD, ...rows].join("\n")}\n`);
  expect(result).toMatchObject({ read: 10, rejected: 0 });
  expect((await counted()).orders).toEqual(["o1 shipped 70 0", said, "o3 paid 20 0", "o4 paid 50 0"]);
  expect(result.notes.map(({ zh }) => zh).join()).toContain("2 个订单的商品出现了不止一次，只算一次");
});

it("goods sorted by what they are stay, and one order that stands twice is only told of", async () => {
  const sorted = [0, 2, 1, 3].map((at) => OLDER[at] ?? "");
  const rows = [...sorted, ...NEWER.slice(0, 2)];
  const result = await community.import("明细.csv", `${[HEAD, ...rows, OLDER[0]].join("\n")}\n`);
  expect((await counted()).orders).toEqual(["o1 shipped 120 0", "o2 paid 60 0", "o3 paid 20 0"]);
  expect(result.notes.map(({ zh }) => zh).join()).toContain("1 个订单的商品在文件里隔开出现了两次");
});

it("a header again with its columns in other places is refused, with its line", async () => {
  const other = [HEAD, ...NEWER].map((row) => row.split(",").toReversed().join(","));
  await expect(community.import("明细.csv", `${[HEAD, ...OLDER, ...other].join("\n")}\n`)).rejects.toThrow(
    /line 6 /,
  );
  expect((await counted()).orders).toEqual([]);
});

it("an order that was parted between two pages of an export keeps all of its goods", async () => {
  const result = await community.import("明细.csv", below(OLDER.slice(0, 1), OLDER.slice(1)));
  expect(result).toMatchObject({ read: 4, accepted: 4, duplicate: 0 });
  expect((await counted()).orders).toEqual(["o1 shipped 70 0", "o2 paid 60 0"]);
});

it("goods alone, without the orders", async () => {
  const rows = ["o1,白茶,1", "o1,茶杯,1", "o1,茶杯,1", "o2,白茶,1"];
  const table = (some: readonly string[]) => ["订单,品名,件数", ...some].join("\n");
  const text = `${table(rows.slice(0, 3))}\n${table(["o1,茶杯,1", "o1,白茶,1", ...rows.slice(3)])}\n`;
  expect(await community.import("商品.csv", text)).toMatchObject({ read: 6, accepted: 4, duplicate: 2 });
  const items = await community.lake((lake) =>
    lake.all("select order_id, item_no, title from lake.order_items order by all"),
  );
  expect(items.map((row) => Object.values(row).join(" "))).toEqual([
    "o1 1 白茶",
    "o1 2 茶杯",
    "o1 3 茶杯",
    "o2 1 白茶",
  ]);
});
