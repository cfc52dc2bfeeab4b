import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { addressOf } from "../../src/server/auth/attempts.ts";

import { addUser } from "../../src/state/users.ts";
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
  for (const name of ["admin", "other"])
    await addUser(state, { name, role: "admin", groups: [] }, PASSWORD, new Date());
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

/** Through a proxy at this machine, which says who asks. */
const login = (address: string, name: string, password: string, cookies: readonly string[] = []) =>
  request(app)
    .post("/login")
    .set("X-Forwarded-For", address)
    .set("Cookie", cookies.join("; "))
    .type("form")
    .send({ name, password, back: "/" });
const cookiesOf = (answer: { headers: Record<string, unknown> }) =>
  ((answer.headers["set-cookie"] ?? []) as string[]).map((one) => one.split(";")[0] ?? "");
/** Somebody at many machines who knows names and no password. */
const guessing = async (name: string, machines: number, tries = 5) => {
  const statuses: number[] = [];
  for (let at = 0; at < machines * tries; at++)
    statuses.push((await login(`203.0.113.${at % machines}`, name, `wrong ${at}`)).status);
  return statuses.filter((status) => status === 401).length;
};

test("a stranger's wrong tries at one address lock nobody else out, there or elsewhere", async () => {
  expect(await guessing("admin", 1, 8)).toBe(5);
  expect((await login("203.0.113.0", "admin", PASSWORD)).status).toBe(429);
  expect((await login("192.0.2.1", "admin", PASSWORD)).status).toBe(303);
});

test("guessing at one name from many addresses ends after twenty tries, the right password with it", async () => {
  expect(await guessing("admin", 10)).toBe(20);
  expect((await login("192.0.2.1", "admin", PASSWORD)).status).toBe(429);
  expect((await login("192.0.2.2", "other", PASSWORD)).status).toBe(303);
});

test("meanwhile whoever had signed in there gets in: by the address, by the browser, by a session that still holds", async () => {
  const before = cookiesOf(await login("192.0.2.1", "admin", PASSWORD));
  const [session = "", device = ""] = before;
  expect([session.split("=")[0], device.split("=")[0]]).toEqual(["fupan_session", "fupan_device"]);
  await guessing("admin", 10);
  expect((await login("192.0.2.9", "admin", PASSWORD)).status).toBe(429);
  expect((await login("192.0.2.1", "admin", PASSWORD)).status).toBe(303);
  expect((await login("192.0.2.3", "admin", PASSWORD, [device])).status).toBe(303);
  expect((await login("192.0.2.4", "admin", PASSWORD, [session])).status).toBe(303);
});

test("the browser is known after a restart and where strangers come by its address; only for the name that signed in", async () => {
  const [, device = ""] = cookiesOf(await login("192.0.2.1", "admin", PASSWORD));
  const { state } = served.community;
  app = await createApp({ source: source.source, dashboards: DASHBOARDS, lang: "zh", state });
  for (let at = 0; at < 6; at++) await login("192.0.2.1", "admin", "wrong");
  await guessing("other", 10);
  expect((await login("192.0.2.1", "admin", PASSWORD)).status).toBe(429);
  expect((await login("192.0.2.5", "other", PASSWORD, [device])).status).toBe(429);
  const forged = `${device.slice(0, -4)}AAAA`;
  expect((await login("192.0.2.1", "admin", PASSWORD, [forged])).status).toBe(429);
  expect((await login("192.0.2.1", "admin", PASSWORD, [device])).status).toBe(303);
});

test("being known gives five tries, no more: by address, by browser and by session", async () => {
  const [session = "", device = ""] = cookiesOf(await login("192.0.2.1", "admin", PASSWORD));
  for (const cookies of [[device], [session], []]) {
    const statuses: number[] = [];
    for (let at = 0; at < 8; at++)
      statuses.push((await login("192.0.2.1", "admin", `wrong ${at}`, cookies)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect((await login("192.0.2.1", "admin", PASSWORD, cookies)).status).toBe(429);
  }
});

test("the mark of a browser is for signing in alone, kept from scripts, and opens nothing", async () => {
  const answer = await login("192.0.2.1", "admin", PASSWORD);
  const [, mark = ""] = answer.headers["set-cookie"] as unknown as string[];
  expect(mark).toMatch(
    /^fupan_device=[\w-]{22}\.[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/login; Max-Age=\d+$/,
  );
  const { status } = await request(app)
    .get("/api/v1/review")
    .set("Cookie", mark.split(";")[0] ?? "");
  expect(status).toBe(401);
});

test("an address of IPv6 is its network: whoever has one has all of it", () => {
  expect(addressOf("2001:db8:1:2:3:4:5:6")).toBe(addressOf("2001:0db8:1:2::9"));
  expect(addressOf("2001:db8:1:2::1")).not.toBe(addressOf("2001:db8:1:3::1"));
  expect(addressOf("::ffff:192.0.2.1")).toBe(addressOf("192.0.2.1"));
  expect(addressOf("192.0.2.1")).not.toBe(addressOf("192.0.2.2"));
  expect(addressOf("::1")).not.toBe(addressOf("2001:db8::1"));
  expect([addressOf(undefined), addressOf("nonsense")]).toEqual(["", "nonsense"]);
});
