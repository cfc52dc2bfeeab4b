import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/*
 * g1 has a log and a list that states who left; of g2 there is one list and nothing else. Whoever is in both is heard
 * and watched in g1 only: what they do in g2 is not known, and says nothing of those who are known.
 */
const WEEK = "2026-10-12";
const community = new Community();
let figures: Row[];

const member = (group_id: string, member_id: string, joined_at: string, more = {}) => ({
  group_id,
  member_id,
  joined_at,
  left_at: "",
  ...more,
});
const said = (sender_id: string, sent_at: string) => ({ group_id: "g1", sender_id, sent_at, text: "到家了" });

beforeAll(async () => {
  await community.import(
    "g1.csv",
    csv([
      ...["olds", "quiet", "talks"].map((id) => member("g1", id, "2026-09-01 08:00:00")),
      // Spoke and left g1 in the week; stays in g2.
      member("g1", "leaves", "2026-09-01 08:00:00", { left_at: "2026-10-15 08:00:00" }),
      member("g1", "new", "2026-10-13 08:00:00"),
      // In g2 since September, new here, and silent for a day.
      member("g1", "comes", "2026-10-14 08:00:00"),
    ]),
  );
  await community.import(
    "g2.csv",
    csv(
      [
        member("g2", "olds", "2026-10-13 08:00:00"),
        ...["quiet", "leaves", "comes"].map((id) => member("g2", id, "2026-09-01 08:00:00")),
      ].map(({ left_at, ...row }) => ({ ...row, snapshot_at: "2026-10-20 00:00:00" })),
    ),
  );
  await community.import(
    "messages.csv",
    csv([
      said("talks", "2026-09-02 10:00:00"),
      said("talks", "2026-10-06 10:00:00"),
      said("leaves", "2026-10-13 10:00:00"),
      said("new", "2026-10-13 11:00:00"),
      said("talks", "2026-10-16 10:00:00"),
      said("comes", "2026-10-17 10:00:00"),
    ]),
  );
  [figures = []] = await community.queries(
    [
      `select kpi, group_id, numerator, denominator from report.kpi_weekly where segment = '*' and week = '${WEEK}'`,
    ],
    "2026-10-26T00:00:00",
  );
});
afterAll(() => community.remove());

test.each([
  ["activity_rate", "*", 4, 6],
  // Olds is new in g2 alone, where nobody would have heard a first word.
  ["newcomer_24h", "*", 1, 2],
  ["newcomer_7d", "*", 2, 2],
  ["newcomer_24h", "g1", 1, 2],
  ["newcomer_24h", "g2", 0, 0],
  ["bounce_rate", "*", 0, 2],
  // At the week's end leaves is a member of g2 alone.
  ["activity_rate_week_end", "*", 3, 5],
  ["activity_rate_week_end", "g1", 3, 5],
  // For the whole of both weeks leaves and comes were in g2 alone.
  ["established_rate", "*", 1, 3],
])("%s of %s is of those whose group tells of them", (kpi, group, numerator, denominator) => {
  const row = figures.find((one) => one["kpi"] === kpi && one["group_id"] === group);
  expect([row?.["numerator"] ?? 0, row?.["denominator"] ?? 0]).toEqual([numerator, denominator]);
});
