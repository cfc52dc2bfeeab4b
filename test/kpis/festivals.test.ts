import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/*
 * The lunar new year was on Tuesday 2026-02-17 and will be on Saturday 2027-02-06, 354 days later: to whole weeks 51. The
 * official days off of 2027 were not known when this was written, those of 2026 are.
 */
const NOW = new Date("2027-03-10T00:00:00Z");
const community = new Community();
const catalog = readCatalog(SQL_ROOT);
const { source, close } = createSource(community.workspace.marts, catalog);
let marks: Row[] = [];
let acts: Row[] = [];

/** As many messages in a week as its place among them, so that each is known by its number. */
const FROM = Date.parse("2026-01-05");
const weekOf = (at: number) => new Date(FROM + at * 7 * 86_400_000).toISOString().slice(0, 10);
const place = (week: string) => (Date.parse(week) - FROM) / (7 * 86_400_000) + 1;

beforeAll(async () => {
  const rows = Array.from({ length: 61 }, (_, at) =>
    Array.from({ length: at + 1 }, (_, nth) => ({
      group_id: "g1",
      sender_id: `m${nth % 5}`,
      sent_at: `${weekOf(at)} 10:00:${String(nth % 60).padStart(2, "0")}`,
      text: `${at} ${nth}`,
    })),
  ).flat();
  await community.import("messages.csv", csv(rows), { now: NOW });
  await community.import(
    "calendar.csv",
    csv([
      { start: "2027-02-04", end: "2027-02-10", type: "holiday", title: "春节放假", group_id: "" },
      { start: "2026-06-09", end: "", type: "holiday", title: "厂休", group_id: "" },
      // A day more than the official list, which ends on the 7th.
      { start: "2026-10-01", end: "2026-10-09", type: "holiday", title: "国庆放假", group_id: "" },
      { start: "2026-07-07", end: "", type: "holiday", title: "一个群的", group_id: "g1" },
    ]),
    { now: NOW },
  );
  await build(community.workspace, community.state, catalog, { now: NOW, asOf: "2027-03-08T00:00:00" });
  const { marts } = community.workspace;
  const database = await Database.open(generationPath(marts, readPointer(marts)?.generation ?? ""), {
    readOnly: true,
  });
  marks = await database.all(
    "select week, id, title_zh, days, basis, year_before from marts.week_marks where kind = 'holiday' order by week, id",
  );
  acts = await database.all("select week, action, amount from marts.group_actions where action = 'holiday'");
  database.close();
});
afterAll(() => {
  close();
  community.remove();
});

const marksOf = (week: string) => marks.filter((one) => one["week"] === week);

test("the workspace's calendar takes the place of what was only worked out", () => {
  expect(marksOf("2027-02-01")).toEqual([
    {
      week: "2027-02-01",
      id: "spring_festival",
      title_zh: "春节放假",
      days: 4,
      basis: "calendar",
      year_before: "2026-02-09",
    },
  ]);
  // Eight days from the eve on were worked out: to the 12th.
  expect(marksOf("2027-02-08")).toMatchObject([{ title_zh: "春节放假", days: 3, basis: "calendar" }]);
});

test("a holiday of its own marks a week beside the official ones, one of a single group does not", () => {
  expect(marksOf("2026-06-08")).toMatchObject([{ id: "calendar 厂休", days: 1, basis: "calendar" }]);
  expect(marksOf("2026-02-16")).toMatchObject([{ title_zh: "春节", days: 7, basis: "official" }]);
  expect(marksOf("2026-07-06")).toEqual([]);
  // One festival is one mark, by its own name, with the days of both.
  expect([...marksOf("2026-09-28"), ...marksOf("2026-10-05")]).toMatchObject([
    { id: "national_day", title_zh: "国庆节", days: 4, basis: "official" },
    { id: "national_day", title_zh: "国庆节", days: 5, basis: "official" },
  ]);
  // What the calendar says is an action already.
  expect(acts.find((one) => one["week"] === "2026-06-08")).toBeUndefined();
  expect(acts.find((one) => one["week"] === "2026-02-16")).toMatchObject({ amount: 7 });
});

test.each([
  ["2027-02-01", "2026-02-09", "春节放假"],
  ["2027-02-08", "2026-02-16", "春节放假"],
  // Before the festival shops count from it too.
  ["2027-01-18", "2026-01-26", "年货节"],
  // Fixed days lie in the week of 52 weeks before; an ordinary week has nothing to be held against.
  ["2027-01-04", null, ""],
  ["2027-02-22", null, ""],
])("a week of %s is held against %s", async (week, before, title) => {
  const review = await source.read((generation) => generation.review({ week, focus: null }));
  const { against } = review?.kpis.find(({ id }) => id === "messages") ?? {};
  const own = place(week);
  expect(against?.lastYear?.value ?? null).toBe(own > 52 ? own - 52 : null);
  if (before === null) expect(against?.festival).toBeNull();
  else
    expect(against?.festival).toMatchObject({
      value: place(before),
      delta: own - place(before),
      title: { zh: title },
    });
});
