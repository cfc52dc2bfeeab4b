import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportPerson } from "../../src/admin/export-person.ts";
import { forget } from "../../src/admin/forget.ts";
import { rewriteParts } from "../../src/admin/rewrite.ts";
import { patternOf } from "../../src/admin/spellings.ts";
import { FACTS } from "../../src/ingest/facts.ts";
import { writePart } from "../../src/ingest/write-parts.ts";
import { listParts } from "../../src/state/ledger.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

const CATALOG = readCatalog(SQL_ROOT);
const PHONE = "19900000042";
const member = (member_id: string, more: Record<string, string> = {}) => ({
  ...{ group_id: "g1", member_id, name: "", phone: "", unionid: "", inviter_id: "" },
  ...{ joined_at: "2026-09-01 00:00:00", left_at: "", ...more },
});
const said = (sender_id: string, text: string) => ({
  ...{ group_id: "g1", sender_id, sender_name: "", sent_at: "2026-11-10 10:00:00", text },
});

let community: Community;
beforeEach(async () => {
  community = new Community();
  await community.import(
    "members.csv",
    csv([member("wxid_canary", { name: "金丝雀甲", phone: PHONE, unionid: "o-canary" }), member("m2")]),
  );
});
afterEach(() => community.remove());

const forgetNow = (wanted: string) =>
  forget(
    community.workspace,
    community.state,
    CATALOG,
    wanted,
    { who: "tester", at: NOW },
    async () => undefined,
  );
const known = () =>
  community.lake((lake) =>
    lake.all(
      `select raw_id from lake.contacts where raw_id is not null
       union select text from lake.messages order by 1`,
    ),
  );

describe("whoever was forgotten comes back in a new export", () => {
  it.each([
    ["phone number", { phone: ` ${PHONE} ` }],
    ["unionid", { unionid: "o-canary" }],
  ])(
    "with a new id and the same %s: neither that row nor what the id alone says is taken in",
    async (_, same) => {
      await forgetNow("wxid_canary");
      const list = await community.import(
        "members-new.csv",
        csv([member("wxid_new", { name: "金丝雀新", ...same }), member("m3", { inviter_id: "wxid_new" })]),
      );
      expect(list).toMatchObject({ read: 2, accepted: 1, duplicate: 1, rejected: 0 });
      expect(list.notes.map(({ zh }) => zh)).toContain("1 行是已经删除的人的，没有入库");
      const chat = await community.import(
        "chat-new.csv",
        csv([said("wxid_new", "口令新"), said("m3", "在")]),
      );
      expect(chat).toMatchObject({ read: 2, accepted: 1, duplicate: 1 });
      const order = {
        order_id: "o1",
        paid_at: "2026-11-10 12:00:00",
        amount: 5,
        buyer_id: "wxid_new",
        phone: "",
      };
      await community.import("orders-new.csv", csv([order]));
      expect((await known()).map(Object.values)).toEqual([["m2"], ["m3"], ["在"]]);
      const links = await community.lake((lake) =>
        lake.all(
          "select (select count(inviter_key) from lake.member_snapshots) as inviters, (select count(buyer_key) from lake.orders) as buyers",
        ),
      );
      expect(links).toEqual([{ inviters: 0, buyers: 0 }]);
    },
  );

  it("others of the same file are as they were", async () => {
    await forgetNow("m2");
    const rows = [member("m2", { name: "乙" }), member("m3", { phone: "19900000077" })];
    expect(await community.import("members-new.csv", csv(rows))).toMatchObject({ accepted: 1, duplicate: 1 });
    expect((await known()).map(Object.values)).toEqual([["m3"], ["wxid_canary"]]);
  });
});

describe("a phone number", () => {
  it("finds its person where a survey has it for an id, and takes that along", async () => {
    const answer = {
      survey_id: "s",
      question: "满意吗",
      answer: "口令答",
      submitted_at: "2026-11-12 10:00:00",
    };
    await community.import("survey.csv", csv([{ respondent_id: PHONE, ...answer }]));
    for (const wanted of [PHONE, `+86 ${PHONE}`, "wxid_canary"]) {
      const { facts } = await exportPerson(community.workspace, community.state, CATALOG, wanted);
      expect([wanted, facts.member_snapshots?.length, facts.survey_answers?.length]).toEqual([wanted, 1, 1]);
    }
    await forgetNow("wxid_canary");
    expect((await known()).map(Object.values)).toEqual([["m2"]]);
  });

  it("of many ids is nobody's: nobody is deleted by it, and the message says whom to choose from", async () => {
    const rows = ["a", "b", "c"].map((id) => member(id, { phone: PHONE }));
    await community.import("more.csv", csv(rows));
    await expect(forgetNow(PHONE)).rejects.toThrow("4 people have that");
    expect((await known()).length).toBe(5);
    await forgetNow("wxid_canary");
    expect((await known()).length).toBe(4);
  });

  it("goes from refused rows in which nothing else tells whose they are", async () => {
    const bad = { order_id: "o1", paid_at: "昨天", amount: 5, buyer_id: "", phone: PHONE };
    expect(await community.import("orders.csv", csv([bad]))).toMatchObject({ rejected: 1 });
    const kept = () =>
      exportPerson(community.workspace, community.state, CATALOG, "wxid_canary").then(
        ({ refused }) => refused.length,
      );
    expect(await kept()).toBe(1);
    await forgetNow("wxid_canary");
    const parts = (await listParts(community.state)).filter(({ fact }) => fact === "rejects");
    const rows = await community.lake((lake) =>
      lake.all(
        `select count(*) as n from read_parquet([${parts.map(({ path }) => `'${join(community.workspace.lake, path)}'`).join(", ")}]) where contains(sample, '${PHONE}')`,
      ),
    );
    expect([parts.length, rows]).toEqual([1, [{ n: 0 }]]);
  });
});

it("says when the settings still name the person", async () => {
  writeFileSync(join(community.root, "fupan.yaml"), `optOut: [${PHONE}]\n`);
  expect((await forgetNow("m2")).isInSettings).toBe(false);
  expect((await forgetNow("wxid_canary")).isInSettings).toBe(true);
});

describe("names in what nobody wrote", () => {
  const notice = (text: string, sent_at: string) => ({ ...said("", text), sent_at, kind: "system" });
  const chat = (more: Record<string, string>[] = []) =>
    csv([
      { ...said("wxid_canary", "早"), sender_name: "金丝雀甲", kind: "text" },
      { ...said("m2", "金丝雀甲在吗"), kind: "text" },
      notice("“金丝雀甲” 拍了拍 “乙”", "2026-11-10 10:02:00"),
      notice("“丙” 拍了拍 “乙”", "2026-11-10 10:03:00"),
      ...more,
    ]);
  const texts = async () =>
    (await community.lake((lake) => lake.all("select text from lake.messages order by sent_at, text"))).map(
      ({ text }) => text,
    );

  it("go, and the same export, or a longer one, does not bring them back", async () => {
    expect(await community.import("chat.csv", chat())).toMatchObject({ accepted: 4 });
    await forgetNow("wxid_canary");
    const left = ["金丝雀甲在吗", null, "“丙” 拍了拍 “乙”"];
    expect(await texts()).toEqual(left);
    const later = notice("“金丝雀甲” 拍了拍 “乙”", "2026-11-11 10:02:00");
    const again = await community.import(
      "chat-again.csv",
      chat([later, notice("群公告有更新", "2026-11-12 10:00:00")]),
    );
    expect(again).toMatchObject({ read: 6, accepted: 1, duplicate: 5 });
    expect(await texts()).toEqual([...left, "群公告有更新"]);
  });

  it("also the name of a chat of two in parts of earlier versions, which is the other one's", async () => {
    const { lake } = community.workspace;
    const database = await Database.open(":memory:");
    const columns = Object.entries(FACTS.messages).map(([column, type]) => {
      const cell = { group_name: "'金丝雀甲'", person_key: "'self'", text: "'早呀，金丝雀甲'" }[column];
      return `${cell ?? "null"}::${type} as ${column}`;
    });
    const part = await writePart(database, `select ${columns.join(", ")}`, lake, "messages", "2026-11", 1);
    const names = ["金丝雀甲"];
    const { replacements } = await rewriteParts(database, lake, [part], ["other"], names, {
      any: patternOf(names),
      telling: patternOf(names),
    });
    const [row] = await database.all(
      `select group_name, text from read_parquet('${join(lake, replacements[0]?.part?.path ?? "")}')`,
    );
    database.close();
    expect(row).toEqual({ group_name: null, text: "早呀，金丝雀甲" });
  });
});
