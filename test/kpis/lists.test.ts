import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lintWords } from "../../pipelines/plans/shared/lint-words.ts";
import { segments } from "../../src/commands/segments.ts";
import { runQuery } from "../../src/review/query.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

// Ten buyers a–j: days since the last purchase day, purchase days, spent. Scores by middle ranks (statistics.md A.6).
const RECENCY = [1, 3, 3, 7, 10, 15, 30, 45, 60, 90];
const FREQUENCY = [5, 1, 1, 2, 1, 3, 1, 1, 2, 1];
const MONETARY = [500, 20, 35, 80, 35, 210, 15, 35, 99, 10];
const IDS = [..."abcdefghij"];
const END = Date.parse("2026-11-16T00:00:00Z");
const day = (before: number) => new Date(END - before * 86_400_000).toISOString().slice(0, 10);

const members = IDS.map((member_id) => ({
  group_id: "g1",
  member_id,
  name: `客人${member_id}`,
  joined_at: "2026-01-05 09:00:00",
  left_at: "",
  // As the operator has it of j, who is listed under optOut by it.
  phone: member_id === "j" ? "13800138009" : "",
}));
const orders = IDS.flatMap((buyer_id, at) =>
  Array.from({ length: FREQUENCY[at] ?? 0 }, (_, nth) => ({
    order_id: `${buyer_id}${nth}`,
    buyer_id,
    paid_at: `${day((RECENCY[at] ?? 0) + nth)} 12:00:00`,
    amount: nth === 0 ? (MONETARY[at] ?? 0) - (FREQUENCY[at] ?? 0) + 1 : 1,
    group_id: "g1",
  })),
);

const community = new Community(
  "rfm: {recency: quintiles, frequency: quintiles, monetary: quintiles}\noptOut: [138 0013 8009]\n",
);
let scores: Row[];
let growth: Row[];
let cohorts: Row[];
beforeAll(async () => {
  await community.import("members.csv", csv(members));
  await community.import("orders.csv", csv(orders));
  await community.import(
    "messages.csv",
    csv([
      { group_id: "g1", sender_id: "a", sent_at: "2026-01-05 10:00:00", text: "你好" },
      { group_id: "g1", sender_id: "b", sent_at: "2026-11-10 10:00:00", text: "还有吗" },
    ]),
  );
  [scores = [], growth = [], cohorts = []] = await community.queries(
    [
      "select r, f, m, rfm, recency_days, frequency from marts.rfm where week = '2026-11-09' order by monetary desc, recency_days",
      "select * from marts.growth_weeks where group_id = 'g1' and week = '2026-11-09'",
      "select * from marts.cohort_weeks where basis = 'join' and k in (0, 44) order by k",
    ],
    "2026-11-16T00:00:00",
  );
});
afterAll(() => community.remove());

test("equal buyers have equal scores, whatever the order of rows", () => {
  const wanted = IDS.map((_, at) => ({
    monetary: MONETARY[at] ?? 0,
    recency: RECENCY[at] ?? 0,
    r: [5, 4, 4, 4, 3, 3, 2, 2, 1, 1][at],
    f: [5, 2, 2, 4, 2, 5, 2, 2, 4, 2][at],
    m: [5, 2, 3, 4, 3, 5, 1, 3, 4, 1][at],
  })).sort((one, other) => other.monetary - one.monetary || one.recency - other.recency);
  expect(scores.map(({ r, f, m }) => [r, f, m])).toEqual(wanted.map(({ r, f, m }) => [r, f, m]));
});

test("active members are new, retained or returned; the lost left or went quiet", () => {
  // a spoke in January and bought again, b and c are there for the first time, d bought the Sunday before, e did alone.
  expect(growth[0]).toMatchObject({ active: 4, new: 2, retained: 1, returned: 1 });
  expect(growth[0]).toMatchObject({ lost: 1, lost_left: 0, lost_quiet: 1, quick_ratio: 3 });
});

test("a cohort is counted whole to its last seen week", () => {
  expect(cohorts).toMatchObject([
    { k: 0, size: 10, stayed: 10, active: 1 },
    { k: 44, size: 10, stayed: 10, active: 4 },
  ]);
});

test("every query answers, for one group and for all", async () => {
  const catalog = readCatalog(SQL_ROOT);
  const reader = new GenerationReader(community.workspace.marts);
  const answers = new Map<string, number>();
  await reader.read(async (database) => {
    for (const group_id of ["*", "g1"])
      for (const { id } of catalog.queries)
        answers.set(
          id,
          (await runQuery(database, catalog, id, { group_id, week: "2026-11-09", cohorts: 60 })).length,
        );
  });
  reader.close();
  for (const id of ["funnel", "cohorts", "growth", "activity_hours", "segment_list"])
    expect([id, answers.get(id)]).not.toEqual([id, 0]);
});

test("first whose purchases are worth most today; too few buyers carry no probability", async () => {
  const catalog = readCatalog(SQL_ROOT);
  const reader = new GenerationReader(community.workspace.marts);
  const made = await reader.read(async (database) => ({
    list: await runQuery(database, catalog, "segment_list", { week: "2026-11-09", segment: "dormant" }),
    model: await runQuery(database, catalog, "repurchase_model", {}),
  }));
  reader.close();
  const list = made?.list ?? [];
  expect(made?.model).toMatchObject([{ status: "few_buyers", auc_model: null, half_life_days: 30 }]);
  for (const { value, score, days_since_order: days, p_alive, overdue_after } of list) {
    expect(score).toBeCloseTo(Number(value) * 0.5 ** (Number(days) / 30), 9);
    expect([p_alive, overdue_after]).toEqual([null, null]);
  }
  const scores = list.map(({ score }) => Number(score));
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  // i spent 99 in 60 days past, h 35 in 45, j 10 in 90: 24.75, 12.4, 1.25.
  expect(list.map(({ person_id: _, name, ...row }) => [String(name).at(-1), row["value"]])).toEqual(
    expect.arrayContaining([
      ["i", 99],
      ["h", 35],
    ]),
  );
});

test("fupan segments: the list is masked, opted-out people are not on it, spreadsheets are whole", async () => {
  const out: string[] = [];
  const context = {
    content: {
      importers: [],
      sql: SQL_ROOT,
      dashboards: "",
      version: "0",
      plans: { templates: "", words: lintWords },
      robots: [],
      writeDemo: async () => undefined,
    },
    effects: { out: (text: string) => out.push(text), log: () => undefined, now: () => NOW },
    globals: { workspace: community.root, json: true },
    lang: "zh" as const,
  };
  await segments(context, { segment: "dormant" });
  const rows = JSON.parse(out[0] ?? "[]") as Row[];
  expect(rows.length).toBe(2);
  expect(rows[0]).toMatchObject({ why: "lapsed_buyer", name: "客*i" });
  expect(JSON.stringify(rows)).not.toContain("客人");
  // j is listed under optOut, by phone: in the segment, on no list, and in no count of the list.
  const ofName = (list: readonly Row[]) => list.map((row) => String(row["name"]).at(-1));
  expect(ofName(rows)).not.toContain("j");
  const reader = new GenerationReader(community.workspace.marts);
  const counts = await reader.read(async (database) => {
    const params = { week: "2026-11-09", segment: "dormant" };
    const catalog = readCatalog(SQL_ROOT);
    const reasons = await runQuery(database, catalog, "segment_reasons", params);
    const stock = await runQuery(database, catalog, "segment_stock", params);
    return {
      listed: reasons.reduce((sum, row) => sum + Number(row["persons"]), 0),
      all: Number(stock.find((row) => row["segment"] === "dormant")?.["persons"]),
    };
  });
  reader.close();
  expect(counts).toEqual({ listed: rows.length, all: rows.length + 1 });
  await expect(segments(context, { segment: "sleepy" })).rejects.toThrow("sleepy");

  const file = join(community.root, "list.xlsx");
  writeFileSync(file, "");
  await segments(
    { ...context, globals: { workspace: community.root } },
    { segment: "dormant", format: "xlsx", out: file },
  );
  const bytes = readFileSync(file);
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
  const texts = Object.values(unzipSync(bytes))
    .map((part) => Buffer.from(part).toString("utf8"))
    .join("");
  expect(texts).toContain("客*i");
  expect(texts).not.toContain("客人");
});
