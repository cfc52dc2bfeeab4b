import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Campaigns } from "../../src/campaigns/store.ts";
import { type CreateFlags, createCampaign } from "../../src/commands/campaign/create.ts";
import { campaignResult, listCampaigns } from "../../src/commands/campaign/results.ts";
import type { Content, Context } from "../../src/commands/context.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

/** Forty silent members of a group, and one who speaks after the campaign began. */
let community: Community;
const ids = Array.from({ length: 40 }, (_, n) => n);
const said = (sender: string, at: string) => ({
  group_id: "g",
  sender_id: sender,
  sent_at: at,
  text: "大家好",
});

beforeAll(async () => {
  community = new Community("groups: { g: { name: 早鸟群 } }\n");
  const members = ids.map((n) => ({
    group_id: "g",
    member_id: `m${n}`,
    name: `友${n}`,
    joined_at: "2026-06-01 09:00:00",
  }));
  await community.import("members.csv", csv(members));
  const talk = ids.map((n) => said(`m${n}`, `2026-06-0${(n % 8) + 1} 12:00:00`));
  await community.import("messages.csv", csv([...talk, said("x", "2026-11-15 12:00:00")]));
  await community.build("2026-11-16T00:00:00");
});
afterAll(() => community.remove());

function context(json = false, lang: "zh" | "en" = "zh") {
  const out: string[] = [];
  const made: Context = {
    content: { sql: SQL_ROOT, importers: [] } as unknown as Content,
    effects: { out: (text) => out.push(text), log: () => undefined, now: () => NOW },
    globals: { workspace: community.root, json, lang },
    lang,
  };
  return { made, text: () => out.join("\n") };
}
const create = async (flags: Partial<CreateFlags>, json = false) => {
  const { made, text } = context(json);
  await createCampaign(made, { title: "唤醒", segment: "dormant", days: "14", message: "", ...flags });
  return text();
};

test("where the list can't be written, nobody is drawn", async () => {
  writeFileSync(join(community.root, "file"), "");
  for (const out of ["nowhere/list.csv", "file/list.csv", "inbox", `${"x".repeat(300)}.csv`])
    await expect(create({ out: join(community.root, out) })).rejects.toThrow(
      /ENOENT|ENOTDIR|EISDIR|ENAMETOOLONG/,
    );
  expect(new Campaigns(community.workspace.lists).list()).toEqual([]);
  expect(existsSync(join(community.root, "nowhere"))).toBe(false);
});

test("a list is fixed with its holdout, told without names, and brings what the data say", async () => {
  const { made: none, text: nothing } = context();
  await listCampaigns(none);
  expect(nothing()).toContain("还没有唤醒活动");

  const out = join(community.root, "list.csv");
  const shown = JSON.parse(await create({ out }, true));
  expect(shown).toMatchObject({ title: "唤醒", from: "2026-11-16", to: "2026-11-29", written: 32, held: 8 });
  const lines = readFileSync(out, "utf8").trim().split(/\r?\n/);
  expect(lines).toHaveLength(33);
  expect(lines.join()).not.toMatch(/友\d\d/);

  await community.import("more.csv", csv(ids.map((n) => said(`m${n}`, "2026-11-18 12:00:00"))));
  await community.build("2026-11-23T00:00:00");
  const { made, text } = context();
  await campaignResult(made, shown.id);
  expect(text()).toContain("联系了 32 人：回来 32（100.0%）");
  expect(text()).toContain("没联系 8 人：回来 8（100.0%）");
  const { made: listed, text: list } = context(true);
  await listCampaigns(listed);
  const [one] = JSON.parse(list());
  expect(one).toMatchObject({
    id: shown.id,
    outcome: { treated: { people: 32 }, held: { people: 8 }, lift: 0 },
  });
  expect([one.treated, one.held]).toEqual([undefined, undefined]);
  // The table of the generation has the same, and nobody.
  const [row] = await community.query("select * from marts.campaigns");
  expect(row).toMatchObject({
    ...{
      campaign_id: shown.id,
      title: "唤醒",
      list_week: "2026-W46",
      group_id: "*",
      segment: "dormant",
      why: null,
    },
    ...{ starts_on: "2026-11-16", ends_on: "2026-11-29", treated: 32, held: 8 },
  });
});

test.each([
  [{ days: "0" }, "--days 要是 1 到 90 的整数"],
  [{ days: "many" }, "--days 要是 1 到 90 的整数"],
  [{ from: "30.11.2026" }, "--from 30.11.2026 不是日期"],
  [{ segment: "asleep" }, "没有这个分层：asleep"],
  [{ group: "nowhere" }, "没有这个群"],
  // All forty are in the campaign above.
  [{ from: "2026-11-20", week: "2026-W46" }, "不到 20 人，留不出对照"],
])("what can't be is refused in words: %o", async (flags, words) => {
  const before = existsSync(join(community.root, "refused.csv"));
  await expect(create({ out: join(community.root, "refused.csv"), ...flags })).rejects.toMatchObject({
    text: { zh: expect.stringContaining(words) },
  });
  expect([before, existsSync(join(community.root, "refused.csv"))]).toEqual([false, false]);
});

test("a campaign that there is not", async () => {
  await expect(campaignResult(context(false, "en").made, "0123456789")).rejects.toMatchObject({
    text: { en: "There is no such campaign: 0123456789" },
  });
});
