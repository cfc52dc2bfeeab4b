import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Served, serveSmall } from "./served.ts";

let served: Served;
beforeAll(async () => {
  served = await serveSmall();
});
afterAll(() => served.close());
const get = (path: string) => request(served.app).get(path).set("Host", "127.0.0.1");

test("on plain http nothing asks for https", async () => {
  const { headers } = await get("/");
  expect(headers["strict-transport-security"]).toBeUndefined();
  expect(headers["content-security-policy"]).not.toContain("upgrade-insecure-requests");
});

test.each([
  "/assets/../package.json",
  "/assets/..%2f..%2fpackage.json",
  "/assets/%2e%2e/%2e%2e/etc/passwd",
  "/assets/..%5c..%5cpackage.json",
  "/assets/main.js%00.png",
  "/chart/..%2f..%2fpackage.json",
  "/spec/..%2f..%2fstate.duckdb",
  "/lists/..%2fstate.csv",
  "//etc/passwd",
])("%s leads to no file", async (path) => {
  const { status, text = "" } = await get(path);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(text).not.toMatch(/"dependencies"|root:|duckdb_version/);
});

test.each([
  "/api/v1/kpis?__proto__[isAdmin]=1",
  "/api/v1/kpis?constructor.prototype.isAdmin=1",
  "/api/v1/kpis?from=2026-11-02&from=2026-11-09",
  "/api/v1/kpis?from[]=2026-11-02",
  `/api/v1/kpis?from=${encodeURIComponent("' or 1=1 --")}`,
  `/api/v1/review?group=${encodeURIComponent("g1'; drop table report.weeks; --")}`,
])("%s is refused, and no object is changed", async (path) => {
  const { status } = await get(path);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined();
  expect((await get("/api/v1/kpis")).status).toBe(200);
});

test("a long address is an error of the client, not of the server", async () => {
  const { status } = await get(`/?q=${"x".repeat(20_000)}`);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});
