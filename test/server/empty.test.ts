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
    const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh" });
    const page = await request(app).get("/").set("Host", "localhost");
    expect([page.status, page.text.includes("fupan run")]).toEqual([200, true]);
    const list = await request(app).get("/segments").set("Host", "localhost");
    expect([
      list.text.match(/<h1>(.*?)<\/h1>/)?.[1],
      list.text.match(/aria-current="page">(.*?)</)?.[1],
    ]).toEqual(["名单", "名单"]);
    const api = await request(app).get("/api/v1/review").set("Host", "localhost");
    expect([api.status, api.body]).toEqual([404, { error: "nothing built yet" }]);
  } finally {
    close();
    rmSync(root, { recursive: true, force: true });
  }
});
