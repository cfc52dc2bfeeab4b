import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { campBases } from "../../src/review/camps.ts";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { twoSidedP } from "../../src/stats/normal.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/** Nine camps of forty, two weeks and a day apart: each begins on another weekday. Speakers by the end of day 3. */
const SPOKE = [20, 22, 19, 21, 20, 23, 20, 21, 6];
const SIZE = 40;
const camp = (at: number) => `camp${at}`;
const day = (at: number, n: number, hour = "10:00:00") =>
  `${new Date(Date.UTC(2026, 6, 6 + 15 * at + n - 1)).toISOString().slice(0, 10)} ${hour}`;

const members = SPOKE.flatMap((_, at) =>
  Array.from({ length: SIZE }, (_member, n) => ({
    group_id: camp(at),
    member_id: `c${at}m${n}`,
    // One comes on day 2; one is there before the camp begins, one leaves on day 4.
    joined_at: n === 0 ? day(at, 2) : day(at, n === 1 ? -1 : 1, "00:00:01"),
    left_at: n === 2 ? day(at, 4, "12:00:00") : "",
  })),
);
const messages = SPOKE.flatMap((spoke, at) => [
  ...Array.from({ length: spoke }, (_, n) => ({
    group_id: camp(at),
    sender_id: `c${at}m${n + 2}`,
    sent_at: day(at, 1 + (n % 3), `11:${String(n).padStart(2, "0")}:00`),
    text: `第 ${n} 句`,
  })),
  // A word said before day 1 is not the camp's.
  { group_id: camp(at), sender_id: `c${at}m1`, sent_at: day(at, 0), text: "还没开营" },
]);
const orders = SPOKE.flatMap((_, at) =>
  Array.from({ length: 5 }, (_order, n) => ({
    order_id: `o${at}-${n}`,
    buyer_id: `c${at}m${n}`,
    paid_at: day(at, n === 4 ? 6 : 3, "20:00:00"),
    amount: 99,
    group_id: camp(at),
  })),
);
const kinds = SPOKE.map((_, at) => `  ${camp(at)}: { kind: camp }`).join("\n");
// The group is opened days ahead, so its plan says when day 1 is.
const plan = `version: V1
id: five-days
title: 五天营
group_kind: camp
groups: [${SPOKE.map((_, at) => `{ id: ${camp(at)}, start: ${day(at, 1).slice(0, 10)} }`).join(", ")}]
phases: [{ id: 开课, title: 开课 }]
roles: { owner: 群主 }
steps:
  - { id: open, phase: 开课, day: 0, time: "09:00", role: owner, content_type: notice, text: 今天开营 }
`;

const community = new Community(`groups:\n${kinds}\n`);
let database: Database;
let days: Row[];
let compared: Row[];
beforeAll(async () => {
  await community.import("members.csv", csv(members));
  await community.import("messages.csv", csv(messages));
  await community.import("orders.csv", csv(orders));
  await community.import("plan.yaml", plan);
  const generation = await community.build(`${day(8, 5).slice(0, 10)}T00:00:00`);
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
  days = await database.all("select * from marts.camp_days order by group_id, day");
  compared = await database.all("select * from marts.camp_comparisons order by kpi, group_id, day");
});
afterAll(() => {
  database.close();
  community.remove();
});

describe("the clock of a camp", () => {
  test("counts from the plan's first day, whatever weekday that is", () => {
    for (const at of SPOKE.keys()) {
      const own = days.filter((row) => row["group_id"] === camp(at));
      expect(own[0]).toMatchObject({ day: 1, local_day: day(at, 1).slice(0, 10), joined: SIZE - 1 });
      expect(own[2]).toMatchObject({ day: 3, joined: SIZE, spoke: SPOKE[at], bought: 4, gone: 0 });
      expect(own[3]).toMatchObject({ day: 4, gone: 1 });
    }
    expect(
      new Set(days.filter((row) => row["day"] === 1).map((row) => new Date(`${row["local_day"]}`).getDay()))
        .size,
    ).toBe(7);
  });

  test("a day that is not over, and the 31st, are left out", () => {
    expect(days.filter((row) => row["group_id"] === camp(8))).toHaveLength(4);
    expect(Math.max(...days.map((row) => Number(row["day"])))).toBe(30);
  });

  test("a running total never falls", () => {
    for (const [at, row] of days.entries()) {
      const before = days[at - 1];
      if (!before || before["group_id"] !== row["group_id"]) continue;
      for (const step of ["joined", "spoke", "bought", "gone"])
        expect(Number(row[step])).toBeGreaterThanOrEqual(Number(before[step]));
    }
  });
});

describe("a camp against the one before", () => {
  const on3 = (kpi: string) => compared.filter((row) => row["kpi"] === kpi && row["day"] === 3);

  test("without six past pairs there is an interval and no verdict", () => {
    const [first, second, , , , , seventh] = on3("activity_rate");
    expect(first).toMatchObject({ previous_group_id: null, verdict: "insufficient", reason: "no_data" });
    expect(second).toMatchObject({ verdict: "insufficient", reason: "baseline" });
    expect(second?.["delta"]).toBeCloseTo(0.05, 12);
    expect(seventh).toMatchObject({ verdict: "insufficient", reason: "baseline" });
    expect(Number(second?.["lo"])).toBeLessThan(0.05);
  });

  test("with six the difference is held against sampling and what camps usually differ by", () => {
    const rate = (y: number) => y / SIZE;
    const variance = (y: number) => ((y + 1) * (SIZE - y + 1)) / (SIZE + 2) ** 2 / SIZE;
    const pairs = SPOKE.slice(1).map((y, at) => ({
      d: rate(y) - rate(SPOKE[at] ?? 0),
      se2: variance(y) + variance(SPOKE[at] ?? 0),
    }));
    const past = pairs.slice(0, -1);
    const tau2 = Math.max(0, past.reduce((sum, { d, se2 }) => sum + d * d - se2, 0) / past.length);
    const last = pairs.at(-1);
    const spread = Math.sqrt((last?.se2 ?? 0) + tau2);
    const row = on3("activity_rate").at(-1);
    expect(row?.["delta"]).toBeCloseTo(last?.d ?? 0, 12);
    expect(row?.["min_detectable"]).toBeCloseTo(2.8 * spread, 12);
    expect(3 * twoSidedP((last?.d ?? 0) / spread)).toBeLessThan(0.05);
    expect(row).toMatchObject({ verdict: "worse", strength: "clear", reason: null, earlier_camps: 8 });
    expect(row?.["earlier_mean"]).toBeCloseTo(rate(SPOKE.slice(0, 8).reduce((a, b) => a + b)) / 8, 12);
    expect(on3("activity_rate").at(-2)).toMatchObject({ verdict: "noise", strength: null });
    expect(on3("conversion_rate").at(-1)).toMatchObject({ delta: 0, verdict: "noise" });
  });

  test("stands beside the week's other bases, on the last day that is over", async () => {
    const week = String((await database.one("select max(week) as week from report.weeks"))["week"]);
    const bases = await campBases(database, week, camp(8));
    expect(new Set(bases.keys())).toEqual(new Set(["activity_rate", "churn_rate", "conversion_rate"]));
    expect(bases.get("activity_rate")).toMatchObject({
      day: 4,
      own: { numerator: 6, denominator: SIZE },
      previous: { numerator: 21, denominator: SIZE },
      earlier: { camps: 8 },
      verdict: "worse",
    });
    expect(await campBases(database, week, "*")).toEqual(new Map());
    expect(await campBases(database, week, camp(0))).toEqual(new Map());
  });

  test("on its page: N-12, the days side by side, and the cards against the camp before", async () => {
    const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
    const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh" });
    const get = async (path: string) => (await request(app).get(path).set("Host", "localhost")).text;
    const page = await get("/groups/camp8?week=2026-W45&vs=camp");
    expect(page).toContain("训练营第 4 天累计开口 6 人，上期（camp7）同一天 21 人");
    expect(page).toContain("第 4 天累计 15.0% (6/40)，上期同一天 52.5% (21/40) · 明显变差");
    const other = await get("/?week=2026-W45&vs=camp");
    expect(other).not.toContain("对比上期训练营同一天");
    expect(other).toContain("没有可比的数");
    close();
  });
});
