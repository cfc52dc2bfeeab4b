import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/*
 * Files that say different things of the same people, groups, orders and messages: names that change, lists of
 * different days, exports that overlap, states that are older, a phone on two ids.
 */
const member = (member_id: string, name: string, over: Record<string, string> = {}) => ({
  group_id: "g1",
  group_name: "茶友群",
  member_id,
  name,
  role: "member",
  joined_at: "2026-10-01 10:00:00",
  phone: "",
  ...over,
});
const said = (sender_id: string, sender_name: string, at: string, over: Record<string, string> = {}) => ({
  group_id: "g1",
  group_name: "茶友群",
  sender_id,
  sender_name,
  sent_at: `2026-11-${at}`,
  text: "求推荐 😊",
  message_id: `${sender_id}-${at}`,
  ...over,
});
const order = (order_id: string, over: Record<string, string | number> = {}) => ({
  order_id,
  buyer_id: "",
  phone: "",
  buyer_name: "",
  paid_at: "2026-11-11 12:00:00",
  amount: 100,
  refunded: 0,
  ...over,
});
const FILES: Readonly<Record<string, string>> = {
  "list-1.csv": csv([
    member("m1", "阿一", { snapshot_at: "2026-11-01 09:00:00", phone: "19900000001" }),
    member("m2", "阿二", { snapshot_at: "2026-11-01 09:00:00", level: "普通" }),
    member("m3", "阿三", { snapshot_at: "2026-11-01 09:00:00" }),
  ]),
  "list-2.csv": csv([
    member("m1", "阿一改名", { snapshot_at: "2026-11-10 09:00:00", phone: "19900000001" }),
    member("m2", "阿二", { snapshot_at: "2026-11-10 09:00:00", level: "VIP", role: "staff" }),
    member("m4", "阿四", { snapshot_at: "2026-11-10 09:00:00", joined_at: "2026-11-05 10:00:00" }),
  ]),
  "chat-1.csv": csv([
    said("m1", "阿一", "09 08:00:00"),
    said("m2", "阿二", "09 08:00:00"),
    said("m3", "老三", "12 09:00:00"),
    said("m1", "阿一", "12 09:00:00"),
  ]),
  "chat-2.csv": csv([
    said("m3", "老三", "12 09:00:00"),
    said("m1", "新一", "12 09:00:00"),
    said("m5", "路人", "13 09:00:00"),
    said("m4", "阿四", "17 20:00:00"),
  ]),
  "orders-old.csv": csv([
    order("o1", { buyer_id: "m1", as_of: "2026-11-12 00:00:00" }),
    order("o2", { buyer_name: "阿四", as_of: "2026-11-12 00:00:00" }),
    order("o3", { phone: "19900000001", as_of: "2026-11-12 00:00:00", amount: 40 }),
  ]),
  "orders-new.csv": csv([
    order("o1", { buyer_id: "m1", as_of: "2026-11-20 00:00:00", refunded: 100 }),
    order("o2", { buyer_name: "阿四", as_of: "2026-11-12 00:00:00" }),
    order("o4", { buyer_id: "m3", as_of: "2026-11-20 00:00:00", paid_at: "2026-11-18 12:00:00" }),
  ]),
  "contacts.csv": csv([
    { person_key: "x1", name: "小号", phone: "19900000001", platform: "小程序" },
    { person_key: "m4", name: "阿四", phone: "", platform: "小程序" },
  ]),
  "calendar.csv": csv([
    { start: "2026-11-16 10:00:00", type: "flash_sale", title: "双十一返场", group_id: "g1" },
    { start: "2026-11-16 10:00:00", type: "topic", title: "泡茶", group_id: "g1" },
  ]),
};
/** Files of other kinds that speak of the same orders, surveys and groups, by their name: those of the samples, and older ones. */
const sample = (path: string) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));
const DOUYIN = sample("orders/douyin-orders/1795399200_抖店订单.csv").toString("utf8");
const MORE: Readonly<Record<string, string | Buffer>> = {
  "1795399200_抖店订单.csv": DOUYIN,
  "1795300000_抖店订单.csv": DOUYIN.replaceAll("已完成", "待发货").replaceAll("退款成功", "-"),
  "改过名.csv": DOUYIN.replaceAll("已完成", "已发货"),
  "1795399400_售后.csv": sample("orders/douyin-aftersales/1795399400_售后.csv"),
  "1795399500_结算.csv": sample("orders/douyin-settlement/1795399500_结算.csv"),
  "331234567_按序号_退群回访.csv": sample("surveys/wenjuanxing/331234567_按序号_退群回访.csv"),
  "331234567_按文本_退群回访.csv": sample("surveys/wenjuanxing/331234567_按文本_退群回访.csv"),
  "群统计.json": sample("members/wecom-statistic/群统计.json"),
  "群统计_20261121T230000.json": sample("members/wecom-statistic/群统计.json")
    .toString()
    .replaceAll("120", "119"),
  "茶友会_20261116T090000.json": sample("members/wecom-groupchat/茶友会_20261116T090000.json"),
  "lists.jsonl": sample("members/wecom-groupchat/lists.jsonl"),
  "55501@chatroom_2026-11-16_2026-11-17.csv": sample(
    "chats/chatlog-csv/55501@chatroom_2026-11-16_2026-11-17.csv",
  ),
  "花友会.json": sample("chats/chatlog-json/花友会.json"),
  "_chat.txt": sample("chats/whatsapp-txt/_chat.txt"),
  "callbacks-lines.jsonl": sample("chats/wecom-callback/callbacks-lines.jsonl"),
  "有赞订单_202611230905.csv": sample("orders/youzan-orders/有赞订单_202611230905.csv"),
  "有赞订单商品_202611230905.csv": sample("orders/youzan-items/有赞订单商品_202611230905.csv"),
  "流失客户_20261122T230000.csv": sample("members/openscrm-lost/流失客户_20261122T230000.csv"),
  "newcomer-camp.yaml": sample("tables/fupan-plan/newcomer-camp.yaml"),
  "家居社群SOP.csv": sample("tables/fupan-plan-table/家居社群SOP.csv"),
};
// Rules read the marts; without them a build is a third shorter.
const CATALOG = { ...readCatalog(SQL_ROOT), rules: [] };
const AS_OF = "2026-11-23T00:00:00";

const made: Community[] = [];
afterAll(() => {
  for (const community of made) community.remove();
});

async function imported(names: readonly string[]): Promise<Community> {
  const community = new Community();
  made.push(community);
  // One secret for all, or the keys of two workspaces would differ.
  await community.state.write((database) =>
    database.run("update secrets set value = repeat('ab', 32) where name = 'person_key'"),
  );
  for (const name of names) await community.import(name, FILES[name] ?? MORE[name] ?? "");
  return community;
}

/** Every row of every mart and of every KPI, by table, sorted. */
async function marts(community: Community): Promise<Record<string, string[]>> {
  const generation = await community.build(AS_OF, CATALOG);
  const database = await Database.open(generationPath(community.workspace.marts, generation), {
    readOnly: true,
  });
  try {
    const tables = await database.all(
      "select schema_name || '.' || table_name as name from duckdb_tables() where schema_name = 'marts' or table_name = 'kpi_weekly' order by name",
    );
    const told: Record<string, string[]> = {};
    for (const { name } of tables) {
      const rows = await database.all(`select * from ${String(name)}`);
      told[String(name)] = rows.map((row) => JSON.stringify(row, rounded)).sort(byText);
    }
    return told;
  } finally {
    database.close();
  }
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sums of fractions depend on the order of the rows in the last digit. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(9)) : value;
}

/** The same files in two orders. */
const twoOrders = (some: string[]) =>
  fc.record({ one: fc.constant(some), other: fc.shuffledSubarray(some, { minLength: some.length }) });

async function sameMarts({ one, other }: { one: string[]; other: string[] }): Promise<void> {
  const wanted = await marts(await imported(one));
  expect(await marts(await imported(other))).toEqual(wanted);
}

describe("the order of importing", () => {
  it("up to five files in any order give identical marts, and all of them again change nothing", async () => {
    const names = Object.keys(FILES);
    const pick = fc
      .shuffledSubarray(names, { minLength: 3, maxLength: 5 })
      .filter((some) => some.some((name) => !/^(?:contacts|calendar)/.test(name)))
      .chain(twoOrders);
    await fc.assert(fc.asyncProperty(pick, sameMarts), { numRuns: 2, seed: 20_261_124 });
  }, 600_000);

  it("the same of orders by their goods, after-sales, settlements, surveys, figures of groups, snapshots and plans", async () => {
    const pick = fc
      .shuffledSubarray(Object.keys(MORE), { minLength: 5, maxLength: 5 })
      .filter((some) => some.some((name) => name.includes("抖店")))
      .chain(twoOrders);
    await fc.assert(fc.asyncProperty(pick, sameMarts), {
      numRuns: Number(process.env["RUNS"] ?? 1),
      endOnFailure: true,
    });
  }, 600_000);

  it("everything again, in files of other names, changes nothing", async () => {
    const names = Object.keys(FILES);
    const community = await imported([...names, ...Object.keys(MORE)]);
    const before = await marts(community);
    for (const name of names.toReversed()) {
      const again = await community.import(`again-${name}`, `${FILES[name]}\n`);
      expect([name, again.accepted]).toEqual([name, 0]);
    }
    // Those of exporters' own names, which may say the group and the day, with a line more at their end or line ends of another system.
    for (const [name, content] of Object.entries(MORE).toReversed()) {
      const other = name.endsWith(".yaml")
        ? content
        : Buffer.concat([Buffer.from(content), Buffer.from("\r\n")]);
      const again = await community.import(name, other);
      expect([name, again.accepted]).toEqual([name, 0]);
    }
    const after = await marts(community);
    // The repeated files stand in the list of files, with the same orders.
    const { "marts.order_files": old = [], ...rest } = before;
    const { "marts.order_files": files, ...others } = after;
    expect(others).toEqual(rest);
    expect(files).toHaveLength(2 * old.length);
  }, 600_000);
});
