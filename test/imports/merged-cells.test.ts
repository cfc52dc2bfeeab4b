import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

/* Cells of a workbook that are merged over the rows of what they say, and hold numbers: days, ids, days of a plan. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const NOON = 46346.5;

it("the day and the number of an order stand for each of its goods", async () => {
  const rows = {
    1: ["付款时间", "订单号", "实付", "客户编号", "商品"],
    2: [NOON, 10_001, 10, 88_123, "茶"],
    3: ["", "", 20, "", "杯"],
    4: ["", "", 5, "", "壶"],
    5: [NOON, 10_002, 7, 88_124, "茶"],
  };
  const merges = ["A2:A4", "B2:B4", "D2:D4"];
  community.remove();
  community = new Community(
    "tables: [{ id: mine, kind: order, columns: { paid_at: 付款时间, order_id: 订单号, amount: 实付, buyer_id: 客户编号 } }]",
  );
  const content = workbook([{ name: "订单", rows, merges }]);
  const { accepted, rejected } = await community.import("订单.xlsx", content);
  expect([accepted, rejected]).toEqual([4, 0]);
  const orders = await community.lake((lake) =>
    lake.all(
      "select order_id, amount::double as amount, status, paid_at::varchar as day from lake.orders order by 1",
    ),
  );
  expect(orders).toEqual([
    { order_id: "10001", amount: 35, status: "paid", day: "2026-11-20 12:00:00" },
    { order_id: "10002", amount: 7, status: "paid", day: "2026-11-20 12:00:00" },
  ]);
});

it("an amount stands once, whatever number stands in a column beside it", async () => {
  const rows = {
    1: ["order_id", "paid_at", "amount"],
    2: ["a1", NOON, 35],
    3: ["a2", "", ""],
  };
  const merges = ["B2:B3", "C2:C3"];
  const content = workbook([{ name: "订单", rows, merges }]);
  const { issues } = await community.import("订单.xlsx", content);
  expect(issues.map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, "amount", "missing_value"],
  ]);
});

it("the day of a plan is that of all its steps", async () => {
  const rows = {
    1: ["栏目", "编号", "任务", "第几天", "时间", "内容"],
    2: ["计划", "版本", "", "", "", "1"],
    3: ["步骤", "早", "发布", 1, "9:30", "早上好"],
    4: ["", "晚", "发布", "", "20:00", "晚安"],
  };
  const content = workbook([{ name: "SOP", rows, merges: ["A3:A4", "D3:D4"] }]);
  await community.import("sop.xlsx", content);
  const steps = await community.lake((lake) =>
    lake.all("select step_id, day::varchar as day from lake.plan_steps order by step_id"),
  );
  expect(steps).toEqual([
    { step_id: "早", day: "1" },
    { step_id: "晚", day: "1" },
  ]);
});
