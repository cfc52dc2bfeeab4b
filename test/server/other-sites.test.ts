import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Shell } from "../commands/cli.ts";
import { testDesk } from "../support/desk.ts";
import { MATRIX, requestOf } from "./matrix.ts";
import { type Served, serveSmall, serveWhole } from "./served.ts";

// Without users: whoever gets through is let in to everything.
let served: Served;
let app: Express;
let close: () => void;
const ROUTES = Object.keys(MATRIX);

beforeAll(async () => {
  served = await serveSmall();
  const { workspace, state } = served.community;
  ({ app, close } = await serveWhole(served, testDesk(workspace, state)));
});
afterAll(() => {
  close();
  served.close();
});

function send(route: string, headers: Record<string, string>, body = "") {
  const { method, at } = requestOf(route);
  const asked = request(app)
    [method as "get"](at)
    .set({ Host: "127.0.0.1", ...headers });
  return method === "get" ? asked : asked.send(body);
}
/** What a page of another site makes a browser send along. */
const FOREIGN = [
  { Origin: "http://evil.example" },
  { Origin: "null" },
  { Origin: "http://127.0.0.1.evil.example" },
  { Origin: "http://127.0.0.1:1" },
  { "Sec-Fetch-Site": "cross-site" },
  { "Sec-Fetch-Site": "same-site" },
  { Origin: "http://127.0.0.1", "Sec-Fetch-Site": "cross-site" },
];

describe("a page of another site", () => {
  test.each(ROUTES.filter((route) => !route.startsWith("get ")))("changes nothing by %s", async (route) => {
    const isData = route.includes("/api/");
    for (const headers of FOREIGN) {
      const { status, type, text, headers: told } = await send(route, headers);
      expect([headers, status, type, told["cache-control"]]).toEqual([
        ...[headers, 403, isData ? "application/json" : "text/html", "private, no-store"],
      ]);
      expect(text).toContain("这一步是从别的网站发来的，没有做");
      // Whoever was led here sees no page to go to.
      expect(text).not.toContain('class="tabs"');
    }
    expect(
      (await send(route, { "Sec-Fetch-Site": "same-origin", Origin: "http://127.0.0.1" })).status,
    ).not.toBe(403);
  });

  test("reads nothing under its own name, and nothing says that it may", async () => {
    for (const route of ROUTES.filter((one) => !/report\.(?:pdf|png)/.test(one))) {
      const rebound = await send(route, { Host: "evil.example" });
      // What to do, and nothing of what is here.
      const said =
        rebound.type === "text/plain" ? rebound.text : Object.values(rebound.body.error).join("\n");
      expect([route, rebound.status, rebound.headers["cache-control"], said.split("\n")[0]]).toEqual([
        ...[route, 421, "private, no-store"],
        "不能用这个主机名打开",
      ]);
      expect([route, rebound.text.length < 600, rebound.text.includes("--allow-host")]).toEqual([
        ...[route, true, true],
      ]);
      const { headers } = await send(route, { Origin: "http://evil.example" });
      expect([route, Object.keys(headers).filter((name) => name.startsWith("access-control"))]).toEqual([
        route,
        [],
      ]);
    }
    for (const host of [
      "evil.example",
      "127.0.0.1.evil.example",
      "localhost.evil.example:4680",
      "127.0.0.1@evil",
      "",
    ])
      expect([host, (await send("get /", { Host: host })).status]).toEqual([host, 421]);
  });

  test("decides nothing with what a form can send: a decision is JSON", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
    ]) {
      for (const step of ["accept", "reject", "done"]) {
        const route = `post /api/v1/suggestions/:id/${step}`;
        const { status } = await send(route, { "Content-Type": type }, '{"owner":"x","reason":"x"}');
        expect([type, step, status >= 400 && status < 500]).toEqual([type, step, true]);
      }
      const batch = await send(
        "post /api/v1/imports",
        { "Content-Type": type },
        '{"files":[{"upload":"x"}]}',
      );
      expect(batch.status >= 400 && batch.status < 500).toBe(true);
    }
    const { state } = served.community;
    expect(await state.read((database) => database.all("select * from suggestion_steps"))).toEqual([]);
  });
});

test("without users no other address is served nor any name through a proxy", () => {
  const shell = new Shell();
  try {
    shell.fupan("init", "ws");
    for (const host of ["0.0.0.0", "::", "192.0.2.1"]) {
      const { code, log } = shell.fupan("serve", "--workspace", "ws", "--host", host, "--port", "0");
      expect([host, code, log]).toEqual([host, 1, expect.stringContaining("fupan user add")]);
    }
    const named = shell.fupan("serve", "--workspace", "ws", "--allow-host", "fupan.example", "--port", "0");
    expect([named.code, named.log]).toEqual([
      1,
      expect.stringMatching(/fupan\.example[\s\S]*fupan user add/),
    ]);
  } finally {
    shell.remove();
  }
});
