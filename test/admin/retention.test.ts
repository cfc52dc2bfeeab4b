import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { everyFile } from "../../src/admin/files.ts";
import { verify } from "../../src/admin/verify.ts";
import { parseConfig } from "../../src/config.ts";
import { firstKept } from "../../src/ingest/retention.ts";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { applyRetention } from "../../src/warehouse/retention.ts";
import { openWorkspace } from "../../src/workspace.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

// The tests' clock stands in November 2026: with two months kept, September is the first.
const RETENTION = "retention: { messages: 2 months, orders: 2, rejects: 1 }\n";
const OLD = "wxid_canary_old";

const messages = csv(
  [
    { sender_id: OLD, sent_at: "2026-09-01 07:59:59", text: "旧口令" },
    { sender_id: "wxid_both", sent_at: "2026-08-30 10:00:00", text: "旧话" },
    { sender_id: "wxid_both", sent_at: "2026-11-10 10:00:00", text: "新话" },
    { sender_id: "wxid_new", sent_at: "2026-09-01 08:00:00", text: "留下" },
    { sender_id: "wxid_new", sent_at: "不是时间", text: OLD },
  ].map((row) => ({ group_id: "g1", sender_name: `名${row.sender_id}`, ...row })),
);
const orders = csv([
  { order_id: "o1", paid_at: "2026-08-02 12:00:00", amount: 88, buyer_id: "wxid_buyer_old", items: "a*1" },
  { order_id: "o2", paid_at: "2026-11-02 12:00:00", amount: 99, buyer_id: "wxid_both", items: "a*2" },
]);

describe("what is past its time", () => {
  let community: Community;
  const config = (text: string) => {
    writeFileSync(join(community.root, "fupan.yaml"), text);
    Object.assign(community.workspace, openWorkspace(community.root));
  };
  const applyNow = (now = NOW) => applyRetention(community.workspace, community.state, now);
  const known = async () =>
    (await community.lake((database) => database.all("select distinct raw_id from lake.contacts")))
      .map((row) => String(row["raw_id"]))
      .sort();
  beforeEach(async () => {
    community = new Community();
    await community.import("messages.csv", messages);
    await community.import("orders.csv", orders);
  });
  afterEach(() => community.remove());

  it("is deleted at the build, told and written down; without a setting nothing goes", async () => {
    expect(await applyNow()).toEqual([]);
    config(RETENTION);
    const { retired } = await build(community.workspace, community.state, readCatalog(SQL_ROOT), {
      now: NOW,
    });
    expect(retired).toEqual([
      { fact: "messages", before: "2026-09", rows: 2 },
      { fact: "order_items", before: "2026-09", rows: 1 },
      { fact: "orders", before: "2026-09", rows: 1 },
      { fact: "contacts", before: "", rows: 2 },
    ]);
    const rows = await community.lake((database) =>
      database.all("select text from lake.messages order by 1"),
    );
    expect(rows.map(({ text }) => text)).toEqual(["新话", "留下"]);
    expect(await known()).toEqual(["wxid_both", "wxid_new"]);
    const { lake, marts } = community.workspace;
    const files = [lake, marts].flatMap(everyFile);
    for (const value of [OLD, "旧口令", "wxid_buyer_old"])
      expect(files.filter((file) => readFileSync(file).includes(value) && !file.includes("rejects"))).toEqual(
        [],
      );
    expect(files.filter((file) => /marts-.*\.duckdb$/.test(file))).toHaveLength(1);
    const [entry] = await community.state.read((database) =>
      database.all("select made_by, action, detail from audit"),
    );
    expect(entry).toMatchObject({ made_by: "retention", action: "retention" });
    expect(JSON.parse(String(entry?.["detail"]))).toEqual(retired);
    expect((await verify(community.workspace, community.state)).problems).toEqual([]);
    expect(await applyNow()).toEqual([]);
    // Rejected rows are as old as their import.
    expect(await applyNow(new Date("2027-01-05T00:00:00Z"))).toContainEqual({
      fact: "rejects",
      before: "2026-12",
      rows: 1,
    });
  });

  it("does not come back with an older export, and the import says so", async () => {
    config(RETENTION);
    await applyNow();
    const again = await community.import("再导出.csv", `${messages.trimEnd()}\n`.replace("留下", "留下 "));
    expect(again).toMatchObject({ read: 5, rejected: 1 });
    expect(again.notes.map(({ zh }) => zh).join()).toContain("2 行早于 2026-09，过了保留期");
    expect(again.read).toBe(again.accepted + again.duplicate + again.rejected);
    await community.import("orders-2.csv", `${orders}o3,2026-11-03 12:00:00,5,wxid_both,a*1\n`);
    expect(await known()).toEqual(["wxid_both", "wxid_new"]);
    expect(await applyNow()).toEqual([]);
    const paid = await community.lake((database) =>
      database.all("select order_id from lake.orders order by 1"),
    );
    expect(paid.map((row) => row["order_id"])).toEqual(["o2", "o3"]);
  });
});

it("months are those of the lake (UTC), and a word for them is one", () => {
  const kept = (text: string, at: string) =>
    Object.fromEntries(firstKept(parseConfig(text, "fupan.yaml"), new Date(at)));
  expect(kept("retention: { messages: 24 个月 }", "2026-11-30T16:30:00Z")).toEqual({ messages: "2024-11" });
  expect(kept("retention: { messages: 11 }", "2026-12-01T00:00:00Z")).toEqual({ messages: "2026-01" });
  expect(kept("retention: { members: 10 months }", "2026-11-30T10:00:00Z")).toEqual({
    member_events: "2026-01",
    member_snapshots: "2026-01",
  });
  expect(kept("", "2026-11-30T16:30:00Z")).toEqual({});
  for (const wrong of [
    "retention: { messages: 0 }",
    "retention: { messages: 2 years }",
    "retention: { chats: 3 }",
  ])
    expect(() => parseConfig(wrong, "fupan.yaml")).toThrow(/retention/);
});
