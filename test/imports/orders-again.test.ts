import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { Community } from "../support/community.ts";
import { staged } from "../support/staged.ts";

/*
 * A shop's orders exported again ten hours later: one order was refunded meanwhile, all others are alike. That order
 * changes and no other; the older export, imported once more under another name, changes nothing back.
 */
const FIXTURES = new URL("../../fixtures/orders/", import.meta.url).pathname;

interface Case {
  file?: string;
  /** What stands in every line of the order, and what changes in them. */
  order: string;
  swap: readonly (readonly [string, string])[];
  /** What is then known of it: status, paid back, in full or in part. */
  now: readonly [status: string, refunded: number, state: string];
}

const CASES: Readonly<Record<string, Case>> = {
  // The report knows no refunds: what was shipped and is cancelled was not paid.
  "amazon-orders": {
    order: "111-0000001-0000001",
    swap: [["B000000001\tShipped\t", "B000000001\tCancelled\t"]],
    now: ["closed", 0, "none"],
  },
  "douyin-orders": {
    file: "1795399200_抖店订单.csv",
    order: "6926111600000000201",
    swap: [
      ['"已发货","","-"', '"已关闭","","退款成功"'],
      ['"已发货","","退款成功"', '"已关闭","","退款成功"'],
    ],
    now: ["closed", 118, "full"],
  },
  "fupan-orders": {
    order: "F3,",
    swap: [
      ["F3,,30", "F3,2026-11-20 09:00:00,30"],
      ["pending", "refunded"],
    ],
    now: ["closed", 30, "full"],
  },
  "jd-orders": { order: "300000000401", swap: [["完成", "(删除)等待出库"]], now: ["closed", 163, "full"] },
  "kuaituantuan-orders": {
    file: "白茶团.csv",
    order: ",301,0,",
    swap: [["301,0,已发货", "301,301,已退款"]],
    now: ["closed", 301, "full"],
  },
  "pdd-orders": {
    order: "261116-100000000000301",
    swap: [
      ["已签收", "已发货，退款成功"],
      ["无售后或售后取消", "退款成功"],
    ],
    now: ["closed", 1118, "full"],
  },
  // Neither list has a state: somebody took a thing off.
  "qunjielong-items": {
    file: "接龙商品_202611162200.csv",
    order: "1,1,某人",
    swap: [["301", "256"]],
    now: ["paid", 0, "none"],
  },
  "qunjielong-orders": {
    file: "接龙订单_202611162200.csv",
    order: ",301",
    swap: [["301", "256"]],
    now: ["paid", 0, "none"],
  },
  "shopify-orders": {
    order: "#2001",
    swap: [
      ["partially_refunded", "refunded"],
      [",30.00,,,,,,'550001", ",125.00,,,,,,'550001"],
    ],
    now: ["closed", 125, "full"],
  },
  "taobao-orders": {
    order: "2026111600000000101",
    swap: [
      ["交易成功", "交易关闭"],
      ['"0.00","","2026-11-20', '"118.00","","2026-11-20'],
    ],
    now: ["closed", 118, "full"],
  },
  "taobao-mall-orders": {
    order: "2026111700000000101",
    swap: [["交易成功", "交易关闭"]],
    now: ["closed", 80, "full"],
  },
  "wechat-shop-orders": {
    file: "微信小店订单_202611231000.csv",
    order: "3720000000000000501",
    swap: [
      [",,已发货,", ",,订单取消,"],
      [",,0.00", ",,128.00"],
    ],
    now: ["closed", 173, "full"],
  },
  "woocommerce-orders": {
    file: "orders-2026-11-23.csv",
    order: "3001,",
    swap: [
      ["Completed", "Refunded"],
      ["15.00,75.00", "75.00,75.00"],
    ],
    now: ["closed", 75, "full"],
  },
  "xiaoe-orders": {
    order: "o_1763258400_tea01",
    swap: [
      ['"after_sale_show_state": 0', '"after_sale_show_state": 3'],
      ['"order_state": 4, "order_close_type": 0', '"order_state": 5, "order_close_type": 4'],
      ['"refund_records": []', '"refund_records": [{"refund_state": 2, "refund_amount": 29900}]'],
    ],
    now: ["closed", 299, "full"],
  },
  "xiaoe-table": {
    order: "o_1763258400_tea11",
    swap: [
      ["199.00,0.00,已完成,", "199.00,199.00,已关闭,全额退款"],
      ["100.00,40.00,已完成,部分退款", "100.00,100.00,已关闭,全额退款"],
    ],
    now: ["closed", 299, "full"],
  },
  "xiaohongshu-orders": {
    order: "P700000000000000601",
    swap: [["已完成,无售后", "已关闭,退款成功"]],
    now: ["closed", 163, "full"],
  },
  "youzan-orders": {
    file: "有赞订单_202611230905.csv",
    order: "E20261116090000000000001",
    swap: [
      ["交易完成", "交易关闭"],
      [",,,,,0.00,", ',,,,全额退款成功,"1,117.80",'],
    ],
    now: ["closed", 1117.8, "full"],
  },
};

it("there is a case for every list of orders", () => {
  const lists = importers.filter(({ kind }) => kind === "order" || kind === "order_line").map(({ id }) => id);
  expect(new Set(Object.keys(CASES))).toEqual(new Set(lists));
});

describe.each(Object.entries(CASES))("%s", (id, { file, order, swap, now }) => {
  it("only the order that was refunded changes, and nothing changes back", async () => {
    const folder = join(FIXTURES, id);
    const name = file ?? readdirSync(folder).find((one) => !one.includes(".expected.")) ?? "";
    const old = textOf(readFileSync(join(folder, name)));
    let swapped = 0;
    const later = old
      .split("\n")
      .map((line) => {
        if (!line.includes(order)) return line;
        const next = swap.reduce((text, [from, to]) => text.replace(from, to), line);
        if (next !== line) swapped++;
        return next;
      })
      .join("\n");
    expect(swapped).toBeGreaterThan(0);
    const community = new Community();
    try {
      const orders = () =>
        staged(
          community,
          "select * exclude (row_key, amount, refunded), amount::double as amount, refunded::double as refunded from staging.stg_orders order by order_id",
          "2026-11-24",
        );
      await community.import(name, old, { asOf: "2026-11-23T10:00:00" });
      const before = await orders();
      await community.import(name, later, { asOf: "2026-11-23T20:00:00" });
      const after = await orders();
      const changed = after.filter((one, at) => JSON.stringify(one) !== JSON.stringify(before[at]));
      expect(changed.map(({ status, refunded, refund_state }) => [status, refunded, refund_state])).toEqual([
        now,
      ]);
      expect(after.length).toBe(before.length);
      await community.import(name, `${old}\n`, { asOf: "2026-11-23T10:00:00" });
      expect(await orders()).toEqual(after);
    } finally {
      community.remove();
    }
  });
});

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
