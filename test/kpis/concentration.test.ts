import { expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { SQL_ROOT } from "../support/community.ts";

const TALK = [0, 0, 0, 0, 1, 1, 2, 3, 5, 8, 20, 60];

test("shares squared, and how many equal people they are worth; talk and sales alike", async () => {
  const database = await Database.open(":memory:");
  await database.run(`create schema marts;
    create table marts.participation as select 'g' as group_id, 'p' || i as person_id, date '2026-11-09' as week, messages
      from (select unnest([${TALK.join(", ")}])::bigint as messages, unnest(range(12)) as i);
    create table marts.buyer_weeks as select 'g' as group_id, unnest(['a', 'b', 'c', 'd']) as person_id, date '2026-11-09' as week, 25::decimal(18, 2) as net_amount`);
  const rows = await runQuery(database, readCatalog(SQL_ROOT), "concentration", {
    group_id: "g",
    week: "2026-11-09",
  });
  database.close();
  expect(rows).toEqual([
    {
      what: "talk",
      people: 8,
      total: 100,
      top1_share: 0.6,
      top10_share: 0.6,
      hhi: expect.closeTo(0.4104, 12),
      equal_people: expect.closeTo(1 / 0.4104, 9),
    },
    { what: "sales", people: 4, total: 100, top1_share: 0.25, top10_share: 0.25, hhi: 0.25, equal_people: 4 },
  ]);
});
