import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community();
let reasons: Row[];

beforeAll(async () => {
  const member = (group_id: string, member_id: string, joined_at: string, left_at: string) => ({
    group_id,
    member_id,
    joined_at,
    left_at,
  });
  await community.import(
    "members.csv",
    csv([
      // There before the list, and silent ever since.
      member("g1", "old", "", "2026-11-10 10:00:00"),
      member("g1", "young", "2026-10-20 10:00:00", "2026-11-11 10:00:00"),
      // The log of g2 is a week old: what was said before it nobody knows.
      member("g2", "unheard", "2026-06-01 10:00:00", "2026-11-12 10:00:00"),
    ]),
  );
  const said = (group_id: string, sent_at: string) => ({
    group_id,
    sender_id: "talks",
    sent_at,
    text: "到家了",
  });
  await community.import(
    "messages.csv",
    csv([
      said("g1", "2026-07-01 10:00:00"),
      said("g1", "2026-11-09 10:00:00"),
      said("g2", "2026-11-05 10:00:00"),
    ]),
  );
  [reasons = []] = await community.queries(
    [
      "select group_id, left_at::date::varchar as day, reason from marts.churn_reasons join marts.churn_events using (group_id, person_id, nth) order by day",
    ],
    "2026-11-16T00:00:00",
  );
});
afterAll(() => community.remove());

test("silence is a reason where eight weeks of it are known, whenever the member came", () => {
  expect(reasons.map((row) => Object.values(row))).toEqual([
    ["g1", "2026-11-10", "never_engaged"],
    ["g1", "2026-11-11", "unknown"],
    ["g2", "2026-11-12", "unknown"],
  ]);
});
