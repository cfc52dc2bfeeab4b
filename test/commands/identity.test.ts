import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import type { Content, Context } from "../../src/commands/context.ts";
import { decide, suggestIdentity, undo } from "../../src/commands/identity.ts";
import { listIdentityDecisions } from "../../src/state/identity.ts";
import { withLock } from "../../src/state/lock.ts";
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

const said: string[] = [];
const context: Context = {
  content: { sql: SQL_ROOT, importers } as unknown as Content,
  effects: { out: (text) => said.push(text), log: () => undefined, now: () => NOW },
  globals: { workspace: community.root },
  lang: "zh",
};

it("lists what is asked alone, and below it both accounts with masked names", async () => {
  await suggestIdentity(context, { all: true });
  const lines = said.join("\n").split("\n");
  expect(lines).toEqual([
    expect.stringMatching(/^[0-9a-f]{10} {2}鲁\*深 {2}0 单，0 元 {2}.* {2}\[pending\]$/),
    "    鲁*深 · 小程序 · 没有订单",
    "    林*冲 · 后台导入 · 1 单 50 元，最近 2026-11-11",
  ]);
});

/** Another process at work in the workspace. */
async function holder(lock: string): Promise<ChildProcess> {
  const script = `
    import { DuckDBInstance } from "@duckdb/node-api";
    await DuckDBInstance.create(${JSON.stringify(lock)});
    console.log("held");
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
  await once(child.stdout, "data");
  return child;
}

it("decides nothing where the build that was asked for has to wait for another command", async () => {
  const { state, workspace } = community;
  const id = /^[0-9a-f]{10}/.exec(said.join("\n"))?.[0] ?? "";
  const decided = async () => (await listIdentityDecisions(state)).length;
  const whileAnotherWorks = async (work: () => Promise<void>) => {
    const other = await holder(workspace.lock);
    const told = { text: { zh: expect.stringContaining(`PID ${other.pid}`) } };
    await expect(work())
      .rejects.toMatchObject(told)
      .finally(() => other.kill("SIGKILL"));
    await once(other, "exit");
  };
  await withLock(workspace.lock, () => Promise.resolve());
  await whileAnotherWorks(() => decide(context, "reject", [id], { build: true }));
  expect(await decided()).toBe(0);
  await decide(context, "reject", [id], {});
  await whileAnotherWorks(() => undo(context, undefined, { build: true }));
  expect(await decided()).toBe(1);
  await undo(context, undefined, { build: true });
  expect(await decided()).toBe(0);
}, 120_000);
