import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

const STILL = "每个群的贡献都是 0";
const BY_CHANCE = "先后不说明什么";

const community = new Community();
const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
/** The section on why a KPI moved, of a week. */
let why: (week: string, group?: string) => Promise<string>;
beforeAll(async () => {
  const people = Array.from({ length: 120 }, (_, at) => ({
    group_id: `g${at % 4}`,
    member_id: `m${at}`,
    joined_at: "2026-09-01 09:00:00",
  }));
  // In two weeks half of each group speak; then everybody of one group, and nobody of another.
  const speaks = (at: number) => [at % 8 < 4, at % 8 < 4, at % 4 !== 1 && (at % 4 === 0 || at % 8 < 4)];
  const said = people.flatMap(({ group_id, member_id }, at) =>
    ["2026-11-04", "2026-11-11", "2026-11-18"]
      .filter((_, week) => speaks(at)[week])
      .map((day) => ({ group_id, sender_id: member_id, sent_at: `${day} 10:00:00`, text: `早 ${at}` })),
  );
  await community.import("members.csv", csv(people));
  await community.import("messages.csv", csv(said));
  await community.build("2026-11-23T00:00:00+08:00");
  const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh" });
  why = async (week, group = "*") => {
    const { text } = await request(app).get(`/?week=${week}&group=${group}`).set("Host", "127.0.0.1");
    return text.split('<section id="why"')[1]?.split("</section>")[0] ?? "";
  };
});
afterAll(() => {
  close();
  community.remove();
});

const titleOf = (card: string) => /<summary><h3>(.*?)<\/h3><\/summary>/.exec(card)?.[1] ?? "";

test("a week in which no group moved says so, and so does the title of its ranking", async () => {
  const section = await why("2026-W46");
  expect(section).toContain(STILL);
  expect(section).not.toMatch(/data-chart="[^"]*contributions"/);
  expect(section).not.toContain("人员进出");
  const [before = "", ranking = ""] = section.split('id="ranking"');
  expect(before).not.toBe("");
  expect(titleOf(ranking)).toMatch(BY_CHANCE);
  expect(ranking.indexOf("<table")).toBeGreaterThan(ranking.indexOf("<details"));
  expect(ranking.indexOf("<details")).toBeGreaterThan(0);
});

test("a week in which groups moved shows by how much, and the title of its ranking says who stands where", async () => {
  const section = await why("2026-W47");
  expect(section).not.toContain(STILL);
  expect(section).toMatch(/data-chart="[^"]*contributions"/);
  // Who stayed moved by nothing, and so did who came and went: that line is left out.
  expect(section).toContain("群内表现 +12.50pp");
  expect(section).not.toContain("人员进出");
  const [, ranking = ""] = section.split('id="ranking"');
  expect(ranking).not.toContain(BY_CHANCE);
  // Everybody of one group spoke, and nobody of another.
  expect(titleOf(ranking)).toMatch(/g0最高（9\d\.\d%），g1最低（\d\.\d%），差别超过偶然/);
  expect(ranking).toContain("<table");
  expect(ranking).not.toContain("<details");
});

test("all groups stand in a table; a group's own view has none of one row", async () => {
  expect(await why("2026-W47")).toContain('class="tbl groups');
  const own = await why("2026-W47", "g0");
  expect(own).toContain('data-chart="');
  expect(own).not.toContain('class="tbl groups');
});
