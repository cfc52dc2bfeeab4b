import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addUser } from "../../src/state/users.ts";
import { testDesk } from "../support/desk.ts";
import { MATRIX, requestOf } from "./matrix.ts";
import { PASSWORD, type Served, serveSmall, serveWhole } from "./served.ts";

let served: Served;
let app: Express;
let close: () => void;
let cookie = "";

beforeAll(async () => {
  served = await serveSmall();
  const { workspace, state } = served.community;
  await addUser(state, { name: "operator", role: "operator", groups: [] }, PASSWORD, new Date());
  ({ app, close } = await serveWhole(served, testDesk(workspace, state)));
  const login = await request(app)
    .post("/login")
    .type("form")
    .send({ name: "operator", password: PASSWORD, back: "/" });
  cookie = (login.get("Set-Cookie") ?? [""])[0]?.split(";")[0] ?? "";
});
afterAll(() => {
  close();
  served.close();
});

const ask = (route: string, as = cookie, more: Record<string, string> = {}) => {
  const { method, at } = requestOf(route);
  return request(app)
    [method](at)
    .set({ Host: "127.0.0.1", Cookie: as, ...more });
};
/** Drawing paper takes a browser; signing out would end the session that the others need. */
const ROUTES = Object.keys(MATRIX).filter((one) => !/report\.(?:pdf|png)|logout/.test(one));

const POLICY = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "connect-src": "'self'",
  "font-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'self'",
  "frame-ancestors": "'none'",
  "require-trusted-types-for": "'script'",
  "trusted-types": "fupan",
};

test("every answer has the whole policy, errors and refusals too: no eval, nothing inline, from elsewhere or in a frame", async () => {
  const answers = [
    ...(await Promise.all(ROUTES.map(async (route) => ({ route, ...(await ask(route)).headers })))),
    { route: "nobody", ...(await ask("get /", "")).headers },
    { route: "another host", ...(await ask("get /", cookie, { Host: "evil.example" })).headers },
    {
      route: "another site",
      ...(await ask("post /look", cookie, { Origin: "http://evil.example" })).headers,
    },
    { route: "nowhere", ...(await request(app).get("/nowhere").set("Cookie", cookie)).headers },
    { route: "wrong", ...(await request(app).get("/?week=x").set("Cookie", cookie)).headers },
  ] as Record<string, string>[];
  for (const { route, ...headers } of answers) {
    const policy = Object.fromEntries(
      (headers["content-security-policy"] ?? "").split(";").map((one) => {
        const [name = "", ...values] = one.trim().split(" ");
        return [name, values.join(" ")];
      }),
    );
    expect([route, policy]).toEqual([route, POLICY]);
    expect([route, headers["x-content-type-options"], headers["x-powered-by"]]).toEqual([
      route,
      "nosniff",
      undefined,
    ]);
  }
});

test("no proxy keeps an answer, and of lists and names no browser either, so that each look is in the audit", async () => {
  const noted = () =>
    served.community.state.read(async (database) =>
      Number(
        (await database.one("select count(*) as n from audit where action in ('export', 'names')"))["n"],
      ),
    );
  for (const route of ROUTES.filter((one) => !one.includes("/assets/"))) {
    const before = await noted();
    const { headers, status } = await ask(route);
    const kept = String(headers["cache-control"]);
    expect([route, kept]).toEqual([route, expect.stringMatching(/private|no-cache, no-transform/)]);
    if (headers["cache-control"] !== "no-cache, no-transform")
      expect([route, headers["vary"]]).toEqual([route, expect.stringContaining("Cookie")]);
    if ((await noted()) > before) {
      expect([route, status, kept]).toEqual([route, 200, "private, no-store"]);
      await ask(route);
      expect([route, await noted()]).toEqual([route, before + 2]);
    }
  }
  expect(await noted()).toBeGreaterThan(8);
});
