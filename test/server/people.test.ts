import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { runAs } from "../../src/server/auth/access.ts";
import { pairsOf } from "../../src/server/people.ts";
import { listIdentityDecisions } from "../../src/state/identity.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

const NAME = "独孤求败的小号";
let community: Community;
let app: Express;
let served: ReturnType<typeof createSource>;
beforeAll(async () => {
  community = new Community();
  await community.import(
    "members.csv",
    csv(
      ["m1", "m2"].map((member_id, at) => ({
        group_id: "g1",
        group_name: "茶友群",
        member_id,
        name: at === 0 ? NAME : `成员${at}`,
        joined_at: "2026-09-01 00:00:00",
        left_at: "",
      })),
    ),
  );
  await community.import(
    "orders.csv",
    csv([
      { order_id: "o1", paid_at: "2026-11-11 00:30:00", amount: 50, buyer_name: NAME, buyer_id: "" },
      { order_id: "o2", paid_at: "2026-11-10 12:00:00", amount: 20, buyer_name: "", buyer_id: "m2" },
    ]),
  );
  await community.import(
    "customers.csv",
    csv([
      { person_key: "c1", name: "林冲", phone: "19900000003", platform: "后台导入" },
      { person_key: "c2", name: "鲁智深", phone: "19900000003", platform: "小程序" },
    ]),
  );
  await community.build("2026-11-16T00:00:00");
  served = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  app = await createApp({
    source: served.source,
    state: community.state,
    dashboards: DASHBOARDS,
    lang: "zh",
  });
}, 120_000);
afterAll(() => {
  served.close();
  community.remove();
});

const get = (path: string) => request(app).get(path).set("Host", "127.0.0.1");
const post = (path: string) => request(app).post(path).set("Host", "127.0.0.1");
const pairs = async (kind = "nickname") =>
  ((await get("/api/v1/identity")).body.pairs as { id: string; status: string; kind: string }[]).filter(
    (one) => one.kind === kind,
  );

describe("who is who in the browser", () => {
  it("shows what to decide with a masked name, and never a key", async () => {
    const { text } = await get("/people");
    expect(text).toContain("独*号");
    expect(text).toContain("50.0%");
    expect(text).toContain("1 / 2");
    const keys = (await served.source.read((generation) => pairsOf(generation, community.state)))?.flatMap(
      (one) => [one.keys.leftKey, one.keys.rightKey],
    );
    expect(keys).toHaveLength(4);
    const api = JSON.stringify((await get("/api/v1/identity")).body);
    for (const secret of [NAME, ...(keys ?? [])]) {
      expect(text).not.toContain(secret);
      expect(api).not.toContain(secret);
    }
  });

  it("shows both accounts of a shared phone, masked, and the days of the workspace's zone", async () => {
    const { text } = await get("/people");
    for (const shown of ["林*", "后台导入", "鲁*深", "小程序", "2026-11-11"]) expect(text).toContain(shown);
    for (const secret of ["林冲", "鲁智深", "19900000003"]) expect(text).not.toContain(secret);
    expect(await pairs("shared_phone")).toMatchObject([
      { accounts: expect.arrayContaining([expect.objectContaining({ name: "鲁*深", platform: "小程序" })]) },
    ]);
  });

  it("an operator who signed in sees whom the decision is about", async () => {
    const user = { name: "mei", role: "operator", groups: [] } as never;
    const seen = await new Promise((resolve) =>
      runAs(user, () =>
        resolve(
          served.source.read(async (generation) => (await pairsOf(generation, undefined))[0]?.pair.name),
        ),
      ),
    );
    expect(seen).toBe(NAME);
  });

  it("a form accepts, takes back and rejects, and leads back to the page", async () => {
    const [one] = await pairs();
    const send = (step: string) =>
      post(`/api/v1/identity/${one?.id}/${step}`).type("form").send({ back: "/people" });
    const accepted = await send("accept");
    expect([accepted.status, accepted.headers["location"]]).toEqual([303, "/people"]);
    expect(await pairs()).toMatchObject([{ id: one?.id, status: "accepted" }]);
    expect(await listIdentityDecisions(community.state)).toMatchObject([
      { decision: "accept", kind: "nickname", decidedBy: "local" },
    ]);
    expect((await get("/people")).text).toContain("是同一人");
    await send("undo");
    expect(await pairs()).toMatchObject([{ status: "pending" }]);
    expect((await send("undo")).status).toBe(404);
    await send("reject");
    expect(await pairs()).toMatchObject([{ status: "rejected" }]);
  });

  it.each([
    ["another site's page", "/api/v1/identity/0123456789/accept", { Origin: "https://evil.example" }, 403],
    ["an id that no suggestion has", "/api/v1/identity/0123456789/accept", {}, 404],
    ["what is no id", "/api/v1/identity/all/accept", {}, 400],
  ])("refuses %s", async (_what, path, headers, status) => {
    expect((await post(path).set(headers).type("form").send({})).status).toBe(status);
  });
});
