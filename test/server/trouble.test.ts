import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import express from "express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { failures } from "../../src/server/failures.ts";
import type { Site } from "../../src/server/site.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { testDesk } from "../support/desk.ts";

/** The folder goes, its disk is full, its settings break while it is served: whoever looks is told what to do. */
let community: Community;
let served: { app: express.Express; close: () => void; lines: Record<string, unknown>[] };

beforeAll(async () => {
  community = new Community();
  const rows = [{ group_id: "g1", sender_id: "m1", sent_at: "2026-11-16T09:00:00", text: "早" }];
  await community.import("messages.csv", csv(rows));
  await community.build("2026-11-18T02:00:00");
  const { workspace, state } = community;
  const { source, close } = createSource(workspace.marts, readCatalog(SQL_ROOT));
  const lines: Record<string, unknown>[] = [];
  const log = (line: Record<string, unknown>) => void lines.push(line);
  const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh", state, log });
  served = { app, close, lines };
});
afterAll(() => {
  served.close();
  community.remove();
});

const get = (path: string) => request(served.app).get(path).set("Host", "localhost");

test("a folder in place of the state is told in words, and what is put back is served again", async () => {
  const { path } = community.state;
  renameSync(path, `${path}-away`);
  mkdirSync(path);
  try {
    for (const page of ["/", "/imports"]) {
      const { status, text } = await get(page);
      expect([page, status]).toEqual([page, 503]);
      expect(text).toContain("该是文件的地方是一个文件夹");
      expect(text).not.toContain(community.root);
    }
    const { status, body } = await get("/api/v1/suggestions");
    expect([status, body.error.en]).toEqual([503, "A folder stands where a file of the workspace belongs"]);
  } finally {
    rmSync(path, { recursive: true });
    renameSync(`${path}-away`, path);
  }
  expect((await get("/")).status).toBe(200);
  served.lines.length = 0;
});

test("a workspace that is moved away is told in words on every page and by the API, and is served again once it is back", async () => {
  expect((await get("/")).status).toBe(200);
  const away = `${community.root}-away`;
  renameSync(community.root, away);
  try {
    for (const path of ["/", "/imports", "/settings", "/?week=2026-W40"]) {
      const { status, text } = await get(path);
      expect([path, status, text.includes("工作区不在原来的地方了")]).toEqual([path, 503, true]);
      expect(text).toContain("放回原处");
      expect(text).not.toContain(community.root);
    }
    // Every page has the trouble: the way on is to ask for the same one again. The address stands nowhere: it may name a person.
    const { text: english } = await get("//elsewhere.example/?lang=en");
    expect(english).toContain('<a class="control dark" href="">Try again</a>');
    expect(english).not.toContain("elsewhere.example");
    expect((await get("/?lang=en")).text).toContain("The workspace is no longer where it was");
    const { status, body } = await get("/api/v1/review");
    expect([status, body.error.zh]).toEqual([503, "工作区不在原来的地方了"]);
    expect((await get("/healthz")).status).toBe(503);
  } finally {
    renameSync(away, community.root);
  }
  expect(served.lines[0]).toMatchObject({ level: "error", cause: "gone" });
  expect((await get("/")).status).toBe(200);
  expect((await get("/healthz")).body.ok).toBe(true);
});

describe("what a disk says", () => {
  const error = (code: string) => Object.assign(new Error(`${code}: write`), { code, path: "/secret/x" });
  test.each([
    ["full", error("ENOSPC"), "磁盘满了"],
    ["full", new Error('IO Error: Could not write file "/secret/x": No space left on device'), "磁盘满了"],
    ["broken", error("EIO"), "磁盘读写出错"],
    ["refused", error("EACCES"), "没有权限"],
    ["refused", new Error('IO Error: Cannot open file "/secret/x": Read-only file system'), "没有权限"],
  ])("is told as %s without a path", async (kind, thrown, words) => {
    const lines: Record<string, unknown>[] = [];
    const app = express();
    app.get("/api/any", () => {
      throw thrown;
    });
    app.use(failures({} as Site, (line) => void lines.push(line)));
    const { status, body } = await request(app).get("/api/any");
    expect([status, lines[0]?.["cause"]]).toEqual([503, kind]);
    expect(body.error.zh).toContain(words);
    expect(JSON.stringify([body, lines])).not.toContain("secret");
  });
});

describe("the imports page", () => {
  test("says what is wrong with settings that broke meanwhile, not that it stopped", async () => {
    const { workspace, state, root } = community;
    const desk = testDesk(workspace, state);
    const settings = join(root, "fupan.yaml");
    writeFileSync(settings, "timezone: [Asia\n");
    try {
      const [said] = await desk.undo("00000000-0000-4000-8000-000000000000");
      expect(said).toMatchObject({ type: "error", zh: expect.stringMatching(/fupan\.yaml 第 2 行.*YAML/) });
    } finally {
      writeFileSync(settings, "");
    }
  });

  test("works on where somebody cleared the hidden folder away", async () => {
    const { workspace, state } = community;
    const desk = testDesk(workspace, state);
    rmSync(workspace.scratch, { recursive: true, force: true });
    const [said] = await desk.undo("00000000-0000-4000-8000-000000000000");
    expect(said).toMatchObject({ type: "error", en: expect.stringContaining("There is no batch") });
  });
});
