import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { type Served, serveSmall } from "./served.ts";

let served: Served;
beforeAll(async () => {
  served = await serveSmall();
});
afterAll(() => served.close());

const visit = (path: string) => request(served.app).get(path).set("Host", "localhost");

test("an address that is wrong in one part is told on a page, in words, with a way on", async () => {
  const { status, text, type } = await visit("/?week=lastweek");
  expect([status, type]).toEqual([400, "text/html"]);
  expect(text).toContain("请检查：week。周要写成 2026-W47 这样。");
  expect(text).toContain('<a href="/">回到周报</a>');
  expect((await visit("/people?page=-3&lang=en")).text).toContain("Please check: page.");
});

test("a form that is not filled in is told by the names of its fields", async () => {
  const { workspace } = served.community;
  const { source, close } = createSource(workspace.marts, readCatalog(SQL_ROOT));
  const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh", lists: workspace.lists });
  const { status, text } = await request(app)
    .post("/campaigns")
    .set("Host", "localhost")
    .type("form")
    .send({ title: "老客唤醒" });
  expect([status, text.includes("请检查：开始日、看几天")]).toEqual([400, true]);
  expect(text).toContain("填过的还在");
  close();
});

test("programs get what is wrong as JSON", async () => {
  const { status, body } = await visit("/api/v1/review?wek=2026-W45");
  expect([status, typeof body.error]).toEqual([400, "string"]);
});

test("what is no page says where to look", async () => {
  expect((await visit("/nowhere")).text).toContain("从上面的栏目进去");
});
