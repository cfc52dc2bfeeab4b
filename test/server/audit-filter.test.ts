import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ImportDesk } from "../../src/server/imports/desk.ts";
import { cookiesOf, SECRETS, type Served, serveSmall, serveWhole } from "./served.ts";

let served: Served;
let app: Express;
let close: () => void;
let cookies: Map<string, string>;

beforeAll(async () => {
  served = await serveSmall();
  ({ app, close } = await serveWhole(served, {} as ImportDesk));
  cookies = await cookiesOf(app, served.community.state);
});
afterAll(() => {
  close();
  served.close();
});

const get = async (path: string) =>
  (
    await request(app)
      .get(path)
      .set("Cookie", cookies.get("operator") ?? "")
  ).status;
const lines = async () =>
  (
    await served.community.state.read((database) =>
      database.all("select detail from audit where made_by = 'operator' order by entry_id"),
    )
  ).map(({ detail }) => JSON.parse(String(detail)) as Record<string, unknown>);

test("what somebody typed behind a list's address is not kept, under any name; the filter that cut it is", async () => {
  const asked = [
    "/lists/dormant.csv",
    "/lists/kpis.csv",
    "/report.html",
    "/report.xlsx",
    "/people",
    "/api/v1/identity",
    "/api/v1/segments/dormant",
  ];
  const names = [
    "x",
    "q",
    "vs",
    "on",
    "sort",
    "kpi",
    "role",
    "group",
    "day",
    "theme",
    "why",
    "page",
    "w",
    "__proto__",
  ];
  let answered = 0;
  for (const path of asked)
    for (const name of names)
      if ((await get(`${path}?${name}=${SECRETS.phone}&${SECRETS.phone}=1`)) === 200) answered += 1;
  expect(answered).toBeGreaterThan(20);
  const kept = await lines();
  expect(kept.length).toBe(answered);
  expect(kept.filter((line) => JSON.stringify(line).includes(SECRETS.phone))).toEqual([]);
});

test("week, group, KPI, reason and order of a list are kept", async () => {
  await get("/lists/dormant.csv?week=2026-W45&group=g1&why=seasonal&sort=silent&page=2&utm=1");
  await get("/lists/kpis.csv?week=2026-W45&group=g1&kpi=activity_rate");
  const found = (await lines()).slice(-2).map(({ sha256: _sha256, ...rest }) => rest);
  expect(found).toEqual([
    { path: "/lists/dormant.csv", week: "2026-W45", group: "g1", why: "seasonal", sort: "silent" },
    { path: "/lists/kpis.csv", week: "2026-W45", group: "g1", kpi: "activity_rate" },
  ]);
});
