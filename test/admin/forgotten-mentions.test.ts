import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { forget } from "../../src/admin/forget.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Shell } from "../commands/cli.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

const ID = "wxid_canary_01";
// With signs that mean something in a pattern, and one that must not be escaped in it.
const NAME = "金丝雀(甲)+😀";
const PHONE = "19900000042";

const members = csv([
  { group_id: "g1", member_id: ID, name: NAME, phone: PHONE, joined_at: "2026-09-01 00:00:00" },
  // Somebody else of that name is nobody's mention.
  { group_id: "g1", member_id: "m2", name: NAME, phone: "", joined_at: "2026-09-01 00:00:00" },
]);
const chat = csv(
  [
    [ID, `我是${NAME}`],
    ["m2", `${NAME}在吗`],
    ["m2", `她的电话${PHONE}`],
    ["m2", "金丝雀甲在吗"],
  ].map(([sender_id, text]) => ({ group_id: "g1", sender_id, sent_at: "2026-11-10 10:00:00", text })),
);
const calendar = csv([
  { start: "2026-11-12", type: "live", title: `${NAME}开播`, note: "三楼" },
  { start: "2026-11-13", type: "live", title: "开播", note: `找 ${PHONE}` },
  { start: "2026-11-14", type: "live", title: "开播", note: "三楼" },
]);
const plan = `version: V1
id: plan-g1
groups: [g1]
start: 2026-11-02
steps:
  - { id: a, day: 0, time: "09:00", owner: ${JSON.stringify(NAME)}, text: "打卡" }
  - { id: b, day: 1, time: "09:00", text: "有事找 ${PHONE}" }
  - { id: c, day: 2, time: "09:00", text: "打卡" }
`;
const files = Object.entries({
  "members.csv": members,
  "chat.csv": chat,
  "calendar.csv": calendar,
  "plan.yaml": plan,
});

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());
const shell = new Shell();
afterAll(() => shell.remove());

const forgetNow = (wanted: string) =>
  forget(
    community.workspace,
    community.state,
    readCatalog(SQL_ROOT),
    wanted,
    { who: "tester", at: NOW },
    async () => undefined,
  );

it("counts what others wrote about somebody, notes of the calendar and steps of plans among it", async () => {
  for (const [name, text] of files) await community.import(name, text);
  expect((await forgetNow(ID)).mentions).toEqual({ messages: 2, calendar_events: 2, plan_steps: 2 });
});

it("nothing is counted where nobody wrote of them", async () => {
  await community.import("members.csv", members);
  expect((await forgetNow(ID)).mentions).toEqual({});
});

it("the command says how many, where and what to do, in both languages, without the name", () => {
  for (const [lang, found, hint] of [
    ["zh", "消息 2 条、日历 2 条、SOP 步骤 2 条", "在导入页撤销那次导入"],
    ["en", "2 messages, 2 calendar events, 2 SOP steps", "undo that import on the imports page"],
  ] as const) {
    shell.fupan("init", lang);
    mkdirSync(join(shell.root, lang, "inbox"), { recursive: true });
    for (const [name, text] of files) writeFileSync(join(shell.root, lang, "inbox", name), text);
    expect(shell.fupan("run", "--workspace", lang).code).toBe(0);
    const { code, out, log } = shell.fupan("forget", ID, "--yes", "--workspace", lang, "--lang", lang);
    const said = out + log;
    expect([code, said]).toEqual([0, expect.stringContaining(found)]);
    expect(said).toContain(hint);
    expect(said).not.toContain("金丝雀");
  }
});
