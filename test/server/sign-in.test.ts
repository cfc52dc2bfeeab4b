import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { hashPassword, isPassword } from "../../src/state/passwords.ts";
import { addUser, removeUser } from "../../src/state/users.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { PASSWORD, type Served, serveSmall } from "./served.ts";

let served: Served;
let source: ReturnType<typeof createSource>;
let app: Express;

beforeAll(async () => {
  served = await serveSmall();
  const { workspace, state } = served.community;
  await addUser(state, { name: "operator", role: "operator", groups: [] }, PASSWORD, new Date());
  source = createSource(workspace.marts, readCatalog(SQL_ROOT));
});
afterAll(() => {
  source.close();
  served.close();
});
// Tries are a server's own; a new one remembers none.
beforeEach(async () => {
  const { state } = served.community;
  app = await createApp({ source: source.source, dashboards: DASHBOARDS, lang: "zh", state });
});

const login = (name: string, password: string, server: Express | Server = app) =>
  request(server).post("/login").type("form").send({ name, password, back: "/" });
const count = (answers: readonly { status: number }[]) => {
  const statuses: Record<number, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return statuses;
};

test("whoever is to sign in is offered no page, and comes where they wanted in the other language too", async () => {
  const { text } = await request(app).get("/login?back=%2Fsop%3Fweek%3D2026-W46");
  expect(text).not.toContain('class="tabs"');
  expect(text).toContain('href="/login?back=%2Fsop%3Fweek%3D2026-W46&#38;lang=en"');
  const token = (await login("operator", PASSWORD)).headers["set-cookie"]?.[0] ?? "";
  const page = await request(app)
    .get("/definitions")
    .set("Cookie", token.split(";")[0] ?? "");
  expect(page.text).toContain('class="tabs"');
});

test("a form or a button whose session is over says so in words, and what to do; a program gets it as data", async () => {
  const form = await request(app).post("/campaigns").type("form").send({ title: "唤醒" });
  expect([form.status, form.type, form.headers["cache-control"]]).toEqual([
    401,
    "text/html",
    "private, no-store",
  ]);
  expect(form.text).toContain("没有登录，或登录已过期");
  expect(form.text).not.toContain('class="tabs"');
  const english = await request(app)
    .post("/look")
    .set("Cookie", "lang=en")
    .type("form")
    .send({ theme: "dark" });
  expect([english.status, english.text]).toEqual([
    401,
    expect.stringContaining("You are not signed in, or no longer"),
  ]);
  const data = await request(app).get("/api/v1/review");
  expect([data.status, data.body.error.zh]).toEqual([401, "没有登录，或登录已过期"]);
});

test("a wrong password leaves the name as it was typed, as text, and asks for the password alone", async () => {
  const { text, status } = await login('<b>"团长"</b>', "wrong");
  expect(status).toBe(401);
  expect(text).toContain('value="&#60;b&#62;&#34;团长&#34;&#60;/b&#62;">');
  expect(text).toMatch(/id="password"[^>]* autofocus>/);
  expect(text).not.toMatch(/id="name"[^>]* autofocus/);
  expect(text).not.toContain("wrong");
  for (let at = 0; at < 5; at++) await login("lena", "wrong");
  expect((await login("lena", "wrong")).text).toContain('value="lena"');
});

test("of 200 wrong tries one after the other five are made, and the right password waits", async () => {
  const answers = [];
  for (let at = 0; at < 200; at++) answers.push(await login("operator", `wrong ${at}`));
  expect(count(answers)).toEqual({ 401: 5, 429: 195 });
  expect((await login("operator", PASSWORD)).status).toBe(429);
});

test("nor are more made of 200 at once, or of 200 names from one address, and files are read meanwhile", async () => {
  const server = createServer(app).listen(0, "127.0.0.1");
  const tries = Promise.all(
    Array.from({ length: 200 }, (_, at) => login(at % 2 ? "operator" : `name ${at}`, `wrong ${at}`, server)),
  );
  let longest = 0;
  const over = new AbortController();
  const watched = (async () => {
    while (!over.signal.aborted) {
      const began = performance.now();
      await readFile(new URL(import.meta.url));
      longest = Math.max(longest, performance.now() - began);
      await new Promise((soon) => setTimeout(soon, 5));
    }
  })();
  const answers = await tries;
  over.abort();
  await watched;
  expect(count(answers)).toEqual({ 401: 5, 429: 195 });
  expect(longest).toBeLessThan(2000);
  expect((await login("operator", PASSWORD, server)).status).toBe(429);
  server.close();
});

test("a name that nobody has gets the same answer, to the byte, and takes as long", async () => {
  const plain = (text: string) => text.replaceAll("no-such-name", "operator");
  const [known, unknown] = [await login("operator", "wrong"), await login("no-such-name", "wrong")];
  expect([unknown.status, plain(unknown.text)]).toEqual([known.status, known.text]);
  const names = (headers: Record<string, string>) => Object.keys(headers).filter((name) => name !== "date");
  expect(names(unknown.headers)).toEqual(names(known.headers));
  const stored = await hashPassword(PASSWORD);
  const times = { known: [] as number[], unknown: [] as number[] };
  // The quickest of each: what another program takes meanwhile is in none of them, on a busy machine after more rounds.
  const ratio = () => Math.min(...times.unknown) / Math.min(...times.known);
  for (let round = 0; round < 9 || (round < 60 && Math.abs(Math.log(ratio())) > 0.4); round++) {
    for (const [which, one] of [
      ["known", stored],
      ["unknown", null],
    ] as const) {
      const began = performance.now();
      expect(await isPassword("wrong", one)).toBe(false);
      times[which].push(performance.now() - began);
    }
  }
  expect(ratio()).toBeGreaterThan(0.6);
  expect(ratio()).toBeLessThan(1.6);
});

/** As a proxy at this machine asks for somebody; the last address is what it saw itself. */
const through = (seen: string, name: string, password: string) =>
  login(name, password).set("X-Forwarded-For", seen).set("X-Forwarded-Proto", "https");

test("behind a proxy each visitor has tries of their own, and an invented address gives no more", async () => {
  const answers = [];
  for (let at = 0; at < 8; at++)
    answers.push(await through(`198.51.100.${at}, 192.0.2.1`, `name ${at}`, "x"));
  expect(count(answers)).toEqual({ 401: 5, 429: 3 });
  const other = await through("192.0.2.2", "operator", PASSWORD);
  expect([other.status, String(other.headers["set-cookie"])]).toEqual([
    303,
    expect.stringContaining("; Secure"),
  ]);
  const plain = await login("operator", PASSWORD);
  expect(String(plain.headers["set-cookie"])).not.toContain("Secure");
});

test("when the last user is removed, other machines stay outside", async () => {
  const elsewhere = createServer((asked, response) => {
    Object.defineProperty(asked.socket, "remoteAddress", { value: "192.0.2.7" });
    app(asked, response);
  });
  const ask = async (server: Express | Server) => (await request(server).get("/api/v1/review")).status;
  expect([await ask(app), await ask(elsewhere)]).toEqual([401, 401]);
  await removeUser(served.community.state, "operator", new Date());
  expect([await ask(app), await ask(elsewhere)]).toEqual([200, 401]);
  expect((await request(elsewhere).get("/")).status).toBe(303);
});

test("nor is anybody let in by a proxy at this machine while there is no user", async () => {
  const { state } = served.community;
  const open = await createApp({
    source: source.source,
    dashboards: DASHBOARDS,
    lang: "zh",
    state,
    hosts: ["fupan.example"],
  });
  const ask = async (headers: Record<string, string>) =>
    (await request(open).get("/api/v1/review").set(headers)).status;
  expect(await ask({ host: "localhost:4680" })).toBe(200);
  expect(await ask({ host: "fupan.example" })).toBe(401);
  for (const said of ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via", "X-Forwarded-Host"])
    expect([said, await ask({ host: "127.0.0.1", [said]: "192.0.2.7" })]).toEqual([said, 401]);
});
