import { afterAll, beforeAll, expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/* Days and weeks are the workspace's own. */
const community = new Community();
let database: Database;
const WEEK = "2026-11-09";
const OLD = "2025-01-01T09:00:00";

beforeAll(async () => {
  await community.import(
    "members.csv",
    csv(
      [
        { group_id: "g1", member_id: "host", joined_at: OLD },
        // An hour after the Monday four weeks before: still the Sunday in UTC.
        { group_id: "g1", member_id: "night", joined_at: "2026-10-12T01:00:00" },
        { group_id: "g1", member_id: "veteran", joined_at: OLD },
        { group_id: "g2", member_id: "veteran", joined_at: "2026-11-10T09:00:00" },
        {
          group_id: "g1",
          member_id: "quick",
          joined_at: "2026-11-10T06:00:00",
          left_at: "2026-11-10T10:00:00",
        },
        { group_id: "g1", member_id: "first", joined_at: "2026-10-06T09:00:00" },
      ].map((row) => ({ ...row, name: row.member_id })),
    ),
  );
  const said = [
    ["host", "2026-10-05T10:00:00"],
    ["night", "2026-11-02T00:30:00"],
  ] as const;
  await community.import(
    "messages.csv",
    csv(said.map(([sender_id, sent_at]) => ({ group_id: "g1", sender_id, sent_at, text: "今天天气真好呀" }))),
  );
  const generation = await community.build("2026-11-16T00:00:00+08:00");
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
});
afterAll(() => {
  database.close();
  community.remove();
});

const byName = async (sql: string) =>
  Object.fromEntries(
    (
      await database.all(
        `select people.display_name, found.* exclude (person_id) from (${sql}) as found inner join marts.people as people using (person_id)`,
      )
    ).map((row) => Object.values(row) as [string, unknown]),
  );

test("tenure counts from the first join of any group, by local weeks", async () => {
  expect(
    await byName(`select person_id, value from dimensions.tenure where week = date '${WEEK}'`),
  ).toMatchObject({ night: "weeks_1_4", veteran: "weeks_13", quick: "week_0", first: "weeks_5_12" });
});

test("what a member was before the first week is unknown, not newly joined", async () => {
  const before = await byName(
    "select person_id, value from dimensions.segment where week = date '2026-10-05'",
  );
  expect(before).toMatchObject({ host: null, veteran: null, first: "none" });
});

test("days of silence are local days, whatever the hour of the last word", async () => {
  const quiet = await runQuery(database, readCatalog(SQL_ROOT), "segment_list", {
    week: WEEK,
    segment: "quiet",
  });
  expect(quiet.map((row) => [row["name"], row["days_silent"]])).toContainEqual(["night", 14]);
});

test("days of a stay are whole days", async () => {
  expect(await byName("select person_id, days_since_join from marts.churn_events")).toEqual({ quick: 0 });
});
