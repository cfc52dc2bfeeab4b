import { expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { kaplanMeier, medianSurvival } from "../../src/stats/survival.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { SQL_ROOT } from "../support/community.ts";

const catalog = readCatalog(SQL_ROOT);

interface Case {
  /** Null: nobody answered. */
  minutes: number | null;
  /** Minutes after which the member left, if so. */
  left?: number;
}

/** Cases that opened at one moment; the data end `hours` later. */
async function medianOf(database: Database, cases: readonly Case[], hours = 100): Promise<unknown> {
  await database.run(
    `create or replace table report.about as select timestamp '2026-11-16 00:00:00' + to_hours(${hours}) as as_of`,
  );
  await database.run("truncate marts.service_cases");
  await database.run("truncate marts.memberships");
  for (const [at, { minutes, left }] of cases.entries()) {
    await database.run(
      `insert into marts.service_cases values ('c${at}', 'g1', '2026-11-16', 'question', 'p${at}', '2026-11-16 00:00:00', ${minutes}, timestamp '2026-11-16 00:00:00' + to_minutes(${minutes}), null, null, false)`,
    );
    if (left !== undefined)
      await database.run(
        `insert into marts.memberships values ('g1', 'p${at}', timestamp '2026-11-16 00:00:00' + to_minutes(${left}))`,
      );
  }
  const rows = await runQuery(database, catalog, "service_summary", { week: "2026-11-16" });
  expect(rows.map((row) => row["group_id"])).toEqual(["*", "g1"]);
  expect(rows[0]?.["median_reply_minutes"]).toBe(rows[1]?.["median_reply_minutes"]);
  return rows[0]?.["median_reply_minutes"];
}

test("the median reply of a week counts those who still wait", async () => {
  const database = await Database.open(":memory:");
  await database.run(
    `create schema marts; create schema report;
     create table marts.memberships (group_id varchar, person_id varchar, left_at timestamp);
     create table marts.service_cases (case_id varchar, group_id varchar, week date, kind varchar, person_id varchar, opened_at timestamp,
       first_reply_minutes bigint, first_reply_at timestamp, is_reply_in_time boolean, resolved_at timestamp, is_open boolean)`,
  );
  // statistics.md A.7: 22, where the answered ones alone have 12.
  const answered = [2, 4, 5, 5, 9, 15, 22, 40, 75, 130].map((minutes) => ({ minutes }));
  const waiting = [{ minutes: null }, { minutes: null }, { minutes: null, left: 300 }];
  expect(await medianOf(database, [...answered, ...waiting])).toBe(22);
  // An answer after a day is none; most without an answer have no median; all answered have the plain one.
  expect(await medianOf(database, [{ minutes: 5 }, { minutes: 2000 }, { minutes: 3000 }])).toBeNull();
  expect(await medianOf(database, [{ minutes: 9 }, { minutes: 3 }, { minutes: 30 }])).toBe(9);
  // Who left after a minute was not kept waiting for a day.
  expect(await medianOf(database, [{ minutes: 4 }, { minutes: 8 }, { minutes: null, left: 1 }])).toBe(4);
  for (const seed of [1, 2, 3]) {
    const cases: Case[] = Array.from({ length: 25 }, (_, at) => ({
      minutes: (at * seed) % 3 === 0 ? null : 1 + ((at * 37 * seed) % 90),
    }));
    const { median } = medianSurvival(
      kaplanMeier(cases.map(({ minutes }) => ({ exit: minutes ?? 120, event: minutes !== null }))),
    );
    expect(await medianOf(database, cases, 2)).toBe(median);
  }
  database.close();
});
