import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import request from "supertest";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { openWorkspace } from "../../src/workspace.ts";
import { NOW, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { type Served, serveSmall } from "./served.ts";

/** The week's first day and the zone are changed in fupan.yaml while the pages are open. */
let served: Served;
let get: (path: string) => Promise<string>;
let close: () => void;
const WEEK = "2026-W45";
const catalog = readCatalog(SQL_ROOT);
const setting = (content: string, at: Date) => {
  const path = join(served.community.root, "fupan.yaml");
  writeFileSync(path, content);
  utimesSync(path, at, at);
};
const before = new Date(NOW.getTime() - 1000);
const after = new Date(NOW.getTime() + 1000);

beforeAll(async () => {
  served = await serveSmall();
  const { marts, lists, reports } = served.community.workspace;
  const source = createSource(marts, catalog);
  close = source.close;
  const { state } = served.community;
  const app = await createApp({
    source: source.source,
    dashboards: DASHBOARDS,
    lang: "zh",
    state,
    lists,
    reports,
  });
  get = async (path) => (await request(app).get(path).set("Host", "127.0.0.1")).text;
  setting("", before);
  mkdirSync(join(reports, WEEK));
  writeFileSync(join(reports, WEEK, "review.json"), await get(`/api/v1/review?week=${WEEK}`));
  writeFileSync(join(reports, WEEK, "review.md"), "# 会上的版本");
});
afterAll(() => {
  close();
  served.close();
});

test("until the next build the pages go by the settings of before, and the page of settings says so", async () => {
  expect(await get("/settings")).not.toContain("改过");
  setting("weekStart: sunday\ntimezone: America/New_York\n", after);
  // As with what another process changes, a page may be three seconds late.
  await vi.waitFor(
    async () => expect(await get("/settings")).toContain("fupan.yaml 在这版结果之后改过"),
    10_000,
  );
  expect(await get("/settings?lang=en")).toContain(
    "fupan.yaml was changed after these results were computed",
  );
  expect(await get("/settings")).toContain("Asia/Shanghai");
  const week = await get(`/?week=${WEEK}`);
  expect(week).toContain("会上的数字到现在没有变");
  // What was kept is offered, and no PDF that no browser made.
  expect(week.match(/review\.\w+(?=")/g)).toEqual(["review.md"]);
  // It is of all groups: of one alone nothing was kept, so nothing is said to have stayed.
  expect(await get(`/groups/g1?week=${WEEK}`)).not.toContain("存档");
});

test("a frozen week of other days is told as one, and its figures are not held against today's", async () => {
  const { root, workspace, state } = served.community;
  await build(openWorkspace(root), state, catalog, { asOf: "2026-11-09T00:00:00", now: NOW });
  setting("weekStart: sunday\ntimezone: America/New_York\n", before);
  expect(await get("/settings")).toContain("America/New_York");
  expect(await get("/settings")).not.toContain("改过");
  const page = await get(`/?week=${WEEK}`);
  expect(page).toContain("2026-11-02 – 2026-11-08（Asia/Shanghai）");
  expect(page).toMatch(/同名的这一周是 2026-11-0\d – 2026-11-\d\d \(America\/New_York\)/);
  expect(page).not.toContain("个数变了");
  expect(workspace.config.weekStart).toBe("monday");
});
