import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

/*
 * A list of orders that somebody keeps, given its columns on the imports page or in fupan.yaml. Of an order that was cancelled,
 * never paid or paid back nothing is sold, whatever stands in its column of amounts.
 */
const COLUMNS = "order_id: 单号, paid_at: 时间, amount: 金额, buyer_id: 客户, status: 状态, refunded: 退款";
const row = (状态: string, 退款 = "") => ({
  单号: `${状态}${退款}`,
  时间: "2026-11-10 10:00:00",
  金额: "10",
  客户: "m1",
  状态,
  退款,
});

async function sold(map: string, rows: readonly ReturnType<typeof row>[]) {
  const community = new Community(`tables:\n  - { id: mine, kind: order, ${map} }\n`);
  try {
    const { importer, issues } = await community.import("list.csv", csv([...rows]));
    expect(importer).toBe("mine");
    const orders = await community.lake((lake) =>
      lake.all("select order_id, status, (amount - refunded)::double as net from lake.orders"),
    );
    return {
      net: Object.fromEntries(orders.map(({ order_id, status, net }) => [order_id, [status, net]])),
      told: issues.map(({ line, code }) => [line, code]),
    };
  } finally {
    community.remove();
  }
}

it("an order is what its list says of it in the words that people use", async () => {
  const rows = [
    row("已完成"),
    row("退款成功"),
    row("已退款", "0"),
    row("已退款", "4"),
    row("部分退款", "4"),
    row("已取消"),
    row("待付款"),
    row("Refunded"),
    row("", "3"),
    row("退了一半"),
  ];
  expect(await sold(`columns: { ${COLUMNS} }`, rows)).toEqual({
    net: {
      已完成: ["completed", 10],
      退款成功: ["closed", 0],
      已退款0: ["closed", 0],
      已退款4: ["closed", 6],
      部分退款4: ["paid", 6],
      已取消: ["closed", 0],
      待付款: ["pending", 0],
      Refunded: ["closed", 0],
      "3": ["paid", 7],
      退了一半: ["paid", 10],
    },
    told: [
      [3, "refund_amount_assumed"],
      [4, "refund_amount_assumed"],
      [9, "refund_amount_assumed"],
      [11, "unknown_status"],
    ],
  });
});

it("what the map itself says of a word comes first", async () => {
  const map = `columns: { ${COLUMNS} }, status: { 退了一半: paid partial, 已取消: paid }`;
  expect((await sold(map, [row("退了一半", "5"), row("已取消"), row("退款成功")])).net).toEqual({
    退了一半5: ["paid", 5],
    已取消: ["paid", 10],
    退款成功: ["closed", 0],
  });
});

it("the map that the document shows is one", async () => {
  const document = readFileSync(new URL("../../docs/tables.md", import.meta.url), "utf8");
  const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(document) ?? [];
  const community = new Community(yaml);
  try {
    const rows = ["已寄走", "已退款"].map((状态, at) => ({
      单号: `d${at}`,
      时间: "2026-11-10",
      实收: "￥12",
      客户: "m1",
      状态,
    }));
    expect(await community.import("list.csv", csv(rows))).toMatchObject({
      importer: "my-orders",
      accepted: 2,
    });
    const orders = await community.lake((lake) =>
      lake.all("select status, (amount - refunded)::double as net from lake.orders order by order_id"),
    );
    expect(orders).toEqual([
      { status: "shipped", net: 12 },
      { status: "closed", net: 0 },
    ]);
  } finally {
    community.remove();
  }
});

it.each([
  [
    "付款",
    { 是: ["paid", 10], "√": ["paid", 10], 否: ["pending", 0], "×": ["pending", 0], 已退款: ["closed", 0] },
  ],
  ["是否退款", { 是: ["closed", 0], 否: ["paid", 10] }],
  ["发货了没", { Y: ["shipped", 10], n: ["paid", 10] }],
  ["已收货", { 是: ["completed", 10], 没: ["paid", 10] }],
  ["状态", { 是: ["paid", 10] }],
])("yes and no mean what the column %s asks", async (header, states) => {
  const community = new Community(
    `tables:\n  - { id: mine, kind: order, columns: { order_id: 单号, paid_at: 时间, amount: 金额, status: ${header} } }\n`,
  );
  try {
    const rows = Object.keys(states).map((word) => ({
      单号: word,
      时间: "2026-11-10",
      金额: "10",
      [header]: word,
    }));
    await community.import("list.csv", csv(rows));
    const orders = await community.lake((lake) =>
      lake.all("select order_id, status, (amount - refunded)::double as net from lake.orders"),
    );
    expect(Object.fromEntries(orders.map(({ order_id, status, net }) => [order_id, [status, net]]))).toEqual(
      states,
    );
  } finally {
    community.remove();
  }
});

it("who paid is not told by an empty cell, nor by an empty day: the one is told of, the other refused", async () => {
  const community = new Community(
    "tables:\n  - { id: mine, kind: order, columns: { order_id: 单号, paid_at: 日期, amount: 金额, status: 付款 } }\n",
  );
  try {
    const { accepted, issues } = await community.import(
      "list.csv",
      "单号,日期,金额,付款\nA1,2026-11-10,10,√\nA2,2026-11-10,10,\nA3,,10,\nA4,,10,√\nA5,,10,否\n",
    );
    expect(accepted).toBe(4);
    expect(issues.map(({ line, code, accepted: isIn }) => [line, code, isIn === true])).toEqual([
      [4, "neither_time_nor_state", false],
      [3, "status_blank", true],
      [5, "no_time", true],
    ]);
  } finally {
    community.remove();
  }
});
