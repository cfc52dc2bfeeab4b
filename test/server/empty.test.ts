import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import request from "supertest";
import { expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

test("before anything was built, the page says what to do and the API says so", async () => {
  const root = mkdtempSync(join(tmpdir(), "fupan-empty-"));
  mkdirSync(join(root, "marts"));
  const { source, close } = createSource(join(root, "marts"), readCatalog(SQL_ROOT));
  try {
    const app = await createApp({
      ...{ source, dashboards: DASHBOARDS, lang: "zh" },
      ...{ lists: join(root, "lists"), reports: join(root, "reports") },
    });
    const page = await request(app).get("/").set("Host", "localhost");
    expect([page.status, page.text.includes("fupan run")]).toEqual([200, true]);
    const list = await request(app).get("/segments").set("Host", "localhost");
    expect([
      list.text.match(/<h1>(.*?)<\/h1>/)?.[1],
      list.text.match(/aria-current="page">(.*?)</)?.[1],
    ]).toEqual(["名单", "名单"]);
    const api = await request(app).get("/api/v1/review").set("Host", "localhost");
    expect([api.status, api.body]).toEqual([404, { error: "nothing built yet" }]);
    // Files and forms too: a browser shows an empty answer as an error of its own, in its own language.
    for (const path of [
      "/lists/dormant.csv",
      "/lists/kpis.csv",
      "/sop.ics",
      "/explore/data.csv",
      "/report.xlsx",
    ]) {
      const { status, text } = await request(app).get(path).set("Host", "localhost");
      expect([path, status, text.includes("再运行 fupan run")]).toEqual([path, 404, true]);
    }
    const kept = await request(app).get("/reports/2026-W45/review.html").set("Host", "localhost");
    expect([kept.status, kept.text]).toEqual([404, expect.stringContaining("2026-W45 没有存下的 html 周报")]);
    const wanted = {
      title: "唤醒",
      from: "2026-11-16",
      days: "7",
      week: "2026-W46",
      group: "*",
      segment: "dormant",
    };
    const made = await request(app).post("/campaigns").set("Host", "localhost").type("form").send(wanted);
    expect([made.status, made.type, made.text.includes("还没有算过")]).toEqual([404, "text/html", true]);
  } finally {
    close();
    rmSync(root, { recursive: true, force: true });
  }
});
