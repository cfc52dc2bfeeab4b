import { afterAll, beforeAll, expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/** The log begins on Monday 26 October; one advertisement every evening at 20:00, never more, never fewer. */
const DAYS = Array.from({ length: 21 }, (_, n) =>
  new Date(Date.UTC(2026, 9, 26 + n)).toISOString().slice(0, 10),
);
const LEFT: Readonly<Record<string, string>> = {
  second: "2026-10-28 21:00:00",
  third: "2026-11-11 21:00:00",
  // A day and an hour after the last message of the log.
  after: "2026-11-16 21:00:01",
};
const community = new Community("staff: [s1]\n");
let database: Database;

beforeAll(async () => {
  const members = ["second", "third", "after", "stays", "s1"].map((member_id) => ({
    group_id: "g1",
    member_id,
    joined_at: "2026-06-01 09:00:00",
    left_at: LEFT[member_id] ?? "",
  }));
  const late = {
    group_id: "g1",
    member_id: "late",
    joined_at: "2026-10-27 09:00:00",
    left_at: "2026-10-28 22:00:00",
  };
  await community.import("members.csv", csv([...members, late]));
  const said = (sender_id: string, sent_at: string, text: string) => ({
    group_id: "g1",
    sender_id,
    sent_at,
    text,
  });
  await community.import(
    "messages.csv",
    csv(
      DAYS.flatMap((day) => [
        said("stays", `${day} 09:00:00`, "早"),
        said(
          "s1",
          `${day} 20:00:00`,
          "【秒杀】到手39元，限11份，先付先得，下单链接 https://shop.example/s/1",
        ),
      ]),
    ),
  );
  const generation = await community.build("2026-11-23T00:00:00+08:00");
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
});
afterAll(() => {
  database.close();
  community.remove();
});

test("days before the log begins are no days without advertisements", async () => {
  const timing = await database.all(
    `select left_at::varchar as left_on, ads_24h, ads_72h, control_windows, control_windows_with_ad
     from marts.leave_timing join marts.churn_events using (group_id, person_id, nth) order by left_on`,
  );
  expect(timing.map((row) => Object.values(row))).toEqual([
    ["2026-10-28 13:00:00", 1, 3, 0, 0],
    ["2026-10-28 14:00:00", 1, 3, 0, 0],
    // Of the four weeks before, the log tells of two.
    ["2026-11-11 13:00:00", 1, 3, 2, 2],
    ["2026-11-16 13:00:01", null, null, 0, 0],
  ]);
  const reasons = await database.all("select distinct reason from marts.churn_reasons");
  expect(reasons).toEqual([{ reason: "unknown" }]);
});

test("what a leaver of the first week was before it nobody has seen; who came in it was new", async () => {
  const ask = (week: string) => runQuery(database, readCatalog(SQL_ROOT), "churn_segments", { week });
  expect((await ask("2026-10-26")).map(({ segment, persons }) => [segment, persons])).toEqual([
    ["new", 1],
    ["unknown", 1],
  ]);
  expect((await ask("2026-11-09")).map(({ segment }) => segment)).not.toContain("unknown");
});
