import { afterAll, beforeAll, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import type { Content, Context } from "../../src/commands/context.ts";
import { suggestIdentity } from "../../src/commands/identity.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

const customers = csv([
  { person_key: "c1", name: "林冲冲", phone: "19900000003", platform: "后台导入" },
  { person_key: "c2", name: "鲁智深", phone: "19900000003", platform: "小程序" },
]);
const orders = csv([
  { order_id: "o1", paid_at: "2026-11-11 00:30:00", amount: 50, buyer_id: "c1", buyer_name: "" },
]);

const community = new Community();
beforeAll(async () => {
  await community.import("customers.csv", customers);
  await community.import("orders.csv", orders);
  await community.build("2026-11-16T00:00:00");
}, 120_000);
afterAll(() => community.remove());

it("lists what is asked alone, and below it both accounts with masked names", async () => {
  const said: string[] = [];
  const context: Context = {
    content: { sql: SQL_ROOT, importers } as unknown as Content,
    effects: { out: (text) => said.push(text), log: () => undefined, now: () => NOW },
    globals: { workspace: community.root },
    lang: "zh",
  };
  await suggestIdentity(context, { all: true });
  const lines = said.join("\n").split("\n");
  expect(lines).toEqual([
    expect.stringMatching(/^[0-9a-f]{10} {2}鲁\*深 {2}0 单，0 元 {2}.* {2}\[pending\]$/),
    "    鲁*深 · 小程序 · 没有订单",
    "    林*冲 · 后台导入 · 1 单 50 元，最近 2026-11-11",
  ]);
});
