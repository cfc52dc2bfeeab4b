import { afterEach, beforeEach, expect, it } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { staged } from "../support/staged.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

it("answers are known from the moment they were given", async () => {
  const answer = { respondent_id: "r1", question: "满意吗", answer: "5" };
  await community.import(
    "survey.csv",
    csv([
      { ...answer, submitted_at: "2026-11-01T10:00:00" },
      { ...answer, respondent_id: "r2", submitted_at: "2026-11-20T10:00:00" },
    ]),
  );
  expect(
    await staged(
      community,
      "select submitted_at, question, answer, is_skipped from staging.stg_survey_answers",
      "2026-11-10",
    ),
  ).toEqual([{ submitted_at: "2026-11-01T02:00:00", question: "满意吗", answer: "5", is_skipped: false }]);
});

it("an event of the calendar stated twice is one, planned events are there", async () => {
  const event = { start: "2026-12-12T10:00:00", type: "flash_sale", title: "双十二" };
  await community.import("calendar.csv", csv([event]));
  await community.import("calendar-2.csv", csv([{ ...event, planned_quantity: 300, note: "限量" }]));
  expect(
    await staged(
      community,
      "select starts_at, title, planned_quantity from staging.stg_calendar_events",
      "2026-11-10",
    ),
  ).toEqual([{ starts_at: "2026-12-12T02:00:00", title: "双十二", planned_quantity: 300 }]);
});

it("the newest list of an order's goods counts", async () => {
  const order = { order_id: "o1", paid_at: "2026-11-01T10:00:00", amount: 30 };
  await community.import("a.csv", csv([{ ...order, as_of: "2026-11-03T00:00:00", items: "tea*1;cup" }]));
  await community.import("b.csv", csv([{ ...order, as_of: "2026-11-02T00:00:00", items: "tea*2;cup;pot" }]));
  expect(
    await staged(
      community,
      "select item_no, sku, quantity from staging.stg_order_items order by item_no",
      "2026-11-10",
    ),
  ).toEqual([
    { item_no: 1, sku: "tea", quantity: 1 },
    { item_no: 2, sku: "cup", quantity: 1 },
  ]);
});

it("a title of all goods together counts until a list names them", async () => {
  const order = {
    买家会员名: "茶友",
    买家实际支付金额: "10",
    订单状态: "交易成功",
    订单创建时间: "2026-11-01 10:00:00",
    订单付款时间: "2026-11-01 10:01:00",
  };
  await community.import(
    "ExportOrderList202611031048.csv",
    csv([
      { 订单编号: "1", ...order, 宝贝标题: "杯，壶" },
      { 订单编号: "2", ...order, 宝贝标题: "盘，白" },
    ]),
  );
  const item = { 价格: "5", 购买数量: "1", 外部系统编号: "", 商品属性: "", 套餐信息: "" };
  await community.import(
    "ExportOrderDetailList202611021048.csv",
    csv(["杯", "壶"].map((title) => ({ 订单编号: "1", 标题: title, ...item }))),
  );
  expect(
    await staged(
      community,
      "select order_id, title, quantity from staging.stg_order_items order by order_id, item_no",
      "2026-11-10",
    ),
  ).toEqual([
    { order_id: "1", title: "杯", quantity: 1 },
    { order_id: "1", title: "壶", quantity: 1 },
    { order_id: "2", title: "盘，白", quantity: null },
  ]);
});

it("an empty lake stages nothing", async () => {
  for (const view of readCatalog(SQL_ROOT).staging)
    expect(await staged(community, `select * from staging.${view.id}`, "2026-11-10")).toEqual([]);
});
