import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/*
 * A camp of four days from Monday 9 November, whose plan is edited on the third, with an offer on its Sunday and another
 * on the Monday after; and the same camp in a group whose log begins on its third day.
 */
const community = new Community("staff: [s1]\n");
let inputs: Row[];
let days: Row[];

const plan = (version: string, from: string) => `version: ${version}
id: camp
groups: [g1, late]
start: 2026-11-09
valid_from: ${from}
phases:
  - { id: 开课, from: 0, to: 3 }
  - { id: 转化, from: 6, to: 7 }
steps:
${[0, 1, 2, 3].map((day) => `  - { id: class-${day}, phase: 开课, day: ${day}, time: "20:00", content_type: class }`).join("\n")}
  - { id: offer-a, phase: 转化, day: 6, time: "12:00", content_type: offer, text: "全勤的同学进阶课立减一百，今晚十点前报名。" }
  - { id: offer-b, phase: 转化, day: 7, time: "12:00", content_type: offer, text: "没有全勤也欢迎，进阶课送一份工具清单。" }
`;

beforeAll(async () => {
  const said = (group_id: string, who: number, sent_at: string) => ({
    group_id,
    sender_id: who < 0 ? "s1" : `m${who}`,
    sent_at,
    text: "跟上了",
  });
  // Fewer each evening: 20, 18, 16 and 9.
  const evenings = [20, 18, 16, 9];
  const classes = (group: string, from: number) =>
    evenings.flatMap((people, day) =>
      day < from
        ? []
        : Array.from({ length: people }, (_, who) =>
            said(group, who, `2026-11-${9 + day} 20:10:${10 + who}`),
          ),
    );
  await community.import(
    "messages.csv",
    csv([
      said("g1", -1, "2026-11-02 09:00:00"),
      ...classes("g1", 0),
      ...classes("late", 2),
      ...["g1", "late"].map((group) => said(group, -1, "2026-11-22 21:00:00")),
    ]),
  );
  await community.import(
    "members.csv",
    csv(
      ["g1", "late"].flatMap((group_id) =>
        Array.from({ length: 40 }, (_, who) => ({
          group_id,
          member_id: `m${who}`,
          joined_at: "2026-11-01 09:00:00",
        })),
      ),
    ),
  );
  await community.import("camp.yaml", plan("V1", "2026-11-01"));
  await community.import("camp.yaml", plan("V2", "2026-11-11"));
  [inputs = [], days = []] = await community.queries(
    [
      "select group_id, week, camp_days, conversion_steps, conversion_offers from marts.rule_inputs where group_id = 'g1' order by week",
      "select group_id, day, attended, first_day from marts.rule_camp_days order by group_id, day",
    ],
    "2026-11-23T00:00:00",
  );
});
afterAll(() => community.remove());

test("a camp whose plan is edited on the way is one of four days", () => {
  expect(inputs.find((row) => row["week"] === "2026-11-09")).toMatchObject({ camp_days: 4 });
});

test("its days are held against its first, and a log that begins later has no first", () => {
  expect(days).toEqual(
    [20, 18, 16, 9].map((attended, at) => ({ group_id: "g1", day: at + 1, attended, first_day: 20 })),
  );
});

test("offers of one phase in two weeks are two", () => {
  expect(inputs.filter((row) => row["week"] === "2026-11-09" || row["week"] === "2026-11-16")).toMatchObject([
    { conversion_steps: 1, conversion_offers: 2 },
    { conversion_steps: 1, conversion_offers: 2 },
  ]);
});
