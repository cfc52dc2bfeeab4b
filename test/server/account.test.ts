import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { brokenAudit } from "../../src/state/audit.ts";
import { addUser, setPassword } from "../../src/state/users.ts";
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
  for (const name of ["vera", "otto"])
    await addUser(state, { name, role: "viewer", groups: [] }, PASSWORD, new Date());
  source = createSource(workspace.marts, readCatalog(SQL_ROOT));
});
afterAll(() => {
  source.close();
  served.close();
});
// Tries are a server's own; a new one remembers none.
beforeEach(async () => {
  const { state } = served.community;
  await setPassword(state, "vera", PASSWORD, new Date());
  app = await createApp({ source: source.source, dashboards: DASHBOARDS, lang: "zh", state });
});

async function login(name: string, password = PASSWORD): Promise<string> {
  const { headers } = await request(app).post("/login").type("form").send({ name, password, back: "/" });
  return ([headers["set-cookie"] ?? []].flat()[0] ?? "").split(";")[0] ?? "";
}
const isIn = async (cookie: string) =>
  (await request(app).get("/api/v1/review").set("Cookie", cookie)).status === 200;
const change = (cookie: string, more: Record<string, string> = {}) =>
  request(app)
    .post("/account/password")
    .set("Cookie", cookie)
    .type("form")
    .send({ old: PASSWORD, new: "another long one", again: "another long one", ...more });
const actions = async () => {
  const rows = await served.community.state.read((database) =>
    database.all("select made_by, action, detail from audit order by entry_id"),
  );
  expect(await served.community.state.read(brokenAudit)).toEqual([]);
  return rows.map((row) => [row["made_by"], row["action"], row["detail"]].join(" "));
};

test("every page leads whoever signed in to their account, which is kept by nobody, and nobody else", async () => {
  const cookie = await login("vera");
  expect((await request(app).get("/").set("Cookie", cookie)).text).toContain('href="/account"');
  const page = await request(app).get("/account").set("Cookie", cookie);
  expect([page.status, page.headers["cache-control"]]).toEqual([200, "private, no-store"]);
  expect(page.text).toContain("vera · 只读");
  const english = await request(app).get("/account?lang=en").set("Cookie", cookie);
  expect(english.text).toContain("Sign out everywhere else");
  expect((await request(app).get("/account")).status).toBe(303);
});

test("a new password ends every other session, and this one goes on under a new token", async () => {
  const [here, phone, other] = [await login("vera"), await login("vera"), await login("otto")];
  const done = await change(here);
  expect([done.status, done.text]).toEqual([200, expect.stringContaining("密码已改")]);
  const fresh = (done.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
  expect(String(done.headers["set-cookie"])).toMatch(/HttpOnly; SameSite=Strict/);
  expect([await isIn(here), await isIn(phone), await isIn(fresh), await isIn(other)]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect([await isIn(await login("vera")), await isIn(await login("vera", "another long one"))]).toEqual([
    false,
    true,
  ]);
  expect((await actions()).at(-1)).toBe('vera password changed {"name":"vera"}');
  expect((await actions()).join()).not.toContain("another long one");
});

test.each([
  ["a wrong one", { old: "not this one" }, 400, "现在的密码不对"],
  ["two that differ", { again: "something else" }, 400, "不一样"],
  ["a short one", { new: "short", again: "short" }, 400, "至少要 10 个字符"],
])("%s changes nothing and says so", async (_, more, status, said) => {
  const [here, phone] = [await login("vera"), await login("vera")];
  const done = await change(here, more);
  expect([done.status, done.text]).toEqual([status, expect.stringContaining(said)]);
  expect([await isIn(here), await isIn(phone), await isIn(await login("vera"))]).toEqual([true, true, true]);
});

test("a session that was left open guesses five times, then even the right one waits", async () => {
  const here = await login("vera");
  const statuses = [];
  for (let at = 0; at < 6; at++) statuses.push((await change(here, { old: `guess ${at} of many` })).status);
  expect([...statuses, (await change(here)).status]).toEqual([400, 400, 400, 400, 400, 429, 429]);
  expect(await isIn(here)).toBe(true);
});

test("all other sessions end at once, and nobody else's", async () => {
  const [here, phone, other] = [await login("vera"), await login("vera"), await login("otto")];
  const done = await request(app).post("/account/sessions").set("Cookie", here);
  expect([done.status, done.text]).toEqual([200, expect.stringContaining("其他设备上的登录都已结束")]);
  expect([await isIn(here), await isIn(phone), await isIn(other)]).toEqual([true, false, true]);
  expect((await actions()).at(-1)).toBe('vera sessions ended {"name":"vera"}');
});

test("another site's page can do neither", async () => {
  const [here, phone] = [await login("vera"), await login("vera")];
  for (const said of [{ Origin: "https://evil.example" }, { "Sec-Fetch-Site": "cross-site" }]) {
    expect((await change(here).set(said)).status).toBe(403);
    const ended = await request(app).post("/account/sessions").set("Cookie", here).set(said);
    expect(ended.status).toBe(403);
  }
  expect([await isIn(here), await isIn(phone)]).toEqual([true, true]);
});
