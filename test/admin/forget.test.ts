import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportPerson } from "../../src/admin/export-person.ts";
import { everyFile } from "../../src/admin/files.ts";
import { forget } from "../../src/admin/forget.ts";
import { Campaigns } from "../../src/campaigns/store.ts";
import { FACTS, type Fact } from "../../src/ingest/facts.ts";
import { personalColumns } from "../../src/ingest/personal.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const CATALOG = readCatalog(SQL_ROOT);

const CANARY = "wxid_canary_01";
const NAME = "金丝雀甲";
const PHONE = "19900000042";
const by = { who: "tester", at: new Date("2026-11-24T08:00:00Z") };

const members = csv(
  [CANARY, "wxid_other"].map((member_id) => ({
    group_id: "g1",
    member_id,
    name: member_id === CANARY ? NAME : "乙",
    phone: member_id === CANARY ? PHONE : "",
    inviter_id: member_id === CANARY ? "" : CANARY,
    joined_at: "2026-09-01 00:00:00",
    left_at: "",
  })),
);
const messages = csv([
  {
    group_id: "g1",
    sender_id: CANARY,
    sender_name: NAME,
    sent_at: "2026-11-10 10:00:00",
    text: "秘密口令甲",
    mentions: "",
  },
  {
    group_id: "g1",
    sender_id: "wxid_other",
    sender_name: "乙",
    sent_at: "2026-11-10 10:01:00",
    text: "好的",
    mentions: CANARY,
  },
  { group_id: "g1", sender_id: CANARY, sender_name: NAME, sent_at: "不是时间", text: NAME, mentions: "" },
]);
const orders = csv([
  {
    order_id: "o1",
    paid_at: "2026-11-10 12:00:00",
    amount: 88,
    buyer_id: CANARY,
    phone: PHONE,
    buyer_name: NAME,
    remark: "送到金丝雀甲家",
  },
]);

describe("forgetting somebody", () => {
  let community: Community;
  beforeEach(async () => {
    community = new Community();
    await community.import("members.csv", members);
    await community.import("messages.csv", messages);
    await community.import("orders.csv", orders);
    await community.build();
  });
  afterEach(() => community.remove());

  const forgetNow = (wanted: string) =>
    forget(community.workspace, community.state, CATALOG, wanted, by, async () => {
      await community.build();
    });
  /** Files of the workspace in which a value of the canary stands, read as bytes or as Parquet. */
  const leaks = async () => {
    const { lake, marts, state, reports, lists } = community.workspace;
    const raw = [marts, reports, lists]
      .flatMap(everyFile)
      .concat(state)
      .filter((file) =>
        [CANARY, NAME, PHONE, "秘密口令甲"].some((value) => readFileSync(file).includes(value)),
      );
    const rows = await community.lake((database) =>
      database.all(
        `select file from (
           ${everyFile(lake)
             .map(
               (file) =>
                 `select '${file}' as file, to_json(t)::varchar as row from read_parquet('${file}') as t`,
             )
             .join(" union all ")}
         ) where contains(row, '${CANARY}') or contains(row, '${NAME}') or contains(row, '${PHONE}') or contains(row, '秘密口令甲')`,
      ),
    );
    return [...raw, ...rows.map((row) => String(row["file"]))];
  };

  it("leaves no byte of them, and the rest as it was", async () => {
    const { reports, lists, inbox } = community.workspace;
    mkdirSync(join(reports, "2026-W46"), { recursive: true });
    writeFileSync(join(reports, "2026-W46", "review.md"), `唤醒：${NAME}\n`);
    writeFileSync(join(lists, "dormant.png"), `png ${NAME}`);
    writeFileSync(join(inbox, "members.csv"), members);
    expect(await leaks()).not.toEqual([]);
    const done = await forgetNow(PHONE);
    expect(done.removed).toMatchObject({ messages: 1, member_snapshots: 1 });
    expect(await leaks()).toEqual([]);
    expect(existsSync(join(lists, "dormant.png"))).toBe(false);
    expect(readFileSync(join(reports, "2026-W46", "review.md"), "utf8")).toBe("唤醒：已删除\n");
    expect(done.raw).toEqual(["inbox/members.csv"]);
    const [row] = await community.query(
      `select (select count(*) from marts.messages) as messages, (select count(*) from marts.orders) as orders,
         (select sum(paid_amount)::double from marts.orders) as paid, (select count(*) from marts.people) as people`,
    );
    expect(row).toEqual({ messages: 1, orders: 1, paid: 88, people: 1 });
  });

  it("also in a list that somebody fixed while it went on", async () => {
    const key = (
      await community.query(`select person_id from marts.people where display_name = '${NAME}'`)
    )[0];
    const campaigns = new Campaigns(community.workspace.lists);
    const person = String(key?.["person_id"]);
    await forget(community.workspace, community.state, CATALOG, CANARY, by, async () => {
      campaigns.add({
        ...{ title: "唤醒", createdAt: "2026-11-24T08:00:00Z", by: "local", message: "" },
        list: { week: "2026-W46", group: "*", segment: "dormant", why: null },
        ...{ from: "2026-11-25", to: "2026-12-08", treated: [person, "another"], held: [] },
      });
      await community.build();
    });
    expect(campaigns.list().map(({ treated }) => treated)).toEqual([["已删除", "another"]]);
  });

  it("also what is kept of refused records for mending, and what these stood in", async () => {
    const escaped = JSON.stringify(NAME).replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);
    const said = (timestamp: string) =>
      `{"sender":"${CANARY}","accountName":${escaped},"timestamp":${timestamp},"type":0,"content":"早"}`;
    const log = `{"chatlab":{"version":"0.0.2"},"meta":{"name":"茶","platform":"wechat","type":"group"},"members":[
      {"platformId":"${CANARY}","accountName":${escaped}}],"messages":[${said("1794790800")},${said('"昨天"')}]}`;
    const kept = async () => (await leaks()).filter((file) => file.includes("/rejects/")).length;
    const before = await kept();
    expect(await community.import("茶.json", log)).toMatchObject({ accepted: 1, rejected: 1 });
    expect(await kept()).toBe(before + 1);
    await forgetNow(CANARY);
    expect(await leaks()).toEqual([]);
  });

  it("by any of their ids, and a second time finds nobody", async () => {
    await forgetNow(CANARY);
    await expect(forgetNow(CANARY)).rejects.toThrow("Nobody is known");
    await expect(forgetNow(NAME)).rejects.toThrow("Nobody is known");
  });

  it("an older export does not bring them back, and every row of it is accounted for", async () => {
    await forgetNow(CANARY);
    const again = [
      await community.import(
        "members-again.csv",
        `${members}g2,wxid_third,丙,,${CANARY},2026-09-02 00:00:00,\n`,
      ),
      await community.import(
        "messages-again.csv",
        `${messages}g1,wxid_other,乙,2026-11-11 10:00:00,又来了,${CANARY}\n`,
      ),
      await community.import(
        "orders-again.csv",
        `${orders}o2,2026-11-12 12:00:00,9,${CANARY},${PHONE},${NAME},\n`,
      ),
    ];
    for (const { read, accepted, duplicate, rejected } of again)
      expect(read).toBe(accepted + duplicate + rejected);
    expect(again.map(({ accepted }) => accepted)).toEqual([1, 1, 1]);
    const facts = await community.lake((database) =>
      database.all(
        `select (select count(*) from lake.contacts where raw_id = '${CANARY}') as contacts,
           (select count(*) from lake.orders where buyer_key is not null) as buyers,
           (select count(*) from lake.messages where len(mention_keys) > 0) as mentions,
           (select count(*) from lake.member_snapshots where inviter_key is not null) as inviters`,
      ),
    );
    expect(facts).toEqual([{ contacts: 0, buyers: 0, mentions: 0, inviters: 0 }]);
  });

  it("what is held about somebody can be handed over", async () => {
    const held = await exportPerson(community.workspace, community.state, CATALOG, PHONE);
    expect(held.facts["messages"]).toMatchObject([{ text: "秘密口令甲" }]);
    expect(held.facts["contacts"]).toEqual(
      expect.arrayContaining([expect.objectContaining({ raw_id: CANARY, name: NAME })]),
    );
    expect(held.facts["orders"]).toMatchObject([{ order_id: "o1" }]);
    expect(JSON.stringify(held)).not.toContain("好的");
  });
});

describe("the register of personal columns", () => {
  it.each(Object.keys(FACTS) as Fact[])("%s: every key column is the person's own or a link", (fact) => {
    const { own, links } = personalColumns(fact);
    const keys = Object.keys(FACTS[fact]).filter((column) => /_keys?$/.test(column) && column !== "row_key");
    expect(new Set([own, ...links].filter((column) => column !== null))).toEqual(new Set(keys));
  });

  it("raw values stand in the contacts alone", () => {
    const raw = ["raw_id", "phone", "unionid", "email", "name", "sender_name", "buyer_name"];
    const found = Object.entries(FACTS)
      .filter(([fact]) => fact !== "contacts")
      .flatMap(([fact, columns]) =>
        Object.keys(columns)
          .filter((column) => raw.includes(column))
          .map((column) => `${fact}.${column}`),
      );
    // The name of a figure that a platform reports about a group.
    expect(found).toEqual(["group_stats.name"]);
  });
});
