import { afterAll, beforeAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/* Who left twice, who complained of the group and not of goods, and who answered without ever being a member. */

const stay = (member_id: string, joined: string, left: string) => ({
  group_id: "g",
  member_id,
  joined_at: `2026-${joined} 08:00:00`,
  left_at: left && `2026-${left} 12:00:00`,
});
const answer = (respondent_id: string, day: string, text: string) => ({
  respondent_id,
  submitted_at: `2026-${day} 09:00:00`,
  question: "离开的原因是什么",
  answer: text,
  survey_id: "exit",
  group_id: "g",
});

const community = new Community();
beforeAll(async () => {
  await community.import(
    "members.csv",
    csv([
      stay("twice", "09-01", "11-02"),
      stay("twice", "11-04", "11-12"),
      stay("both", "09-01", "11-03"),
      stay("both", "11-05", "11-13"),
      stay("critic", "09-01", "11-11"),
      stay("stays", "09-01", ""),
    ]),
  );
  await community.import(
    "messages.csv",
    csv([
      { group_id: "g", sender_id: "stays", sent_at: "2026-09-02 09:00:00", text: "大家好" },
      { group_id: "g", sender_id: "critic", sent_at: "2026-11-10 09:00:00", text: "群里内容质量太差" },
      { group_id: "g", sender_id: "stays", sent_at: "2026-11-14 09:00:00", text: "今天做了豆腐" },
    ]),
  );
  await community.import(
    "survey.csv",
    csv([
      answer("twice", "11-13", "搬家"),
      answer("both", "11-04", "广告太多"),
      answer("both", "11-14", "太贵"),
      answer("nobody", "11-13", "没有福利"),
    ]),
  );
});
afterAll(() => community.remove());

const LEAVES = `select strftime(left_at + interval 8 hour, '%m-%d') as left_on, reason, weight, evidence
  from marts.churn_reasons join marts.churn_events using (group_id, person_id, nth)`;

test("an answer is of the leave that it stands nearest to, and of no other", async () => {
  const rows = await community.query(
    `${LEAVES} where source = 'declared' order by left_on`,
    "2026-11-16T00:00:00",
  );
  expect(rows.map(({ left_on, reason, weight }) => [left_on, reason, weight])).toEqual([
    ["11-03", "too_many_ads", 1],
    ["11-12", "moved", 1],
    ["11-13", "price", 1],
  ]);
});

test("bad content is no bad product, and whoever left twice has weights of 1 for each leave", async () => {
  const [own = [], sums = []] = await community.queries(
    [
      `${LEAVES} where evidence = 'own_words'`,
      "select person_id, nth, round(sum(weight), 9) as weight from marts.churn_reasons where source = 'inferred' group by all",
    ],
    "2026-11-16T00:00:00",
  );
  expect(own).toEqual([{ left_on: "11-11", reason: "content_bad", weight: 1, evidence: "own_words" }]);
  expect(sums.map(({ weight }) => weight)).toEqual([1, 1, 1, 1, 1]);
});
