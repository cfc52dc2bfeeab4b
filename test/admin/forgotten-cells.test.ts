import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { everyFile } from "../../src/admin/files.ts";
import { forget } from "../../src/admin/forget.ts";
import { listParts } from "../../src/state/ledger.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

// What stands beside the facts: columns that Fupan does not use, and rows that were refused.
const CATALOG = readCatalog(SQL_ROOT);
const ID = "wxid_canary_01";
const NAME = "金丝雀甲";
const PHONE = "19900000042";
const EMAIL = "canary.one@example.invalid";
const CANARY = [ID, NAME, PHONE, EMAIL];

const member = (member_id: string, more: Record<string, string>) => ({
  ...{ group_id: "g1", member_id, name: "", phone: "", joined_at: "2026-09-01 00:00:00", left_at: "" },
  ...{ mail: "", inviter: "", remark: "", ...more },
});
const members = (remark = "") =>
  csv([
    member(ID, { name: NAME, phone: PHONE, mail: EMAIL }),
    member("m2", { name: "乙", inviter: NAME }),
    member("m3", { name: "丙", remark: `${PHONE} 是她的${remark}` }),
    member("m4", { name: "丁", remark: "老客" }),
  ]);
const orders = csv([
  { order_id: "o1", paid_at: "2026-11-10 12:00:00", amount: 5, buyer_id: "m2", remark: `代${NAME}买` },
  { order_id: "o2", paid_at: "2026-11-10 12:00:00", amount: 6, buyer_id: "m3", remark: "自己用" },
]);
const calendar = csv([{ start: "2026-11-12", type: "live", title: "开茶", host: NAME, hall: "三楼" }]);
const refused = (more: string) =>
  csv([
    { group_id: "g1", sender_id: ID, sent_at: "不是时间", text: `在吗${more}`, mentions: "" },
    { group_id: "g1", sender_id: "m2", sent_at: "昨天", text: `问${PHONE}${more}`, mentions: "" },
    { group_id: "g1", sender_id: "m3", sent_at: "前天", text: `好${more}`, mentions: "" },
  ]);

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const files: readonly (readonly [string, string])[] = [
  ["members.csv", members()],
  ["orders.csv", orders],
  ["calendar.csv", calendar],
  ["chat.csv", refused("")],
];
const forgetNow = () =>
  forget(
    community.workspace,
    community.state,
    CATALOG,
    ID,
    { who: "tester", at: NOW },
    async () => undefined,
  );

/** Every cell of the lake, by fact, as text. */
async function cells(): Promise<string> {
  const parts = await listParts(community.state);
  return community.lake(async (database) => {
    const lines = await Promise.all(
      parts.map(({ path }) =>
        database.all(
          `select to_json(t)::varchar as line from read_parquet('${join(community.workspace.lake, path)}', hive_partitioning = false) as t`,
        ),
      ),
    );
    return lines.flatMap((rows) => rows.map(({ line }) => String(line))).join("\n");
  });
}
const left = async () => {
  const text = await cells();
  return CANARY.filter((value) => text.includes(value));
};

it("goes from cells beside the facts and from refused rows; the same files, or longer ones, bring nothing back", async () => {
  for (const [name, text] of files) await community.import(name, text);
  expect(await left()).toEqual(CANARY);
  await forgetNow();
  expect(await left()).toEqual([]);
  const before = await cells();
  for (const kept of ["老客", "自己用", "前天"]) expect([kept, before.includes(kept)]).toEqual([kept, true]);
  const state = readFileSync(community.workspace.state);
  expect(CANARY.filter((value) => state.includes(value))).toEqual([]);

  // With an empty line more it is another file, with the same rows.
  for (const [name, text] of files) {
    const again = await community.import(name, `${text}\n`);
    expect([name, again.accepted]).toEqual([name, 0]);
  }
  expect(await left()).toEqual([]);
  await community.import("members-later.csv", members("，下月搬家"));
  await community.import("chat-later.csv", refused("？"));
  const after = await cells();
  expect(CANARY.filter((value) => after.includes(value))).toEqual([]);
  // What names nobody who was forgotten is kept to be mended.
  expect(after).toContain("好？");
  expect(everyFile(community.workspace.lake).length).toBeGreaterThan(3);
});

it("a calendar, which is nobody's, is imported when somebody was forgotten", async () => {
  await community.import("members.csv", members());
  await forgetNow();
  expect(await community.import("calendar.csv", calendar)).toMatchObject({ accepted: 1, rejected: 0 });
});

it("a phone number is no common text, so nobody is told to look through reports by themselves", async () => {
  await community.import("members.csv", members());
  expect((await forgetNow()).isCommon).toBe(false);
});
