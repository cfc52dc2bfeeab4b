import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { churnOf } from "../../src/review/churn.ts";
import { missingColumns, runQuery } from "../../src/review/query.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { review } from "../../src/review/review.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/**
 * Three groups of other people, all there since September and none with orders. g1 has a log and two lists, between
 * which one left; g2 has one list alone; the log of g3 begins on 13 October.
 */
const SIZES = { g1: 8, g2: 8, g3: 6 };
const WEEK = "2026-10-12";
const community = new Community("groups:\n  g1: {kind: fan}\n  g2: {kind: 街坊}\n");
const catalog = readCatalog(SQL_ROOT);
let reader: GenerationReader;

const people = Object.entries(SIZES).flatMap(([group_id, size]) =>
  Array.from({ length: size }, (_, at) => ({ group_id, member_id: `${group_id}m${at}` })),
);
const listed = (snapshot_at: string | null, rows: typeof people) =>
  csv(rows.map((one) => ({ ...one, joined_at: "2026-09-01T08:00:00", snapshot_at })));
const said = (group_id: string, at: number, sent_at: string) => ({
  group_id,
  sender_id: `${group_id}m${at}`,
  sent_at,
  text: "到家了",
});

beforeAll(async () => {
  const first = people.filter(({ group_id }) => group_id === "g1");
  await community.import("a.csv", listed("2026-10-08T00:00:00", first));
  await community.import("b.csv", listed("2026-10-15T00:00:00", first.slice(0, -1)));
  await community.import(
    "c.csv",
    listed(
      "2026-10-08T00:00:00",
      people.filter(({ group_id }) => group_id !== "g1"),
    ),
  );
  const days = ["2026-09-02T10:00:00", "2026-10-06T10:00:00", "2026-10-13T10:00:00"];
  await community.import(
    "messages.csv",
    csv([
      ...days.flatMap((day) => [0, 1, 2, 3, 4].map((at) => said("g1", at, day))),
      ...[0, 1, 2].map((at) => said("g3", at, "2026-10-13T11:00:00")),
    ]),
  );
  await community.build("2026-10-19T00:00:00");
  reader = new GenerationReader(community.workspace.marts);
});
afterAll(() => {
  reader.close();
  community.remove();
});

const sql = async (text: string): Promise<Row[]> =>
  (await reader.read((database) => database.all(text))) ?? [];
const ask = async (name: string, params: Record<string, string> = {}): Promise<Row[]> =>
  (await reader.read((database) => runQuery(database, catalog, name, { week: WEEK, ...params }))) ?? [];
const figure = async (kpi: string, group: string, week = WEEK) => {
  const [row] = await sql(
    `select numerator, denominator, value from report.kpi_weekly where kpi = '${kpi}' and group_id = '${group}' and week = '${week}' and segment = '*'`,
  );
  return row ? [row["numerator"], row["denominator"]] : null;
};

describe("silence counts only where it can be known", () => {
  test("over all groups a rate is of those whose source was imported", async () => {
    expect(await figure("activity_rate", "*")).toEqual([8, 14]);
    expect(await figure("organic_activity_rate", "*")).toEqual([8, 14]);
    expect(await figure("activity_rate_week_end", "*")).toEqual([8, 13]);
    expect(await figure("churn_rate", "*")).toEqual([1, 8]);
    expect(await figure("conversion_rate", "*")).toEqual([null, null]);
    const [talk] = await sql(
      `select members, speakers from marts.talk_weeks where group_id = '*' and week = '${WEEK}'`,
    );
    expect(talk).toEqual({ members: 14, speakers: 8 });
    // Every member is still a member.
    expect(await figure("members_end", "*")).toEqual([21, null]);
  });

  test("before its log begins a group has no silence either", async () => {
    expect(await figure("activity_rate", "g3")).toEqual([3, 6]);
    expect(await figure("activity_rate", "g3", "2026-10-05")).toEqual([0, 0]);
    expect(await figure("speakers", "g3", "2026-10-05")).toEqual([null, null]);
    expect(await figure("activity_rate", "*", "2026-10-05")).toEqual([5, 8]);
    const [verdict] = await sql(
      `select verdict, reason from report.verdicts where kpi = 'activity_rate' and group_id = 'g3' and week = '${WEEK}'`,
    );
    expect(verdict).toEqual({ verdict: "insufficient", reason: "no_data" });
  });

  test("where leaving can't be seen nobody is said to have stayed", async () => {
    expect(await figure("churn_rate", "g1")).toEqual([1, 8]);
    for (const kpi of ["churn_rate", "leaves", "net_growth", "bounce_rate"])
      expect([kpi, (await figure(kpi, "g2"))?.[0] ?? null]).toEqual([kpi, null]);
  });

  test("the notices say of how many members the figures are", async () => {
    const notices = new Map((await ask("quality")).map((row) => [row["code"], String(row["zh"])]));
    expect(notices.get("messages_unknown")).toContain("22 人里的 14 人");
    expect(notices.get("leavers_unknown")).toContain("22 人里的 8 人");
    expect(notices.get("log_begins")).toMatch(/^1 个群的聊天记录从本周才开始：g3/);
  });
});

describe("a query says what was never imported instead of 0", () => {
  test("steps and cohorts without orders", async () => {
    expect(await ask("funnel")).toEqual([
      { joined: 22, heard: 14, spoke: 8, bought: null, bought_again: null },
    ]);
    const cells = await ask("cohorts", { basis: "join" });
    expect(cells.find(({ k }) => k === 6)).toMatchObject({
      size: 22,
      heard: 14,
      active: 8,
      active_rate: 8 / 14,
      bought: null,
      bought_again: null,
      buy_rate: null,
    });
    expect(await ask("cohorts", { basis: "first_order" })).toEqual([]);
  });

  test("a group without a log has no steps beyond joining", async () => {
    expect(await ask("funnel", { group_id: "g2" })).toEqual([
      { joined: 8, heard: 0, spoke: null, bought: null, bought_again: null },
    ]);
    const why = await reader.read((database) =>
      missingColumns(database, catalog, "funnel", { group_id: "g2" }),
    );
    expect(why?.map(({ source, columns }) => [source, columns])).toEqual([
      ["messages", ["spoke"]],
      ["orders", ["bought", "bought_again"]],
    ]);
  });

  test("lists: no value of nobody's purchases, and no silence that was never heard", async () => {
    const list = await ask("segment_list", { segment: "dormant" });
    const reasons = Object.fromEntries(
      (await ask("segment_reasons", { segment: "dormant" })).map((row) => [row["why"], row["persons"]]),
    );
    expect(reasons).toEqual({ never_spoke: 5, not_heard: 8 });
    expect(list.filter(({ why }) => why === "not_heard")).toHaveLength(8);
    expect(list.map(({ orders, value, rfm }) => [orders, value, rfm])).toEqual(
      list.map(() => [null, null, null]),
    );
    const stock = await ask("segment_stock");
    expect(stock.find(({ segment }) => segment === "repeat")).toEqual({
      segment: "repeat",
      persons: null,
      previous: null,
    });
    expect(await ask("campaign_outcome", { people: "x", from: WEEK, to: WEEK })).toMatchObject([
      { spoke: 0, bought: null, value: null },
    ]);
  });

  test("the review names the sources, of all groups and of one", async () => {
    const made = async (group: string) =>
      (await reader.read((database, pointer) => review(database, pointer, catalog, { week: WEEK, group })))
        ?.unknown;
    expect((await made("*"))?.map(({ source }) => source)).toEqual(["inviters", "orders"]);
    expect((await made("g2"))?.map(({ source }) => source)).toEqual([
      "inviters",
      "leavers",
      "messages",
      "orders",
    ]);
    const churn = await reader.read((database) => churnOf(database, catalog, WEEK, "g2"));
    expect(churn?.leavers).toBeNull();
  });

  test("what a query needs is a source that there is, and columns that it has", async () => {
    const sources = new Set(
      (await sql("select distinct source from marts.sources")).map((row) => row["source"]),
    );
    for (const { id, header } of catalog.queries)
      for (const [source, columns] of Object.entries(header.needs)) {
        expect([id, sources.has(source)]).toEqual([id, true]);
        const [row] = await ask(id, { group_id: "g1" });
        if (row) expect([id, Object.keys(row)]).toEqual([id, expect.arrayContaining(columns)]);
      }
  });
});

test("kinds of groups have names; one that nobody named is shown as it was written", async () => {
  expect(await sql("select kind, kind_zh, kind_en from marts.groups order by group_id")).toEqual([
    { kind: "fan", kind_zh: "粉丝群", kind_en: "Fan groups" },
    { kind: "街坊", kind_zh: "街坊", kind_en: "街坊" },
    { kind: null, kind_zh: null, kind_en: null },
  ]);
});
