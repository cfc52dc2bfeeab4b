import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

const GROUPS = 53;
const LISTED = 50;
/** Groups that stand on the page before it unfolds. */
const READ = 15;

const community = new Community();
const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
let get: (path: string) => request.Test;
beforeAll(async () => {
  const people = Array.from({ length: GROUPS * 2 }, (_, at) => ({
    group_id: `g${at % GROUPS}`,
    member_id: `m${at}`,
    joined_at: "2026-09-01 09:00:00",
  }));
  const said = people.flatMap(({ group_id, member_id }, at) =>
    (at % 3 === 0 ? ["2026-11-04"] : ["2026-11-04", "2026-11-11"]).map((day) => ({
      group_id,
      sender_id: member_id,
      sent_at: `${day} 10:00:00`,
      text: `早 ${at}`,
    })),
  );
  await community.import("members.csv", csv(people));
  await community.import("messages.csv", csv(said));
  await community.build("2026-11-16T00:00:00+08:00");
  const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh" });
  get = (path) => request(app).get(path).set("Host", "127.0.0.1");
});
afterAll(() => {
  close();
  community.remove();
});

test("settings find one of many groups by its name, and fold the list of all", async () => {
  const { text } = await get("/settings").buffer(true);
  const [before = "", list = ""] = text.split(`<summary>全部 ${GROUPS} 个群和编号</summary>`);
  expect(before).toContain('data-find="输入群名来找，回车选中"');
  expect(list.match(/<li><a href="\/groups\//g)?.length).toBe(GROUPS);
});

test("a group that does not exist is answered with names to choose from and how many more there are", async () => {
  const { text, status } = await get("/?group=nobody").buffer(true);
  expect(status).toBe(404);
  expect(text).toMatch(/有数据的群：[^，<]*，另有 48 个群/);
});

test("of more groups than a page lists the rest is counted, and all of them are one click away", async () => {
  const { text } = await get("/?week=2026-W46").buffer(true);
  const [, read = "", looked = ""] = text.split('<table class="tbl groups stack">');
  const [body = "", between = ""] = read.split("</table>");
  const [more = "", after = ""] = looked.split("</table>");
  const rows = (part: string) => part.match(/<th scope="row"/g)?.length;
  expect([rows(body), rows(more)]).toEqual([READ, LISTED - READ]);
  expect(between).toContain(`<summary>再看 ${LISTED - READ} 个群</summary>`);
  expect(after).toContain(`另有 ${GROUPS - LISTED} 个群没有列出`);
  const link = after.match(/href="(\/lists\/kpis\.csv[^"]*)"/)?.[1] ?? "";
  const file = await get(link.replaceAll("&amp;", "&")).buffer(true);
  expect(file.status).toBe(200);
  const lines = file.text.trim().split(/\r?\n/).slice(1);
  const groups = new Set(lines.map((row) => row.split(",")[1]));
  expect(groups.size).toBe(GROUPS + 1);
  expect(new Set(lines.map((row) => row.split(",").slice(0, 3).toSpliced(1, 1).join()))).toEqual(
    new Set(["activity_rate,2026-11-09"]),
  );
});
