import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

// Four messages a day, in the local time of the community: two weeks around each edge of the calendar.
const DAY = 86_400_000;
const NOW = new Date("2028-03-10T00:00:00Z");
const EDGES = ["2026-12-21", "2027-12-20", "2028-02-21"] as const;
const sent = EDGES.flatMap((from) =>
  Array.from({ length: 14 * 4 }, (_, at) =>
    new Date(Date.parse(from) + (at * DAY) / 4).toISOString().slice(0, 19).replace("T", " "),
  ),
);

const community = new Community();
const catalog = readCatalog(SQL_ROOT);
const { source, close } = createSource(community.workspace.marts, catalog);
const buildAt = (now: string | Date) =>
  build(community.workspace, community.state, catalog, {
    now: new Date(now),
    asOf: "2028-03-06T00:00:00",
    full: true,
  });

/** All that was computed, by the pointer. */
async function computed(): Promise<Row> {
  const { marts } = community.workspace;
  const database = await Database.open(generationPath(marts, readPointer(marts)?.generation ?? ""), {
    readOnly: true,
  });
  try {
    return await database.one(
      `select (select sum(hash(k)) from report.kpi_weekly as k)::varchar as kpis, (select sum(hash(v)) from report.verdicts as v)::varchar as verdicts,
         (select sum(hash(p)) from marts.person_weeks as p)::varchar as people`,
    );
  } finally {
    database.close();
  }
}

beforeAll(async () => {
  const rows = sent.map((sent_at, at) => ({
    group_id: "g1",
    sender_id: `m${at % 9}`,
    sent_at,
    text: `${at}`,
  }));
  await community.import("messages.csv", csv(rows), { now: NOW });
  await buildAt(NOW);
});
afterAll(() => {
  close();
  community.remove();
});

test.each([
  ["2026-W52", "2026-12-21", null],
  ["2026-W53", "2026-12-28", "2026-W52"],
  ["2027-W51", "2027-12-20", "2027-W50"],
  ["2027-W52", "2027-12-27", "2027-W51"],
  ["2028-W08", "2028-02-21", "2028-W07"],
  // With 29 February.
  ["2028-W09", "2028-02-28", "2028-W08"],
])("%s is the week of %s, after %s, whole", async (week, from, previous) => {
  const review = await source.read((generation) => generation.review({ week }));
  expect(review).toMatchObject({ week, from, complete: true });
  expect(review?.previous).toBe(previous);
  expect(review?.kpis.find(({ id }) => id === "messages")?.numerator).toBe(28);
});

test("no message is between two years, and none in both", async () => {
  const weeks = await source.read((generation) => generation.kpis({ kpi: "messages", group: "g1" }));
  const all = (weeks ?? []).filter(({ segment }) => segment === "*");
  expect(all.reduce((sum, { numerator }) => sum + Number(numerator), 0)).toBe(sent.length);
  expect(new Set(all.map(({ week }) => week)).size).toBe(all.length);
  expect(all.every(({ week }) => new Date(String(week)).getUTCDay() === 1)).toBe(true);
});

test("the clock decides nothing: hours later, and the last second of the year before", async () => {
  const before = await computed();
  for (const now of ["2028-03-10T07:00:00Z", "2027-12-31T23:59:59Z"]) {
    const { generation } = await buildAt(now);
    // A clock that goes back gives an id that sorts before the last one; what is published is the newer all the same.
    expect(source.currentId()).toBe(generation);
    expect([now, await computed()]).toEqual([now, before]);
  }
});
