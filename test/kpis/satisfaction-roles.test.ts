import { afterAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/*
 * "Staff, bots, partners and shills (托) are excluded from every KPI unless a metric says so; removing them can only lower
 * counts." (metrics.md 1.) Satisfaction says nothing of the kind.
 */
const community = new Community("staff: [boss]\n");
afterAll(() => community.remove());

test("a shill's praise is no member's answer, in the group where they are one; elsewhere they are a member", async () => {
  const stay = (group_id: string, member_id: string, role = "member") => ({
    group_id,
    member_id,
    role,
    joined_at: "2026-09-01 09:00:00",
    left_at: "",
  });
  await community.import(
    "members.csv",
    csv([
      stay("g1", "m"),
      stay("g1", "boss", "staff"),
      stay("g1", "shill", "shill"),
      stay("g1", "both", "partner"),
      stay("g2", "both"),
    ]),
  );
  const answer = (survey_id: string, group_id: string, respondent_id: string, score: string) => ({
    survey_id,
    group_id,
    respondent_id,
    submitted_at: "2026-11-10 12:00:00",
    question: "您对本群满意吗？",
    answer: score,
  });
  const everyone = (survey: string, group: string) => [
    answer(survey, group, "m", "2"),
    ...["boss", "shill", "both"].map((id) => answer(survey, group, id, "5")),
    answer(survey, group, "nobody", "3"),
  ];
  await community.import("one.csv", csv(everyone("of-g1", "g1")));
  await community.import("two.csv", csv([answer("of-g2", "g2", "both", "4")]));
  await community.import("all.csv", csv(everyone("of-all", "")));
  const rows = await community.query(
    "select group_id, answers, satisfied from marts.satisfaction_weeks order by group_id",
    "2026-11-16T00:00:00",
  );
  expect(rows).toEqual([
    // Of g1 two; of g2 one; of the survey that names no group three: m, both, and whoever is known from nowhere else.
    { group_id: "*", answers: 6, satisfied: 2 },
    { group_id: "g1", answers: 2, satisfied: 0 },
    { group_id: "g2", answers: 1, satisfied: 1 },
  ]);
});
