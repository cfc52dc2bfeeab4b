import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/*
 * Two classes of a camp begin on the same day, twice. "The camp that began before this one", "camps that began earlier":
 * neither is the class beside. Speakers by day 3, of forty.
 */
const SPOKE: Record<string, { start: string; spoke: number }> = {
  a1: { start: "2026-10-05", spoke: 10 },
  a2: { start: "2026-10-05", spoke: 20 },
  b1: { start: "2026-10-19", spoke: 30 },
  b2: { start: "2026-10-19", spoke: 40 },
};
const camps = Object.entries(SPOKE);
const ids = (group_id: string) => Array.from({ length: 40 }, (_, at) => `${group_id}m${at}`);

const community = new Community(
  `groups:\n${camps.map(([group_id]) => `  ${group_id}: { kind: camp }`).join("\n")}\n`,
);
let compared: Row[];
beforeAll(async () => {
  await community.import(
    "members.csv",
    csv(
      camps.flatMap(([group_id, { start }]) =>
        ids(group_id).map((member_id) => ({
          group_id,
          member_id,
          joined_at: `${start} 08:00:00`,
          left_at: "",
        })),
      ),
    ),
  );
  await community.import(
    "messages.csv",
    csv(
      camps.flatMap(([group_id, { start, spoke }]) =>
        ids(group_id)
          .slice(0, spoke)
          .map((sender_id) => ({ group_id, sender_id, sent_at: `${start} 10:00:00`, text: "到" })),
      ),
    ),
  );
  await community.import(
    "plan.yaml",
    `version: V1
id: five-days
title: 五天营
group_kind: camp
groups: [${camps.map(([group_id, { start }]) => `{ id: ${group_id}, start: ${start} }`).join(", ")}]
phases: [{ id: 开课, title: 开课 }]
roles: { owner: 群主 }
steps:
  - { id: open, phase: 开课, day: 0, time: "09:00", role: owner, content_type: notice, text: 今天开营 }
`,
  );
  compared = await community.query(
    `select group_id, previous_group_id, previous_numerator, earlier_camps, earlier_mean, delta from marts.camp_comparisons
     where kpi = 'activity_rate' and day = 3 order by group_id`,
    "2026-11-02T00:00:00",
  );
});
afterAll(() => community.remove());

test("a class that began on the same day is not the camp before", () => {
  const first = {
    previous_group_id: null,
    previous_numerator: null,
    earlier_camps: 0,
    earlier_mean: null,
    delta: null,
  };
  const second = { previous_group_id: "a2", previous_numerator: 20, earlier_camps: 2, earlier_mean: 0.375 };
  expect(compared).toEqual([
    { group_id: "a1", ...first },
    { group_id: "a2", ...first },
    { group_id: "b1", ...second, delta: 0.25 },
    { group_id: "b2", ...second, delta: 0.5 },
  ]);
});
