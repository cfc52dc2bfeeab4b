import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { importerOf } from "../../src/commands/column-maps.ts";
import { parseConfig } from "../../src/config.ts";
import { importFile } from "../../src/ingest/import-file.ts";
import { ImportSession } from "../../src/ingest/session.ts";
import { isWrapped } from "../../src/ingest/unwrap.ts";
import { Community, csv } from "../support/community.ts";
import { staged } from "../support/staged.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const HEADER = {
  订单号: "",
  订单创建时间: "",
  买家付款时间: "",
  订单实付金额: "",
  订单已退款金额: "",
  订单状态: "",
};
const row = (over: Partial<Record<keyof typeof HEADER, string>>) => ({
  ...HEADER,
  订单号: "E20261116090000000000001",
  订单创建时间: "2026-11-16 09:00:00",
  买家付款时间: "2026-11-16 09:01:00",
  订单实付金额: "100.00",
  订单已退款金额: "0",
  订单状态: "已发货",
  ...over,
});

describe("a file that a spreadsheet program saved anew", () => {
  it.each([
    ["an id in scientific notation", { 订单号: "2.02611E+22" }, /1\.23E\+18/],
    ["a date with slashes", { 买家付款时间: "2026/11/16 9:01" }, /2026\/11\/16/],
  ])("is refused whole for %s", async (_what, over, says) => {
    await expect(community.import("orders.csv", csv([row({}), row(over)]))).rejects.toThrow(says);
    expect(await community.lake((database) => database.all("from lake.orders"))).toEqual([]);
  });
});

it("an older export moves no status back, in any order of importing", async () => {
  const exports = [
    ["1795399200_a.csv", row({ 订单状态: "交易完成", 订单已退款金额: "30" })],
    ["1795300000_b.csv", row({ 订单状态: "待付款", 买家付款时间: "" })],
    ["renamed.csv", row({ 订单状态: "已发货" })],
  ] as const;
  const answers = [];
  for (const order of [exports, exports.toReversed()]) {
    const other = new Community();
    for (const [name, one] of order) await other.import(name, csv([one]));
    answers.push(
      await staged(other, "select status, amount, refunded from staging.stg_orders", "2026-11-24"),
    );
    other.remove();
  }
  expect(answers).toEqual([1, 2].map(() => [{ status: "completed", amount: 100, refunded: 30 }]));
});

describe("an amount that was cut off with its file", () => {
  const HEAD = "order_id,paid_at,status,items,amount\n";
  const row = (id: string, amount: string) => `${id},2026-11-16 10:00:00,paid,cup*2,${amount}`;
  const whole = `${HEAD}${row("o1", "100.50")}\n${row("o2", "20000")}\n${row("o3", "300")}\n`;
  const cut = whole.slice(0, whole.indexOf("20000") + 2);

  it.each([
    ["first", [cut, whole]],
    ["later", [whole, cut]],
  ])("and came in %s is the whole one", async (_, files) => {
    for (const text of files) await community.import("orders.csv", text);
    expect(
      await community.query("select order_id, paid_amount from marts.orders order by all", "2026-11-23"),
    ).toEqual([
      { order_id: "o1", paid_amount: 100.5 },
      { order_id: "o2", paid_amount: 20_000 },
      { order_id: "o3", paid_amount: 300 },
    ]);
  });

  it.each([
    ["a number", cut, true],
    ["a number and a line end", whole, false],
    ["a text", `${HEAD.trim()},buyer_name\n${row("o1", "20")},小周`, false],
    ["a quoted number", `${HEAD}o1,2026-11-16 10:00:00,paid,cup*2,"20"`, false],
  ])("is asked about where a file ends in %s", async (_, text, isAsked) => {
    const { notes, accepted } = await community.import("o.csv", text);
    expect(accepted).toBeGreaterThan(0);
    expect(notes.filter(({ en }) => en.includes("cut off")).length).toBe(isAsked ? 1 : 0);
  });
});

it("the object of an importer works as YAML", async () => {
  const { tables } = parseConfig(
    `tables:
  - id: my-shop
    kind: order_line
    columns: { order_id: 单号, item_amount: 实付, title: 品名, quantity: 件数, paid_at: 时间, status: 状态 }
    status: { 好了: completed, 退了: closed full }
    defaults: { shop_id: mine }
    derive: { coupon: "upper(title)" }
`,
    "fupan.yaml",
  );
  const path = `${community.root}/mine.csv`;
  const line = { 单号: "1", 时间: "2026-11-16 09:00:00", 件数: 1 };
  writeFileSync(
    path,
    csv([
      { ...line, 实付: "5", 品名: "tea", 状态: "好了" },
      { ...line, 实付: "3", 品名: "cup", 状态: "退了" },
    ]),
  );
  const session = await ImportSession.open(community.workspace, community.state);
  await importFile(path, [...importers, ...tables.map((one) => importerOf(one, importers))], session, {
    now: new Date("2026-11-24"),
  });
  await session.flush();
  session.close();
  expect(
    await community.lake((database) =>
      database.all("select shop_id, status, amount, refunded from lake.orders"),
    ),
  ).toEqual([{ shop_id: "mine", status: "completed", amount: 8, refunded: 3 }]);
});

it("SQL in a map is an expression over columns", () => {
  const map = (sql: string) =>
    `tables: [{id: x, kind: order, columns: {order_id: a}, derive: {coupon: "${sql}"}}]`;
  expect(() => parseConfig(map("(select content from read_text('/etc/hosts'))"), "fupan.yaml")).toThrow(
    /derive/,
  );
});

it("cells in the form of a formula are seen", () => {
  expect(isWrapped('="123",x\n')).toBe(true);
  expect(isWrapped('x,"a=""b"""\n')).toBe(false);
});
