import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { listIdentityDecisions } from "../../src/state/identity.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

const NAMES = ["独孤求败", "令狐冲本人", "任盈盈本人", "岳不群本人"];
const community = new Community();
let app: Express;
let served: ReturnType<typeof createSource>;
/** Four members, and as many buyers of whom only a name is known: theirs. */
beforeAll(async () => {
  const joined_at = "2026-09-01 00:00:00";
  const members = NAMES.map((name, at) => ({ group_id: "g1", member_id: `m${at}`, name, joined_at }));
  await community.import("members.csv", csv(members));
  const orders = NAMES.map((buyer_name, at) => ({
    order_id: `o${at}`,
    paid_at: "2026-11-10 12:00:00",
    amount: 10 + at,
    buyer_name,
  }));
  await community.import("orders.csv", csv(orders));
  await community.build("2026-11-16T00:00:00");
  served = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const { state } = community;
  app = await createApp({ source: served.source, state, dashboards: DASHBOARDS, lang: "zh" });
}, 120_000);
afterAll(() => {
  served.close();
  community.remove();
});

const page = async () => (await request(app).get("/people").set("Host", "127.0.0.1")).text;
const send = (path: string, form: object) =>
  request(app).post(path).set("Host", "127.0.0.1").type("form").send(form);
const listed = (text: string) => /name="ids" value="([0-9a-f,]+)"/.exec(text)?.[1]?.split(",") ?? [];
const decisions = async () =>
  (await listIdentityDecisions(community.state)).map(({ decision }) => decision).sort();

it("an unknown id among them joins nobody", async () => {
  const ids = listed(await page());
  expect(ids).toHaveLength(4);
  const { status } = await send("/api/v1/identity/accept", { ids: [...ids, "0123456789"].join(",") });
  expect([status, await decisions()]).toEqual([404, []]);
});

it("all that are listed are joined at once, without the one that was refused before", async () => {
  const [first = "", ...others] = listed(await page());
  await send(`/api/v1/identity/${first}/reject`, { back: "/people" });
  const text = await page();
  expect(text).toContain("这 3 位都是同一人：合并");
  expect(listed(text).sort()).toEqual(others.toSorted((a, b) => (a < b ? -1 : 1)));
  const done = await send("/api/v1/identity/accept", { ids: listed(text).join(","), back: "/people" });
  expect([done.status, done.headers["location"]]).toEqual([303, "/people"]);
  expect(await decisions()).toEqual(["accept", "accept", "accept", "reject"]);
  expect(listed(await page())).toEqual([]);
});
