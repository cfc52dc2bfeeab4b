import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { auditedAs } from "../../src/server/auth/access.ts";
import { Attempts } from "../../src/server/auth/attempts.ts";
import { audit, brokenAudit } from "../../src/state/audit.ts";
import { State } from "../../src/state/state.ts";
import { addUser, listUsers, removeUser } from "../../src/state/users.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { MATRIX } from "./matrix.ts";
import { PASSWORD, PEOPLE, SECRETS, type Served, serveSmall } from "./served.ts";

describe("what leaves is in the audit", () => {
  it.each([
    "/lists/:segment.csv",
    "/campaigns/:id.csv",
    "/api/v1/segments/:segment",
    "/api/v1/imports/:batch/rejects",
    "/reports/:week/review.:form",
  ])("%s, by the name that the application has for it", (route) => {
    expect([Object.keys(MATRIX).includes(`get ${route}`), auditedAs(route)]).toEqual([true, "export"]);
  });
});

describe("who sees what", () => {
  let served: Served;
  let app: Express;
  let close: () => void;
  const cookies = new Map<string, string>();

  const login = async (name: string, password = PASSWORD) =>
    request(app).post("/login").type("form").send({ name, password, back: "/" });
  const get = (who: string, path: string) =>
    request(app)
      .get(path)
      .set("Cookie", cookies.get(who) ?? "");

  beforeAll(async () => {
    served = await serveSmall();
    const { workspace, state } = served.community;
    for (const user of PEOPLE) await addUser(state, user, PASSWORD, new Date());
    const made = createSource(workspace.marts, readCatalog(SQL_ROOT));
    close = made.close;
    app = await createApp({ source: made.source, dashboards: DASHBOARDS, lang: "zh", state });
    for (const { name } of PEOPLE) {
      const answer = await login(name);
      expect(answer.status).toBe(303);
      const [cookie = ""] = answer.get("Set-Cookie") ?? [];
      expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Path=\//);
      cookies.set(name, cookie.split(";")[0] ?? "");
    }
  });
  afterAll(() => {
    close();
    served.close();
  });

  it("a foreign group and one that does not exist get the same answer", async () => {
    const [foreign, missing] = [
      await get("leader1", "/api/v1/review?group=g2"),
      await get("leader1", "/api/v1/review?group=nothing"),
    ];
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe(missing.text);
  });

  it("a leader's queries answer for the own groups only, whatever the query takes", async () => {
    for (const { id, header } of readCatalog(SQL_ROOT).queries) {
      for (const path of [`/api/v1/queries/${id}`, `/api/v1/queries/${id}?week=2026-11-02&group_id=g2`]) {
        const { status, text } = await get("leader1", path);
        expect(text, path).not.toMatch(/"g2"/);
        if (path.includes("g2") && "group_id" in header.params) expect(status, path).toBe(404);
      }
    }
  });

  it("two people never share a cached answer", async () => {
    const path = "/lists/kpis.csv";
    const first = await get("leader1", path);
    const second = await get("leader2", path);
    const all = await get("operator", path);
    expect(first.text).not.toBe(second.text);
    expect(first.text).toContain("g1");
    expect(second.text).not.toContain("g1");
    expect(all.text.length).toBeGreaterThan(first.text.length);
    expect(first.headers["etag"]).not.toBe(second.headers["etag"]);
  });

  it.each(["viewer", "leader1", "nobody"])("%s changes nothing that is not theirs", async (who) => {
    for (const path of ["/api/v1/imports", "/api/v1/suggestions/0123456789/accept", "/anything"]) {
      const { status } = await request(app)
        .post(path)
        .set("Cookie", cookies.get(who) ?? "")
        .send({});
      expect([401, 403, 404]).toContain(status);
    }
  });

  it("a list that leaves is in the audit, however its address is spelled, without what was searched for", async () => {
    const { state } = served.community;
    const last = async () =>
      state.read((database) =>
        database.all(
          "select made_by, detail from audit where action = 'export' order by entry_id desc limit 1",
        ),
      );
    for (const path of [
      "/lists/dormant.csv",
      "/LISTS/dormant.csv",
      "/lists/%64ormant.csv",
      "/lists/dormant.csv/",
    ]) {
      const { status, text } = await get("operator", `${path}?q=${encodeURIComponent(SECRETS.name)}`);
      expect([path, status]).toEqual([path, 200]);
      const sha256 = createHash("sha256").update(text).digest("hex");
      expect(await last()).toEqual([{ made_by: "operator", detail: JSON.stringify({ path, sha256 }) }]);
    }
  });

  it("a list that cannot be written into the audit does not leave", async () => {
    const { state } = served.community;
    await state.write((database) => database.run("alter table audit rename to audit_elsewhere"));
    const { status, text, headers } = await get("operator", "/lists/dormant.csv?q=x");
    await state.write((database) => database.run("alter table audit_elsewhere rename to audit"));
    expect([status, text]).toEqual([503, expect.stringContaining("审计记录写不进去")]);
    expect(headers["content-disposition"]).toBeUndefined();
    expect((await get("operator", "/lists/dormant.csv?q=x")).status).toBe(200);
  });

  it("a forged, an ended and a removed user's session are nobody's", async () => {
    expect(
      (
        await request(app)
          .get("/api/v1/review")
          .set("Cookie", `fupan_session=${"A".repeat(43)}`)
      ).status,
    ).toBe(401);
    const { state } = served.community;
    await addUser(state, { name: "gone", role: "viewer", groups: [] }, PASSWORD, new Date());
    const [cookie = ""] = (await login("gone")).get("Set-Cookie") ?? [];
    const again = () =>
      request(app)
        .get("/api/v1/review")
        .set("Cookie", cookie.split(";")[0] ?? "");
    expect((await again()).status).toBe(200);
    await removeUser(state, "gone", new Date());
    expect((await again()).status).toBe(401);
    const [own = ""] = (await login("viewer")).get("Set-Cookie") ?? [];
    const session = own.split(";")[0] ?? "";
    expect((await request(app).post("/logout").set("Cookie", session)).status).toBe(303);
    expect((await request(app).get("/api/v1/review").set("Cookie", session)).status).toBe(401);
  });

  it("after five wrong tries even the right password waits, for a name that nobody has as well", async () => {
    for (let at = 0; at < 5; at++) expect((await login("operator", "wrong")).status).toBe(401);
    expect((await login("operator")).status).toBe(429);
    expect((await login("nobody-at-all", "wrong")).status).toBe(429);
    const stored = await served.community.state.read((database) =>
      database.all("select token from sessions"),
    );
    for (const { token } of stored) expect(String(token)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("a sign-in leads back to this site only", async () => {
    const page = await request(app).get("/login?back=//evil.example");
    expect(page.text).toContain('name="back" value="/"');
  });
});

describe("parts of it", () => {
  it("tries are forgotten after a quarter of an hour and by a success", () => {
    const attempts = new Attempts();
    const minutes = (count: number) => count * 60_000;
    const by = (name: string, address: string) => ({ name, address, mark: null });
    for (let at = 0; at < 5; at++) expect(attempts.begin(by("a", "1"), at)).toBe(true);
    expect(attempts.begin(by("a", "1"), 10)).toBe(false);
    expect(attempts.begin(by("b", "1"), 10)).toBe(false);
    expect(attempts.begin(by("a", "2"), 10)).toBe(true);
    expect(attempts.begin(by("a", "1"), minutes(16))).toBe(true);
    // Somebody who knows a password of theirs gets no more tries at those of others.
    const others = new Attempts();
    for (let at = 0; at < 4; at++) others.begin(by("a", "1"), at);
    expect(others.begin(by("own", "1"), 5)).toBe(true);
    others.succeed(by("own", "1"), 5);
    expect(others.begin(by("own", "1"), 6)).toBe(true);
    expect(others.begin(by("a", "1"), 7)).toBe(false);
  });

  it("a changed or missing audit entry shows", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fupan-audit-"));
    const state = new State(join(folder, "state.duckdb"));
    for (const who of ["a", "b", "c"]) {
      await audit(state, { at: "2026-11-24T08:00:00.000Z", who, action: "export", detail: "{}" });
    }
    expect(await state.read(brokenAudit)).toEqual([]);
    await state.write((database) => database.run("update audit set made_by = 'x' where entry_id = 2"));
    expect(await state.read(brokenAudit)).toEqual([2]);
    await state.write((database) => database.run("delete from audit where entry_id = 2"));
    expect(await state.read(brokenAudit)).toEqual([3]);
    await expect(
      addUser(state, { name: "x", role: "leader", groups: [] }, PASSWORD, new Date()),
    ).rejects.toThrow("needs groups");
    await expect(
      addUser(state, { name: "x", role: "admin", groups: [] }, "short", new Date()),
    ).rejects.toThrow("10 characters");
    expect(await listUsers(state)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
