import { expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { alive } from "../../src/stats/btyd.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { SQL_ROOT } from "../support/community.ts";

// CDNOW's MBG/NBD (statistics.md A.9), and its shrinkage of gaps: within-person variance 6.3 times that between people.
const MODEL = { r: 0.5248379, alpha: 6.1829915, a: 0.891356, b: 1.6139995 };
const GAPS = { mean: 3.4, within: 1.26, between: 0.2 };
const WEEK = "2026-11-09";
const END = Date.parse("2026-11-16");
const day = (before: number) => new Date(END - before * 86_400_000).toISOString().slice(0, 10);

// Days before the week's end of the first and the last purchase, repeats, mean logarithm of gaps, spent.
const BUYERS = [
  { id: "once", first: 100, last: 100, repeats: 0, gap: null, value: 80 },
  { id: "often", first: 200, last: 40, repeats: 8, gap: Math.log(20), value: 900 },
  { id: "twice", first: 150, last: 35, repeats: 2, gap: Math.log(57), value: 60 },
];

test("probability, order and lateness of a list are the models' own", async () => {
  const database = await Database.open(":memory:");
  await database.run(`create schema marts; create schema report;
    create table marts.person_weeks as select unnest(['once', 'often', 'twice', 'never']) as person_id, date '${WEEK}' as week, 'dormant' as segment,
      'quiet' as previous_segment, null::timestamp as last_message_at, null::date as last_order_day, true as is_heard;
    create table report.weeks as select date '${WEEK}' as week, timestamp '${day(0)}' - interval 8 hour as ends_at, date '${day(0)}' as until_day;
    create table marts.member_weeks as select person_id, week, segment, 'g1' as group_id, true as is_member_end from marts.person_weeks;
    create table marts.groups as select 'g1' as group_id, 'g' as name, null::varchar as owner_id;
    create table marts.people as select person_id, person_id as display_name, null::varchar as level from marts.person_weeks;
    create table marts.rfm as select 'x' as person_id, date '${WEEK}' as week, '111' as rfm;
    create table marts.level_spells (person_id varchar, level varchar, known_at timestamp, until_at timestamp);
    create table marts.outreach as select 'x' as person_id, null::timestamp as last_addressed_at, 0 as addressed_30d, false as is_opted_out;
    create table marts.sources (source varchar, group_id varchar, is_known boolean, zh varchar, en varchar);
    create table marts.buying_spans (person_id varchar, paid_day date, until_day date, first_day date, repeats bigint, value decimal(18, 2), orders bigint, mean_ln_gap double);
    create table report.repurchase_model as select ${MODEL.r} as r, ${MODEL.alpha} as alpha, ${MODEL.a} as a, ${MODEL.b} as b, 30 as half_life_days,
      ${GAPS.mean} as gap_mean, ${GAPS.within} as gap_within, ${GAPS.between} as gap_between`);
  for (const { id, first, last, repeats, gap, value } of BUYERS) {
    await database.run(
      `insert into marts.buying_spans values ('${id}', '${day(last)}', '9999-01-01', '${day(first)}', ${repeats}, ${value}, ${repeats + 1}, ${gap})`,
    );
  }
  // A state before the last purchase must not be taken for the present one.
  await database.run(
    `insert into marts.buying_spans values ('often', '${day(60)}', '${day(40)}', '${day(200)}', 7, 800, 8, 3)`,
  );
  const rows = await runQuery(database, readCatalog(SQL_ROOT), "segment_list", { week: WEEK });
  // Of a week that is not over no day is counted that has not come: the same on a Friday, two days before.
  await database.run("update report.weeks set until_day = until_day - 2");
  const friday = await runQuery(database, readCatalog(SQL_ROOT), "segment_list", { week: WEEK });
  database.close();
  const days = (of: typeof rows) => of.map((row) => row["days_since_order"]);
  expect(days(rows)).toEqual([40, 35, 100, null]);
  expect(days(friday)).toEqual([38, 33, 98, null]);
  expect(Number(friday[2]?.["score"])).toBeCloseTo(80 * 0.5 ** (98 / 30), 9);
  expect(Number(friday[2]?.["p_alive"])).toBeCloseTo(alive("mbg", MODEL, 0, 0, 98 / 7), 12);
  expect(rows.map((row) => row["person_id"])).toEqual(["often", "twice", "once", "never"]);
  expect(rows[3]).toMatchObject({ score: null, p_alive: null, overdue_after: null, days_since_order: null });
  for (const { id, first, last, repeats, gap, value } of BUYERS) {
    const row = rows.find((one) => one["person_id"] === id);
    expect(row?.["score"]).toBeCloseTo(value * 0.5 ** (last / 30), 9);
    expect(row?.["p_alive"]).toBeCloseTo(alive("mbg", MODEL, repeats, (first - last) / 7, first / 7), 12);
    const k = GAPS.within / GAPS.between;
    const mean = (repeats * (gap ?? 0) + k * GAPS.mean) / (repeats + k);
    const late = Math.exp(mean + 1.2815515655446 * Math.sqrt(GAPS.within + GAPS.within / (repeats + k)));
    expect(row?.["overdue_after"]).toBe(repeats < 2 ? null : Math.round(Math.min(90, Math.max(14, late))));
  }
});
