import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community("staff: [s1]\n");
let figures: Row[];
let satisfaction: Row[];
beforeAll(async () => {
  const member = (group_id: string, member_id: string, joined_at: string, left_at = "") => ({
    group_id,
    member_id,
    joined_at,
    left_at,
  });
  await community.import(
    "members.csv",
    csv([
      ...["m1", "m2", "m3", "m4", "s1"].map((id) => member("g1", id, "2026-10-01 09:00:00")),
      // In both groups: once over all.
      member("g2", "m1", "2026-10-01 09:00:00"),
      member("g2", "m5", "2026-10-01 09:00:00"),
      // There from the very second of the event; gone at it; come a second late.
      member("g1", "m6", "2026-11-10 20:00:00"),
      member("g1", "m7", "2026-10-01 09:00:00", "2026-11-10 20:00:00"),
      member("g1", "m8", "2026-11-10 20:00:01"),
    ]),
  );
  const said = (group_id: string, sender_id: string, sent_at: string) => ({
    group_id,
    sender_id,
    sent_at,
    text: "来了",
  });
  await community.import(
    "messages.csv",
    csv([
      said("g1", "m1", "2026-11-10 20:10:00"),
      said("g1", "s1", "2026-11-10 20:11:00"),
      // Two hours after the start, the last second that counts, and the first that does not.
      said("g1", "m2", "2026-11-10 22:00:00"),
      said("g1", "m3", "2026-11-10 22:00:01"),
      said("g1", "m8", "2026-11-10 20:30:00"),
      said("g2", "m5", "2026-11-11 09:00:00"),
    ]),
  );
  await community.import(
    "orders.csv",
    csv([
      { order_id: "o1", buyer_id: "m4", paid_at: "2026-11-10 20:30:00", amount: 10, group_id: "g1" },
      { order_id: "o2", buyer_id: "m1", paid_at: "2026-11-20 20:30:00", amount: 10, group_id: "g1" },
    ]),
  );
  await community.import(
    "calendar.csv",
    csv([
      { start: "2026-11-10 20:00:00", end: "", type: "lottery", title: "抽奖", group_id: "g1" },
      {
        start: "2026-11-11 08:00:00",
        end: "2026-11-11 10:00:00",
        type: "topic",
        title: "话题",
        group_id: "g2",
      },
    ]),
  );
  const answer = (respondent_id: string, text: string) => ({
    respondent_id,
    question: "您对本群满意吗？",
    answer: text,
    submitted_at: "2026-11-12 10:00:00",
  });
  await community.import(
    "survey.csv",
    csv([
      ...["5", "4分", "满意", "3", "不满意", "★★★★", "看情况"].map((text, at) => answer(`m${at + 1}`, text)),
      answer("s1", "5"),
      { ...answer("m1", "5"), question: "您多大" },
    ]),
  );
  [figures = [], satisfaction = []] = await community.queries(
    [
      "select kpi, group_id, numerator, denominator from report.kpi_weekly where kpi in ('participation_rate', 'satisfaction') and week = '2026-11-09' order by all",
      "from marts.satisfaction_weeks order by all",
    ],
    "2026-11-23",
  );
});
afterAll(() => community.remove());

test("who was there when it began, and spoke or bought while it ran", () => {
  expect(figures.filter(({ kpi }) => kpi === "participation_rate")).toEqual([
    // m1 (in both), m2, m4, m5 of m1 to m6; m3 spoke a second late, m7 was gone, m8 came late.
    { kpi: "participation_rate", group_id: "*", numerator: 4, denominator: 6 },
    { kpi: "participation_rate", group_id: "g1", numerator: 3, denominator: 5 },
    { kpi: "participation_rate", group_id: "g2", numerator: 1, denominator: 2 },
  ]);
});

test("4 and 5 of 5 in figures, words and stars; what cannot be read is counted apart, staff left out", () => {
  expect(figures.filter(({ kpi }) => kpi === "satisfaction")).toEqual([
    { kpi: "satisfaction", group_id: "*", numerator: 4, denominator: 6 },
  ]);
  expect(satisfaction).toEqual([
    { group_id: "*", week: "2026-11-09", answers: 6, satisfied: 4, unreadable: 1 },
  ]);
});
