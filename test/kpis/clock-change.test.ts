import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

// New York: clocks go back on 1 November 2026 and forward on 8 March. One message an hour through both weeks.
const HOUR = 3_600_000;
const hours = (from: string, to: string) => {
  const list: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += HOUR)
    list.push(new Date(at).toISOString().replace(".000Z", "Z"));
  return list;
};
// A week before and a week after each change; 04:00Z and 05:00Z are midnight there.
const sent = [
  ...hours("2026-02-23T05:00:00Z", "2026-03-16T04:00:00Z"),
  ...hours("2026-10-19T04:00:00Z", "2026-11-09T05:00:00Z"),
];

const community = new Community("timezone: America/New_York\n");
let weeks: Row[];
let total: Row[];
beforeAll(async () => {
  await community.import(
    "messages.csv",
    csv(
      sent.map((sent_at, at) => ({
        group_id: "g1",
        sender_id: `m${at % 7}`,
        message_id: `x${at}`,
        sent_at,
        text: "hi",
      })),
    ),
  );
  [weeks = [], total = []] = await community.queries(
    [
      "select week, count(*) as messages, count(distinct local_at) as clock_times from marts.messages group by week order by week",
      "select count(*) as messages, count(distinct message_key) as keys from marts.messages",
    ],
    "2026-11-10T00:00:00Z",
  );
});
afterAll(() => community.remove());

test("no message is lost or counted twice, and the weeks have 167 and 169 hours", () => {
  expect(total).toEqual([{ messages: sent.length, keys: sent.length }]);
  expect(weeks.map(({ week, messages }) => [week, messages])).toEqual([
    ["2026-02-23", 168],
    ["2026-03-02", 167],
    ["2026-03-09", 168],
    ["2026-10-19", 168],
    ["2026-10-26", 169],
    ["2026-11-02", 168],
  ]);
});

test("the hour that comes twice is two hours of one clock time", () => {
  expect(weeks.find(({ week }) => week === "2026-10-26")?.["clock_times"]).toBe(168);
});
