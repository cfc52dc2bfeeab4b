import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reviewMarkdown } from "../../src/commands/review-markdown.ts";
import { createSource } from "../../src/review/source.ts";
import type { Review } from "../../src/review/types.ts";
import { createApp } from "../../src/server/app.ts";
import type { PageContext } from "../../src/server/context.ts";
import { heading } from "../../src/server/page/bar.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/** Three whole weeks and two days of a small community that has its chats and a list of names. */
let community: Community;
let app: Express;
let close: () => void;
const [FIRST, WHOLE, OPEN] = ["2026-W41", "2026-W43", "2026-W44"];

const day = (at: number) => new Date(Date.UTC(2026, 9, 5 + at)).toISOString().slice(0, 10);
const get = (path: string) => request(app).get(path).set("Host", "localhost");
const review = async (week?: string): Promise<Review> =>
  (await get(`/api/v1/review${week ? `?week=${week}` : ""}`)).body;
/** The text of a card, without markup. */
const card = async (week: string | undefined, kpi: string) => {
  const { text } = await get(`/?week=${week}`);
  const from = text.indexOf(`id="kpi-${kpi}"`);
  return text.slice(from, text.indexOf("</article>", from)).replace(/<[^>]*>/g, " ");
};

beforeAll(async () => {
  community = new Community("groups:\n  g1: { name: 早鸟一群 }\n  g2: { name: 早鸟二群 }\n");
  const rows = Array.from({ length: 23 }, (_, at) =>
    Array.from({ length: 14 }, (_, who) => ({
      group_id: who % 2 ? "g2" : "g1",
      sender_id: `m${who}`,
      sender_name: `成员${who}`,
      sent_at: `${day(at)} 10:00:00`,
      text: "早上好",
    })).filter((_, who) => (who + at) % 3 !== 0),
  );
  await community.import("messages.csv", csv(rows.flat()));
  // Without it nobody would know of the silent, and nothing of members had a figure.
  const names = Array.from({ length: 14 }, (_, who) => ({
    group_id: who % 2 ? "g2" : "g1",
    member_id: `m${who}`,
    joined_at: "",
  }));
  await community.import("members.csv", csv(names));
  await community.build("2026-10-28T02:00:00");
  const { source, close: shut } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  close = shut;
  app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh" });
});
afterAll(() => {
  close();
  community.remove();
});

test("a first week promises no band, draws no chart of one point, and no group is said to be within ordinary variation", async () => {
  const { text } = await get(`/?week=${FIRST}&kpi=activity_rate`);
  const why = text.slice(text.indexOf('id="why"'), text.indexOf('id="rhythm"'));
  expect([why.includes("近 1 周"), why.includes("浅色带"), why.includes("data-chart=")]).toEqual([
    true,
    false,
    false,
  ]);
  expect(why).toContain("活跃率：各群的样本或历史都还不够下判断");
  expect(text).not.toContain("导出 CSV（0 人）");
});

describe("without orders", () => {
  test("what needs them keeps its place, says so and leads to the import; nobody bought is never said", async () => {
    for (const kpi of ["conversion_rate", "repurchase_rate", "gmv_net"]) {
      const text = await card(WHOLE, kpi);
      expect([kpi, text.includes("还没有订单"), /\d/.test(text.replace(/id="[^"]*"/, ""))]).toEqual([
        kpi,
        true,
        false,
      ]);
    }
    const { text } = await get(`/frag/why?week=${WHOLE}&kpi=conversion_rate`);
    expect(text.includes("转化率：还没有数据")).toBe(true);
    expect(text.includes("0.0%")).toBe(false);
    const { kpis, missing, groups } = await review(WHOLE);
    expect(missing.map(({ kpi }) => kpi)).toContain("conversion_rate");
    expect(kpis.find(({ id }) => id === "conversion_rate")).toMatchObject({ value: null, denominator: null });
    expect(groups.every((group) => !("conversion_rate" in group.kpis) && "activity_rate" in group.kpis)).toBe(
      true,
    );
  });

  test("every KPI that is money, or is split by buyers, is among them", async () => {
    const catalog = readCatalog(SQL_ROOT);
    const needy = catalog.kpis.filter(
      ({ header, sql }) =>
        header.unit === "money" || /marts\.(?:order|buyer|repurchase|reported)_\w+/.test(sql),
    );
    const missing = new Set((await review(WHOLE)).missing.map(({ kpi }) => kpi));
    expect(needy.length).toBeGreaterThan(8);
    expect(needy.map(({ id }) => id).filter((id) => !missing.has(id))).toEqual([]);
  });
});

test("the first week has figures and no verdict, and says what lacks", async () => {
  const text = await card(FIRST, "activity_rate");
  expect(text).toContain("没有上周可比");
  expect(text).toContain("14 / 14");
});

test("a week too new for a KPI that needs days of watching says how many, not that data lack", async () => {
  expect(await card(WHOLE, "newcomer_7d")).toContain("满 7 天才看得到");
  const waits = async (week: string) =>
    (await review(week)).kpis.filter(({ waitsDays }) => waitsDays !== null).map(({ id }) => id);
  expect(await waits(WHOLE)).toContain("newcomer_7d");
  // Nobody came in the weeks before, so there is nothing to wait for.
  expect(await waits("2026-W42")).not.toContain("newcomer_7d");
  expect(await card("2026-W42", "newcomer_7d")).toContain("没有数据");
});

test("too few people, or too few weeks, are no verdict", async () => {
  expect(await card(WHOLE, "activity_rate")).toMatch(/样本太小|基线不足/);
  expect((await get(`/?week=${WHOLE}`)).text.includes("历史还不够画出通常范围")).toBe(true);
});

test("a week that is not over says up to when, is dashed and is not judged", async () => {
  const { text } = await get(`/?week=${OPEN}`);
  expect(text.includes("本周还没结束，数据只到 10.28 02:00")).toBe(true);
  expect(await card(OPEN, "activity_rate")).toContain("本周未完");
  expect(text.includes("stroke-dasharray")).toBe(true);
  // Nothing was planned, so the rings of the plan are an empty layer: no picture without a name for screen readers.
  expect(/<g class="mark-[^"]*"[^>]*?(?:\/>|><\/g>)/.exec(text)).toBeNull();
  const { kpis, complete } = await review(OPEN);
  expect([complete, kpis.filter(({ strength }) => strength !== null)]).toEqual([false, []]);
  expect((await review()).week).toBe(WHOLE);
});

test("an unfinished week without one before is compared with none, by the notice as by the title", async () => {
  const first = await review(OPEN);
  const told = (previous: string | null) =>
    String(heading({ lang: "zh", review: { ...first, previous } } as PageContext)).replace(/<[^>]*>/g, " ");
  expect(told(null)).toContain("没有上一周可比");
  expect(told(null)).not.toContain("和上周");
  expect(told(WHOLE)).toContain("只和上周的同一时段");
});

test("whose data end on the last day of a week is led to that week, which is not whole yet", async () => {
  const whole = await review(WHOLE);
  const link = ({ week }: { week?: string }) => `/?week=${week}`;
  const told = (asOf: string, isOffline = false) =>
    String(heading({ lang: "zh", isOffline, link, review: { ...whole, asOf } } as unknown as PageContext));
  const sunday = "2026-11-01T12:44:00.000Z";
  expect(told(sunday)).toContain("第 44 周的数据到 11.01 20:44 为止，还不满一周");
  expect(told(sunday)).toContain(`<a href="/?week=${OPEN}">先看第 44 周</a>`);
  for (const other of [told(sunday, true), told(whole.asOf), told("2026-10-31T12:44:00.000Z")])
    expect(other).not.toContain("还不满一周");
});

test("minutes say how many are dormant, or that it is not shown or not known; never 0 for either", async () => {
  const whole = await review(WHOLE);
  const line = (dormant: number | null, stock = whole.segments.stock) =>
    reviewMarkdown(
      { ...whole, dormant: { ...whole.dormant, total: dormant }, segments: { ...whole.segments, stock } },
      "zh",
    )
      .split("\n")
      .filter((one) => one.startsWith("- 沉默成员") && !one.includes("("));
  expect(line(7)).toEqual(["- 沉默成员 7 人，名单见页面。"]);
  expect(line(null)).toEqual(["- 沉默成员的人数不列出。"]);
  const unknown = whole.segments.stock.map((one) => ({ ...one, persons: null }));
  expect(line(0, unknown)).toEqual(["- 沉默成员有多少还看不出来。"]);
});

test("a week or a group that there is not is a page with a way on", async () => {
  for (const path of ["/?week=2020-W01", "/?group=nowhere", "/groups/nowhere"]) {
    const { status, text } = await get(path);
    expect([
      path,
      status,
      text.includes("<main"),
      text.includes("有数据的"),
      text.includes('href="/"'),
    ]).toEqual([path, 404, true, true, true]);
  }
});

test("once there are orders, the figures are there", async () => {
  await community.import(
    "orders.csv",
    csv([{ order_id: "o1", paid_at: `${day(15)} 11:00:00`, amount: 10, buyer_id: "m1", group_id: "g2" }]),
  );
  await community.build("2026-10-28T02:00:00");
  const { missing, kpis } = await review(WHOLE);
  expect(missing.filter(({ kpi }) => kpi === "conversion_rate")).toEqual([]);
  expect(kpis.find(({ id }) => id === "conversion_rate")?.denominator).toBe(14);
  expect(await card(WHOLE, "conversion_rate")).toContain("1 / 14");
});
