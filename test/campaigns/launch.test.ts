import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Express } from "express";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "../../src/campaigns/launch.ts";
import { contactable, detectable, splitList } from "../../src/campaigns/split.ts";
import { Campaigns } from "../../src/campaigns/store.ts";
import { createSource } from "../../src/review/source.ts";
import type { Review } from "../../src/review/types.ts";
import { createApp } from "../../src/server/app.ts";
import { sampleSize } from "../../src/stats/experiment.ts";
import { zOf } from "../../src/stats/intervals.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

const person = fc.record({
  personId: fc.uuid(),
  why: fc.constantFrom("never_spoke", "went_silent", "lapsed_buyer"),
  orders: fc.nat(2),
});
const stratum = ({ why, orders }: { why: string; orders: number }) => `${why} ${orders > 0}`;

describe("a split by lot", () => {
  it("is the same from the same start, whatever the order; a fifth of each stratum within one, and of all", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { selector: ({ personId }) => personId, maxLength: 120 }),
        (people) => {
          const { treated, held } = splitList(people, "start");
          expect(new Set([...treated, ...held]).size).toBe(people.length);
          expect(held).toHaveLength(Math.round(people.length / 5));
          const again = splitList([...people].reverse(), "start");
          expect(new Set(again.held)).toEqual(new Set(held));
          for (const key of new Set(people.map(stratum))) {
            const all = people.filter((one) => stratum(one) === key);
            const left = all.filter(({ personId }) => held.includes(personId));
            expect(Math.abs(left.length - all.length / 5)).toBeLessThan(1);
          }
        },
      ),
    );
  });

  it("another start is another split", () => {
    const people = Array.from({ length: 60 }, (_, n) => ({
      personId: `p${n}`,
      why: "went_silent",
      orders: 0,
    }));
    expect(splitList(people, "a").held).not.toEqual(splitList(people, "b").held);
  });

  it("the difference that would be seen is the one that so many people are needed for", () => {
    const seen = detectable(3964, 991, 0.03) ?? Number.NaN;
    expect(seen).toBeCloseTo(0.02, 4);
    expect(sampleSize(0.03, 0.03 + seen, zOf(0.95), zOf(0.6), 4)).toBeCloseTo(991, 3);
    expect(detectable(4, 1, 0.1)).toBeNull();
  });

  it("nobody is written to twice within a fortnight, nor whoever is left alone for another campaign", () => {
    const campaign = {
      ...{ id: "0123456789", title: "唤醒", createdAt: "", by: "local", message: "" },
      list: { week: "2026-W44", group: "*", segment: "dormant", why: null },
      ...{ from: "2026-11-02", to: "2026-11-15", treated: ["a"], held: ["b"] },
    };
    const list = ["a", "b", "c", "d"].map((personId) => ({
      personId,
      lastAddressed: personId === "d" ? "2026-11-10T08:00:00" : null,
    }));
    const ready = (from: string, people = list) =>
      contactable(people, [campaign], from, "Asia/Shanghai").map(({ personId }) => personId);
    expect(ready("2026-11-15")).toEqual(["c"]);
    expect(ready("2026-11-16")).toEqual(["a", "b", "c"]);
    expect(ready("2026-11-24")).toEqual(["a", "b", "c", "d"]);
    // Half past six in the morning of the tenth there, and still the ninth in UTC.
    const early = [{ personId: "e", lastAddressed: "2026-11-09T22:30:00" }];
    expect([ready("2026-11-23", early), ready("2026-11-24", early)]).toEqual([[], ["e"]]);
  });
});

describe("a campaign from the list", () => {
  let community: Community;
  let app: Express;
  let served: ReturnType<typeof createSource>;
  let marked: Row[];
  beforeAll(async () => {
    community = new Community();
    const ids = Array.from({ length: 52 }, (_, n) => n);
    await community.import(
      "members.csv",
      csv(
        ids.map((n) => ({
          group_id: n < 40 ? "big" : "small",
          member_id: `m${n}`,
          name: `友${n}`,
          joined_at: "2026-06-01 09:00:00",
        })),
      ),
    );
    await community.import(
      "messages.csv",
      csv([
        ...ids
          .filter((n) => n % 3 === 0)
          .map((n) => ({
            group_id: n < 40 ? "big" : "small",
            sender_id: `m${n}`,
            sent_at: `2026-06-0${(n % 8) + 1} 12:00:00`,
            text: "大家好",
          })),
        { group_id: "big", sender_id: "x", sent_at: "2026-11-15 12:00:00", text: "早" },
      ]),
    );
    await community.import(
      "orders.csv",
      csv(
        ids
          .filter((n) => n % 5 === 0)
          .map((n) => ({
            order_id: `o${n}`,
            buyer_id: `m${n}`,
            paid_at: "2026-06-20 12:00:00",
            amount: 20 + n,
            group_id: n < 40 ? "big" : "small",
          })),
      ),
    );
    await community.build("2026-11-16T00:00:00");
    served = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
    app = await createApp({
      source: served.source,
      state: community.state,
      dashboards: DASHBOARDS,
      lang: "zh",
      lists: community.workspace.lists,
    });
    marked =
      (await served.source.read(({ query }) =>
        query("segment_list", { week: "2026-11-09", group_id: "big", segment: "dormant" }),
      )) ?? [];
  });
  afterAll(() => {
    served.close();
    community.remove();
  });
  const get = (path: string) => request(app).get(path).set("Host", "127.0.0.1");
  const start = (group: string, from: string) =>
    request(app)
      .post("/campaigns")
      .set("Host", "127.0.0.1")
      .type("form")
      .send({ title: "唤醒", from, days: "14", week: "2026-W46", group, segment: "dormant" });
  const stored = () => new Campaigns(community.workspace.lists).list();

  it("says before it begins who is left alone and what so many people could show", async () => {
    const { text } = await get("/segments?week=2026-W46&group=big&segment=dormant");
    expect(text).toContain("40 人里随机留出 8 人");
    expect(text).toMatch(/至少相差 \+[\d.]+pp 才看得出来/);
    expect(text).toContain("证明不了效果");
  });

  it("leaves alone those the list marks, and its file holds the others only", async () => {
    expect(marked).toHaveLength(40);
    const made = await start("big", "2026-11-16");
    expect(made.status).toBe(303);
    const [campaign] = stored();
    const wanted = marked.filter((row) => row["is_holdout"]).map((row) => String(row["person_id"]));
    expect(new Set(campaign?.held)).toEqual(new Set(wanted));
    const file = (await get(`${made.headers["location"]}.csv`)).text;
    for (const id of campaign?.treated ?? []) expect(file).toContain(id);
    for (const id of wanted) expect(file).not.toContain(id);
  });

  it("is seen in the list from then on: everybody waits, and those it leaves alone are marked", async () => {
    const [campaign] = stored();
    const file = (await get("/lists/dormant.csv?week=2026-W46&group=big")).text;
    const lines = file.trim().split(/\r?\n/).slice(1);
    expect(lines).toHaveLength(40);
    for (const line of lines) expect(line).toContain("联系过，先等等");
    const left = lines.filter((line) => line.includes("对照组"));
    expect(left.every((line) => campaign?.held.some((id) => line.includes(id)))).toBe(true);
    expect(left).toHaveLength(8);
  });

  it("is seen alike by the API, on the page of the week and in its workbook", async () => {
    const held = new Set(stored()[0]?.held);
    const { body } = await get("/api/v1/segments/dormant?week=2026-W46&group=big");
    const at = (name: string) => body.cols.indexOf(name);
    const told = body.rows.map((row: string[]) => [
      row[at("personId")],
      row[at("scene")],
      row[at("holdout")],
    ]);
    expect(told).toHaveLength(40);
    for (const [id, ...rest] of told) expect(rest).toEqual(["wait", held.has(id)]);
    const review = (await get("/api/v1/review?week=2026-W46&group=big")).body as Review;
    const listed = review.dormant.rows.map((row) => [row.personId, row.scene, row.holdout]);
    expect(listed).toEqual(told);
    const page = (await get("/?week=2026-W46&group=big")).text;
    const scenes = page.match(/class="scene full"[^>]*>[^<]+/g) ?? [];
    expect(scenes).toHaveLength(8);
    for (const scene of scenes) expect(scene).toContain("联系过，先等等");
    const book = await get("/report.xlsx?week=2026-W46&group=big").responseType("blob");
    const sheets = Object.entries(unzipSync(new Uint8Array(book.body))).map(([, one]) => strFromU8(one));
    expect(sheets.join("").split("联系过，先等等")).toHaveLength(41);
  });

  it("marks the same people in a short list as in the whole one", async () => {
    for (const most of [1, 12, 39, 100, 101]) {
      const short = await served.source.read(({ query }) =>
        query("segment_list", { week: "2026-11-09", group_id: "big", segment: "dormant", most }),
      );
      expect(short).toEqual(marked.slice(0, most));
    }
    expect(marked.slice(0, 39).filter((row) => row["is_holdout"]).length).toBeGreaterThan(5);
  });

  it("does not write to the same people again within a fortnight; after it the same start gives the same split", async () => {
    const early = await start("big", "2026-11-29");
    expect([early.status, early.text]).toEqual([422, expect.stringContaining("14 天内联系过")]);
    expect((await start("big", "2026-11-30")).status).toBe(303);
    const [first, second] = stored().map(({ held }) => new Set(held));
    expect(second).toEqual(first);
  });

  it("is refused under twenty people, with the reason, on the page and when it is tried all the same", async () => {
    const { text } = await get("/segments?week=2026-W46&group=small&segment=dormant");
    expect(text).toContain("能联系的只有 12 人，不到 20 人");
    expect(text).not.toContain('action="/campaigns"');
    const tried = await start("small", "2026-11-16");
    // Understood and there, and refused all the same: "not found" would be about something else.
    expect([tried.status, tried.text]).toEqual([
      422,
      expect.stringContaining("能联系的只有 12 人，不到 20 人，留不出对照，没有发起活动"),
    ]);
    expect(tried.text).toContain("一个一个问候");
    expect(tried.text).not.toContain("天内联系过");
    expect(stored()).toHaveLength(2);
  });

  it("gives way to one that another process fixed at the same moment with the same people", async () => {
    class Raced extends Campaigns {
      override add(made: Parameters<Campaigns["add"]>[0]) {
        super.add({ ...made, title: "别人的" });
        return super.add(made);
      }
    }
    const wanted = { title: "我的", from: "2027-01-11", days: 14, message: "", week: "2026-W46" };
    const made = served.source.read((generation) =>
      launch(
        generation,
        new Raced(community.workspace.lists),
        { ...wanted, group: "big", segment: "dormant", why: null, q: "" },
        { name: "local", at: NOW },
      ),
    );
    await expect(made).rejects.toMatchObject({
      status: 409,
      text: { zh: expect.stringContaining("别人的") },
    });
    const titles = stored().map(({ title }) => title);
    expect([titles.includes("别人的"), titles.includes("我的")]).toEqual([true, false]);
  });

  it("names the file of a campaign that was damaged", () => {
    const { lists } = community.workspace;
    for (const content of ["{", "{}"]) {
      writeFileSync(join(lists, "campaigns", "ffffffffff.json"), content);
      expect(stored).toThrow(/campaign is damaged: .*ffffffffff\.json/);
    }
    rmSync(join(lists, "campaigns", "ffffffffff.json"));
  });
});
