import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { gbk } from "../../fixtures/demo/gbk.ts";
import { type DemoPlan, writeDemo } from "../../fixtures/demo/index.ts";
import { planSchema } from "../../src/kit/plan.ts";

let dir: string;
let plan: DemoPlan;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "fupan-demo-"));
  plan = await writeDemo(dir);
});
afterAll(() => rm(dir, { recursive: true }));

const of = (importer: string) => plan.files.filter((file) => file.importer === importer);
const text = async (path: string) => {
  const bytes = await readFile(join(dir, path));
  return new TextDecoder(path.startsWith("有赞") ? "gb18030" : "utf-8", { fatal: true }).decode(bytes);
};
const table = async (path: string) => {
  const { data, errors } = Papa.parse<string[]>(await text(path), { skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
};

test("the plan lists what was written", async () => {
  for (const { path, bytes } of plan.files)
    expect((await readFile(join(dir, path))).length, path).toBe(bytes);
  expect(plan.groups).toHaveLength(9);
  expect(plan.weeks.map(({ week }) => week).filter((_, at) => at % 25 === 0)).toEqual([
    "2026-W22",
    "2026-W47",
  ]);
  expect(plan.weeks.at(-1)).toEqual({ week: "2026-W47", from: "2026-11-16", to: "2026-11-22" });
  expect(plan.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(15e6);
});

test("the archive is one object per line with unique ids", async () => {
  const ids = new Set<string>();
  const types = new Set<string>();
  let lines = 0;
  for (const { path } of of("wecom-archive")) {
    for (const line of (await text(path)).trimEnd().split("\n")) {
      const one = JSON.parse(line) as { msgid: string; from: string; msgtype: string; msgtime: number };
      ids.add(one.msgid);
      types.add(one.msgtype);
      lines++;
      expect(Number.isSafeInteger(one.msgtime)).toBe(true);
      expect(one.from).toMatch(/^(wm[\w-]{30}|wb[\w-]{20,}|qh_\w+)$/);
    }
  }
  expect(ids.size).toBe(lines);
  const kinds = "text image emotion voice link weapp external_redpacket revoke mixed file".split(" ");
  expect(types).toEqual(new Set(kinds));
});

test("member lists are groupchat/get answers", async () => {
  const files = of("wecom-groupchat");
  expect(files).toHaveLength(4 * 5 + 6);
  for (const { path, asOf } of files) {
    const { group_chat: chat } = JSON.parse(await text(path)) as {
      group_chat: { chat_id: string; member_list: { userid: string; join_time: number }[] };
    };
    expect(path).toContain(chat.chat_id);
    const taken = Date.parse(asOf ?? "") / 1000;
    expect(chat.member_list.length).toBeGreaterThan(100);
    expect(chat.member_list.every(({ join_time }) => join_time <= taken)).toBe(true);
    expect(new Set(chat.member_list.map(({ userid }) => userid)).size).toBe(chat.member_list.length);
  }
});

test("every group has a member list of each Sunday, in the table or as an answer", async () => {
  const sundays = new Map<string, Set<string>>();
  for (const [group, , , , , , , , taken] of (await table("企业微信/成员周快照.csv")).slice(1)) {
    sundays.set(group ?? "", (sundays.get(group ?? "") ?? new Set()).add(taken?.slice(0, 10) ?? ""));
  }
  for (const { id } of plan.groups.filter(({ kind }) => kind === "retail")) {
    for (const { to } of plan.weeks) {
      const answer = of("wecom-groupchat").some(
        ({ path, asOf }) => path.includes(id) && asOf?.startsWith(to),
      );
      expect(answer || sundays.get(id)?.has(to), `${id} ${to}`).toBe(true);
    }
  }
});

test("every table has the same number of cells in each row", async () => {
  for (const { path } of plan.files.filter((file) => file.path.endsWith(".csv"))) {
    const widths = new Set((await table(path)).map((row) => row.length));
    expect([...widths], path).toHaveLength(1);
    if (path.startsWith("有赞")) expect([...widths]).toEqual([60]);
  }
});

test("MemoTrace tables start with a BOM and hold notices, quotes and line breaks", async () => {
  for (const { path } of of("memotrace-csv")) {
    expect([...(await readFile(join(dir, path))).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  }
  const rows = await table("微信群/2026-11-23/青禾阳台种菜小组.csv");
  const notices = rows.filter((row) => row[2] === "10000").map((row) => row[7] ?? "");
  expect(notices.some((line) => /^"[^"]+"邀请"[^"]+"加入了群聊$/.test(line))).toBe(true);
  expect(notices.some((line) => /^"[^"]+"通过扫描(你|"[^"]+")分享的二维码加入群聊$/.test(line))).toBe(true);
  expect(notices.some((line) => line.endsWith('" 撤回了一条消息'))).toBe(true);
  expect(rows.some((row) => row[3] === "57" && row[7]?.includes("\n引用:"))).toBe(true);
});

test("two exports of one chat overlap and agree", async () => {
  const [early, late] = await Promise.all([
    table("微信群/2026-09-14/青禾晚读小组.csv"),
    table("微信群/2026-11-23/青禾晚读小组.csv"),
  ]);
  const known = new Map(late.map((row) => [row[0], row.join("|")]));
  const shared = early.slice(1).filter((row) => known.has(row[0]));
  expect(shared.length).toBeGreaterThan(300);
  for (const row of shared) expect(known.get(row[0])).toBe(row.join("|"));
});

test("orders are seen paid first and refunded in a later export", async () => {
  const seen = new Map<string, string>();
  let later = 0;
  for (const { path } of of("youzan-orders")) {
    for (const row of (await table(path)).slice(1)) {
      const [id, status, refunded] = [row[0] ?? "", row[4] ?? "", row[43] ?? ""];
      if (seen.get(id) === "交易完成" && status === "交易关闭" && refunded !== "0.00") later++;
      seen.set(id, status);
    }
  }
  expect(later).toBeGreaterThan(10);
  expect(new Set(seen.values())).toEqual(new Set(["交易关闭", "交易完成", "已发货", "待付款", "待发货"]));
});

test("the SOP plans keep to the schema", async () => {
  for (const { path } of of("fupan-plan")) {
    const checked = planSchema.safeParse(parse(await text(path), { schema: "core" }));
    expect(checked.error?.issues ?? []).toEqual([]);
    expect(checked.data?.steps.length).toBeGreaterThan(4);
  }
});

test("no phone could be anybody's", async () => {
  for (const { path } of plan.files) {
    const phones = (await text(path)).matchAll(/(?<![\dA-Za-z])1[3-9]\d{9}(?![\dA-Za-z])/g);
    for (const [phone] of phones) expect(phone, path).toMatch(/^1990000\d{4}$/);
  }
});

test("GBK survives a round trip and refuses what it lacks", () => {
  const words = "订单号,青禾生活·城西《一》12.50——";
  expect(new TextDecoder("gb18030").decode(gbk(words))).toBe(words);
  expect(() => gbk("😄")).toThrow("not in GBK");
});
