import request from "supertest";
import { afterAll, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { testDesk } from "../support/desk.ts";

const community = new Community();
const desk = testDesk(community.workspace, community.state);
const served = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
afterAll(() => {
  desk.jobs.close();
  served.close();
  community.remove();
});

it("whoever decides has the figures follow from the page itself, and is asked for it as long as they do not", async () => {
  const member = { group_id: "g1", member_id: "m1", name: "独孤求败", joined_at: "2026-09-01 00:00:00" };
  await community.import("members.csv", csv([member]));
  const order = { order_id: "o1", paid_at: "2026-11-10 12:00:00", amount: 10, buyer_name: "独孤求败" };
  await community.import("orders.csv", csv([order]));
  await community.build("2026-11-16T00:00:00");
  const { state } = community;
  const app = await createApp({ source: served.source, state, desk, dashboards: DASHBOARDS, lang: "zh" });
  const send = (path: string) =>
    request(app).post(path).set("Host", "127.0.0.1").type("form").send({ back: "/people" });
  const page = async () => {
    const { text } = await request(app).get("/people").set("Host", "127.0.0.1");
    return { text, asks: text.includes("现在重算</button>"), matched: />(\d+ \/ \d+)</.exec(text)?.[1] };
  };
  const before = await page();
  expect(before).toMatchObject({ asks: false, matched: "0 / 1" });
  const [, id] = /identity\/([0-9a-f]{10})\/accept/.exec(before.text) ?? [];
  await send(`/api/v1/identity/${id}/accept`);
  expect(await page()).toMatchObject({ asks: true, matched: "0 / 1" });
  const done = await send("/api/v1/identity/recount");
  expect([done.status, done.headers["location"]]).toEqual([303, "/people"]);
  expect(await page()).toMatchObject({ asks: false, matched: "1 / 1" });
  await send(`/api/v1/identity/${id}/undo`);
  expect(await page()).toMatchObject({ asks: true, matched: "1 / 1" });
});
