import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/*
 * Who left shows in the difference of two member lists alone: the first is of 16 September, the next a month later, then
 * one each Monday. The log is older than all of them, and nobody in it says that they left.
 */
const community = new Community("");
let inputs: Row[];

beforeAll(async () => {
  const list = (snapshot_at: string, from: number) =>
    community.import(
      `${snapshot_at}.csv`,
      csv(
        Array.from({ length: 80 - from }, (_, at) => ({
          group_id: "g1",
          member_id: `m${from + at}`,
          joined_at: "2026-06-01 09:00:00",
          snapshot_at: `${snapshot_at} 09:00:00`,
        })),
      ),
    );
  await community.import(
    "messages.csv",
    csv(
      Array.from({ length: 16 }, (_, at) => ({
        group_id: "g1",
        sender_id: "m79",
        sent_at: new Date(Date.UTC(2026, 7, 3 + 7 * at, 4)).toISOString(),
        text: "早",
      })),
    ),
  );
  await list("2026-09-16", 0);
  await list("2026-10-14", 12);
  for (const [at, monday] of ["2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09"].entries())
    await list(monday, 13 + at);
  [inputs = []] = await community.queries(
    ["select week, leaves, lasting_leaves, placed_leaves from marts.rule_inputs order by week"],
    "2026-11-16T00:00:00",
  );
});
afterAll(() => community.remove());

const at = (week: string) => inputs.find((row) => row["week"] === week);

test("before the first list nobody is known not to have left, though there is a log", () => {
  expect(at("2026-08-24")).toMatchObject({ leaves: null, lasting_leaves: null });
  expect(at("2026-09-14")).toMatchObject({ leaves: 0, lasting_leaves: null });
  expect(at("2026-09-21")).toMatchObject({ leaves: 0, lasting_leaves: 0 });
});

test("who left in a month between two lists is in none of its weeks for sure, who left in a week is in it", () => {
  expect(at("2026-10-12")).toMatchObject({ leaves: 12, lasting_leaves: 12, placed_leaves: 0 });
  expect(at("2026-10-26")).toMatchObject({ leaves: 1, placed_leaves: 1 });
});
