import { afterEach, beforeEach, expect, it } from "vitest";
import { notices } from "../../src/review/notices.ts";
import { runQuery } from "../../src/review/query.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, SQL_ROOT } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

/* What people do to the lists that they keep in a spreadsheet program: money must not go, or come, without a word. */
let community: Community;
beforeEach(() => {
  community = new Community(`tables:
  - { id: goods, kind: order_line, columns: { order_id: 单号, paid_at: 时间, item_amount: 金额, buyer_name: 客户, status: 状态 } }
  - { id: priced, kind: order, columns: { order_id: 编号, paid_at: 时间, amount: 单价, buyer_name: 客户, status: 状态 } }
  - { id: events, kind: calendar, columns: { starts_at: 什么时候, type: 类型, title: 活动 } }
`);
});
afterEach(() => community.remove());

it("goods of an order whose later rows are blank in its time and state are paid with it; sums of a part are no order", async () => {
  const { issues } = await community.import(
    "goods.csv",
    [
      "单号,时间,金额,客户,状态",
      "A01,2026-11-10 10:00:00,50,小茶,已付款",
      "A01,,30,,",
      "A01 汇总,,80,,",
      "A02,2026-11-10 10:00:00,20,阿梅,未付款",
      "A02,,5,,",
      "A02 汇总,,25,,",
    ].join("\n"),
  );
  expect(issues).toEqual([]);
  const orders = await community.lake((lake) =>
    lake.all("select order_id, amount, status from lake.orders order by order_id"),
  );
  expect(orders).toEqual([
    { order_id: "A01", amount: 80, status: "paid" },
    { order_id: "A02", amount: 0, status: "pending" },
  ]);
});

it("20:00-22:00 is no time of another zone", async () => {
  const { accepted, issues } = await community.import(
    "events.csv",
    "什么时候,类型,活动\n2026-11-08 20:00-22:00,秒杀,双十一\n2026-11-08 20:00:00,秒杀,双十一\n2026-11-08 20:00:00-05:00,秒杀,海外\n",
  );
  expect({ accepted, issues }).toEqual({ accepted: 3, issues: [] });
  const events = await community.lake((lake) =>
    lake.all(
      "select strftime(starts_at, '%H:%M') as a, starts_at_is_utc as utc, strftime(ends_at, '%H:%M') as b from lake.calendar_events order by title, b",
    ),
  );
  expect(events.map(({ a, utc, b }) => [a, utc, b])).toEqual([
    ["20:00", false, "22:00"],
    ["20:00", false, null],
    ["01:00", true, null],
  ]);
});

it("two tables side by side are refused, with the way out", async () => {
  const twice = "order_id,paid_at,amount,,order_id,paid_at,amount\nA1,2026-11-10,5,,B1,2026-11-11,6\n";
  await expect(community.import("two.csv", twice)).rejects.toThrow(/two tables stand side by side/);
});

it("a refund of an order that nobody imported, and one above what was paid, are told of", async () => {
  const refund = (order: string, amount: string, at: string) => `${order},交易退款,${amount},${at}`;
  await community.import(
    "order_pdd.csv",
    "商品,订单号,订单状态,用户实付金额(元),商家实收金额(元),商品数量(件),支付时间,售后状态\n茶,261110-1,已收货,50.00,50.00,1,2026-11-10 10:00:00,无售后或售后取消\n",
  );
  await community.import(
    "pdd_bill.csv",
    [
      "商户订单号,账务类型,支出金额（-元）,发生时间",
      refund("261110-1", "-50.00", "2026-11-11 10:00:00"),
      refund("261110-1", "-30.00", "2026-11-12 10:00:00"),
      refund("260901-7", "-12.50", "2026-11-12 10:00:00"),
    ].join("\n"),
  );
  await community.build("2026-11-16 00:00:00");
  const reader = new GenerationReader(community.workspace.marts);
  const rows = await reader.read((database) =>
    notices((query) => runQuery(database, readCatalog(SQL_ROOT), query, { week: "2026-11-09" })),
  );
  reader.close();
  const told = (rows ?? []).filter(({ code }) => String(code).startsWith("refunds_"));
  expect(told.map(({ zh }) => String(zh))).toEqual([
    expect.stringMatching(/^售后、账单里有 1 个订单的退款比实付还多（多出 30\.00）/),
    expect.stringMatching(/^售后、账单里有 1 个订单的退款（共 12\.50）在订单文件里找不到/),
  ]);
});

it("the same order in a shop's export and in a list of one's own is told of, once it is there", async () => {
  const catalog = readCatalog(SQL_ROOT);
  const told = async () => {
    await community.build("2026-11-16 00:00:00");
    const reader = new GenerationReader(community.workspace.marts);
    const rows = await reader.read((database) =>
      notices((query) => runQuery(database, catalog, query, { week: "2026-11-09" })),
    );
    reader.close();
    return (rows ?? []).filter(({ code }) => code === "orders_twice").map(({ zh }) => String(zh));
  };
  await community.import(
    "有赞订单.csv",
    "订单号,订单状态,订单创建时间,付款时间,订单实付金额,订单已退款金额,买家姓名,买家手机号,全部商品名称\nE2026111000000001,交易完成,2026-11-10 10:00:00,2026-11-10 10:00:30,45.00,0.00,小满,19900000011,龙井\n",
  );
  await community.import("a.csv", "order_id,paid_at,amount\nE2026111000000002,2026-11-10 10:00:00,5\n");
  expect(await told()).toEqual([]);
  await community.import("b.csv", "order_id,paid_at,amount\nE2026111000000001,2026-11-10 10:00:00,45\n");
  expect(await told()).toEqual([expect.stringMatching(/^1 个订单号同一天在两个来源里都有/)]);
});

it("what one piece costs, times how many there were, is what was paid", async () => {
  const { issues, notes } = await community.import(
    "priced.csv",
    [
      "编号,时间,单价,数量,客户,状态",
      "K01,2026-11-10 10:00:00,10,3,小茶,已付款",
      "K02,2026-11-10 10:00:00,￥12.50,2斤,阿梅,已付款",
      "K03,2026-11-10 10:00:00,8,,小满,已付款",
      "K04,2026-11-10 10:00:00,8,几个,小满,已付款",
    ].join("\n"),
  );
  const orders = await community.lake((lake) =>
    lake.all("select order_id, amount from lake.orders order by order_id"),
  );
  expect(orders.map(({ order_id, amount }) => [order_id, amount])).toEqual([
    ["K01", 30],
    ["K02", 25],
    ["K03", 8],
  ]);
  expect(issues.map(({ line, code }) => [line, code])).toEqual([[5, "bad_number"]]);
  expect(notes.map(({ zh }) => zh)).toEqual([expect.stringMatching(/^「单价」乘以「数量」算作金额/)]);
  // Without a column of quantities the price is all there is.
  await community.import("one.csv", "编号,时间,单价,客户,状态\nK05,2026-11-10 10:00:00,7,小茶,已付款\n");
  const [one] = await community.lake((lake) =>
    lake.all("select amount from lake.orders where order_id = 'K05'"),
  );
  expect(one).toEqual({ amount: 7 });
});

it("a column that the map of columns names and the next week's file has under another name is a warning", async () => {
  const header = (state: string) => `编号,时间,单价,客户,${state}\n`;
  const told = async (name: string, state: string, id: string) => {
    const { issues } = await community.import(
      name,
      `${header(state)}${id},2026-11-10 10:00:00,7,小茶,未付款\n`,
    );
    return issues.map(({ line, column, code, accepted }) => [line, column, code, accepted]);
  };
  expect(await told("a.csv", "状态", "K06")).toEqual([]);
  expect(await told("b.csv", "付款状态", "K07")).toEqual([[1, "状态", "mapped_column_missing", true]]);
});

it("an id in full-width letters is the id that other files have; a name is as it is written", async () => {
  await community.import(
    "wide.csv",
    [
      "order_id,paid_at,amount,buyer_id,group_id",
      "A12,2026-11-10 10:00:00,10,u1,Ａ群",
      "Ａ１２,2026-11-10 10:00:00,10,ｕ１,ＡＢ",
      "a12,2026-11-10 10:00:00,10,U1,茶友",
      "单１,2026-11-10 10:00:00,10,u1,茶友",
    ].join("\n"),
  );
  const orders = await community.lake((lake) =>
    lake.all(
      "select order_id, count(*)::int as n, count(distinct buyer_key)::int as buyers, list(distinct group_id order by group_id) as groups from lake.orders group by order_id order by order_id",
    ),
  );
  expect(orders).toEqual([
    { order_id: "A12", n: 2, buyers: 1, groups: ["Ａ群", "ＡＢ"] },
    { order_id: "a12", n: 1, buyers: 1, groups: ["茶友"] },
    { order_id: "单１", n: 1, buyers: 1, groups: ["茶友"] },
  ]);
});

it("rows that a filter hides are read, sheets out of view are not, and both are told of", async () => {
  const header = ["order_id", "paid_at", "amount"];
  const { accepted, notes } = await community.import(
    "book.xlsx",
    workbook([
      {
        name: "十一月",
        hidden: [3],
        rows: { 1: header, 2: ["H01", "2026-11-10", 5], 3: ["H02", "2026-11-11", 6] },
      },
      { name: "旧表", state: "hidden", rows: { 1: header, 2: ["H03", "2026-10-10", 7] } },
    ]),
  );
  expect(accepted).toBe(2);
  expect(notes.map(({ zh }) => zh)).toEqual([
    expect.stringMatching(/^表里有 1 行是隐藏的/),
    expect.stringMatching(/^隐藏的工作表没有读：旧表/),
  ]);
});

it("a member of A群、B群 is told of: that is one group by its name", async () => {
  const groups = ["A群", "A群、B群", "宝妈群（一）/宝妈群（二）", "团购、拼单群", "茶友群，周末"];
  const { accepted, issues } = await community.import(
    "members.csv",
    ["group_id,member_id,joined_at", ...groups.map((one, at) => `${one},m${at},2026-10-01`)].join("\n"),
  );
  expect({ accepted, told: issues.map(({ line, code }) => [line, code]) }).toEqual({
    accepted: 5,
    told: [
      [3, "several_groups"],
      [4, "several_groups"],
    ],
  });
});
