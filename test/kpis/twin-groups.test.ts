import { afterEach, beforeEach, expect, it } from "vitest";
import { notices } from "../../src/review/notices.ts";
import { runQuery } from "../../src/review/query.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/* A log knows a group by its id, a list that somebody keeps by its name: two halves of one group, each wrong by itself. */
const catalog = readCatalog(SQL_ROOT);
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const log = (group_id: string, group_name: string) =>
  csv([{ group_id, group_name, sender_id: "u1", sent_at: "2026-11-10 10:00:00", text: "早" }]);
const list = csv(
  ["u1", "u2"].map((成员ID) => ({ 群名: "城东早餐群", 成员ID, 群昵称: 成员ID, 入群时间: "2026-10-01" })),
);

async function told(wanted = "twin_groups"): Promise<string[]> {
  await community.build("2026-11-16 00:00:00");
  const reader = new GenerationReader(community.workspace.marts);
  try {
    const rows = await reader.read((database) =>
      notices((query) => runQuery(database, catalog, query, { week: "2026-11-09" })),
    );
    return (rows ?? []).filter(({ code }) => code === wanted).map(({ zh }) => String(zh));
  } finally {
    reader.close();
  }
}

it("a group that is there by its id and by its name is told of, with the way out, which works", async () => {
  await community.import("log.csv", log("wr1", "城东早餐群"));
  await community.import("list.csv", list);
  expect(await told()).toEqual([expect.stringMatching(/^1 个群名有两份数据：城东早餐群。.*--group 群编号/)]);
  // Imported into the group it is one.
  const other = new Community();
  await other.import("log.csv", log("wr1", "城东早餐群"));
  await other.import("list.csv", list, { group: "wr1" });
  const [groups] = await other.queries(["select group_id from marts.groups"], "2026-11-16 00:00:00");
  expect(groups).toEqual([{ group_id: "wr1" }]);
  other.remove();
});

it("two groups of one name that have ids of their own are no twins, nor is a group that has no id anywhere", async () => {
  await community.import("a.csv", log("wr1", "同名群"));
  await community.import("b.csv", log("wr2", "同名群"));
  await community.import("c.csv", log("茶友群", "茶友群"));
  expect(await told()).toEqual([]);
});

const said = (names: readonly string[], day: string) =>
  names.map((name, at) => `${day} 10:0${at}:00 ${name}\n早，今天喝什么\n\n`).join("");

it("a chat that was exported into files of several names is told of, groups that number themselves are not", async () => {
  const [here, there] = [
    ["小茶", "阿梅", "老王", "花姐"],
    ["小茶", "大刘", "阿强", "晴天"],
  ];
  await community.import("茶友群_20261101.txt", said(here, "2026-11-03"));
  await community.import("茶友群_20261108.txt", said([...here.slice(1), "新人"], "2026-11-10"));
  await community.import("早餐群(1).txt", said(here, "2026-11-10"));
  await community.import("早餐群(2).txt", said(there, "2026-11-10"));
  expect(await told("groups_again")).toEqual([expect.stringMatching(/^1 个群像是被拆成了几个：茶友群。/)]);
});
