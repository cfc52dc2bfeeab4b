import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { standingOf } from "../../src/campaigns/launch.ts";
import type { Outcome } from "../../src/campaigns/outcome.ts";
import { peopleNow } from "../../src/campaigns/people-now.ts";
import { Campaigns } from "../../src/campaigns/store.ts";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { addUser } from "../../src/state/users.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/*
 * Sixty silent members; a campaign writes to 48 of them. Then everyone who was written to buys, in a shop that knows
 * them by another id and the same phone, and two of the others speak.
 */
const IDS = Array.from({ length: 60 }, (_, n) => n);
const PASSWORD = "a long enough password";
const phone = (n: number) => `1380013${String(8000 + n)}`;
const member = (n: number, name = `友${n}`) => ({
  group_id: "g1",
  member_id: `m${n}`,
  name,
  phone: phone(n),
  joined_at: "2026-06-01 09:00:00",
});
const said = (sender_id: string, sent_at: string) => ({ group_id: "g1", sender_id, sent_at, text: "大家好" });

const community = new Community();
const stops: (() => void)[] = [];
let app: Express;
let before: Outcome;
const cookies = new Map<string, string>();

async function outcome(): Promise<Outcome> {
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const [campaign] = new Campaigns(community.workspace.lists).list();
  if (!campaign) throw new Error("no campaign");
  const made = await source.read((generation) => standingOf(generation, campaign));
  close();
  if (!made) throw new Error("nothing built");
  return made;
}

beforeAll(async () => {
  const { workspace, state } = community;
  await community.import("members.csv", csv(IDS.map((n) => member(n))));
  await community.import(
    "messages.csv",
    csv([said("m0", "2026-06-02 12:00:00"), said("x", "2026-11-15 12:00:00")]),
  );
  await community.build("2026-11-16T00:00:00");
  const first = createSource(workspace.marts, readCatalog(SQL_ROOT));
  const served = await createApp({
    source: first.source,
    state,
    dashboards: DASHBOARDS,
    lang: "zh",
    lists: workspace.lists,
  });
  const wanted = {
    title: "唤醒",
    from: "2026-11-16",
    days: "7",
    week: "2026-W46",
    group: "g1",
    segment: "dormant",
  };
  const made = await request(served).post("/campaigns").set("Host", "127.0.0.1").type("form").send(wanted);
  expect(made.status).toBe(303);
  first.close();

  const [campaign] = new Campaigns(workspace.lists).list();
  const numbers = new Map(
    (await community.query("select person_id, display_name from marts.people", "2026-11-16T00:00:00")).map(
      (row) => [row["person_id"], Number(String(row["display_name"]).slice(1))],
    ),
  );
  const number = (id: string) => numbers.get(id) ?? Number.NaN;
  const held = (campaign?.held ?? []).map(number);
  await community.import("talk.csv", csv(held.slice(0, 2).map((n) => said(`m${n}`, "2026-11-18 12:00:00"))));
  await community.build("2026-11-23T00:00:00");
  before = await outcome();
  await community.import(
    "orders.csv",
    csv(
      (campaign?.treated ?? []).map(number).map((n) => ({
        order_id: `o${n}`,
        buyer_id: `shop-${n}`,
        phone: phone(n),
        paid_at: "2026-11-17 12:00:00",
        amount: 10,
      })),
    ),
  );
  await community.build("2026-11-23T00:00:00");

  const { source, close } = createSource(workspace.marts, readCatalog(SQL_ROOT));
  stops.push(close);
  for (const user of [
    { name: "leader", role: "leader", groups: ["g1"] },
    { name: "viewer", role: "viewer", groups: [] },
    { name: "operator", role: "operator", groups: [] },
  ] as const)
    await addUser(state, { ...user, groups: [...user.groups] }, PASSWORD, new Date());
  app = await createApp({ source, state, dashboards: DASHBOARDS, lang: "zh", lists: workspace.lists });
  for (const name of ["leader", "viewer", "operator"]) {
    const answer = await request(app)
      .post("/login")
      .type("form")
      .send({ name, password: PASSWORD, back: "/" });
    cookies.set(name, (answer.get("Set-Cookie") ?? [""])[0]?.split(";")[0] ?? "");
  }
});
afterAll(() => {
  for (const stop of stops) stop();
  community.remove();
});

it("counts whoever has another id since then", async () => {
  expect([before.treated, before.held]).toMatchObject([
    { people: 48, returned: 0 },
    { people: 12, returned: 2 },
  ]);
  const after = await outcome();
  expect(after).toMatchObject({
    treated: { people: 48, returned: 48, spoke: 0, bought: 48, value: 480 },
    held: { people: 12, returned: 2, spoke: 2, bought: 0, value: 0 },
  });
  expect(after.lift).toBeCloseTo(1 - 2 / 12, 12);
  expect(after.spent?.plain).toBeCloseTo(10, 12);
});

it("the ids of some have really changed, and lists go by those of now", async () => {
  const campaigns = new Campaigns(community.workspace.lists).list();
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const [now] = (await source.read(({ query }) => peopleNow(query, campaigns))) ?? [];
  close();
  const changed = now?.treated.filter((id) => !campaigns[0]?.treated.includes(id)) ?? [];
  expect(changed.length).toBeGreaterThan(3);
  expect(now?.treated).toHaveLength(48);
  const file = await request(app)
    .get(`/campaigns/${campaigns[0]?.id}.csv`)
    .set("Cookie", cookies.get("operator") ?? "");
  // Whoever has come back is on no list any more; nobody of those left alone ever is.
  for (const id of now?.held ?? []) expect(file.text).not.toContain(id);
});

it.each([
  // 2 of 12 is too few to be shown to a viewer, and so is what follows from it.
  ["operator", ["48", "48", "100.0%", "12", "2", "16.7%"], /多回来 \+83\.3pp/],
  ["leader", ["48", "48", "100.0%", "12", "2", "16.7%"], /多回来 \+83\.3pp/],
  ["viewer", ["48", "48", "100.0%", "12", "—", "—"], /回来的人不到 5 个的一边不列出/],
])("%s sees the same numbers, or none", async (who, cells, sentence) => {
  const [campaign] = new Campaigns(community.workspace.lists).list();
  const { text, status } = await request(app)
    .get(`/campaigns/${campaign?.id}`)
    .set("Cookie", cookies.get(who) ?? "");
  expect(status).toBe(200);
  const shown = [...text.matchAll(/<td class="num"[^>]*>([^<]*)</g)].map(([, cell]) => cell);
  expect([...shown.slice(0, 3), ...shown.slice(6, 9)]).toEqual(cells);
  expect(text).toMatch(sentence);
  // The list of those to write to is offered to whoever may have it.
  expect(text.includes(`/campaigns/${campaign?.id}.csv`)).toBe(who === "operator");
});
