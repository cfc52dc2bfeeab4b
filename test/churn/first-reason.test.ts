import { afterAll, beforeAll, expect, test } from "vitest";
import { churnOf } from "../../src/review/churn.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/** What the leavers of three groups ticked: A content, B advertisements, C benefits, D something else. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  // 9 named B and not A, 3 the other way round: mid-p 0.092, though the share of B is surely above that of A.
  near: [...Array<string>(9).fill("B"), "A", "A", "A", "C", "C", "D", "D"],
  // Two named both, and say nothing of which is the first: 10 against 2, mid-p 0.022.
  clear: [...Array<string>(10).fill("B"), "AB", "A;B", "A", "A", "D", "D"],
  few: Array<string>(14).fill("B"),
};
const people = Object.entries(ANSWERS).flatMap(([group_id, answers]) =>
  answers.map((answer, at) => ({ group_id, member_id: `${group_id}${at}`, answer })),
);
const community = new Community();
let database: Database;

beforeAll(async () => {
  await community.import(
    "members.csv",
    csv(
      people.map(({ group_id, member_id }) => ({
        group_id,
        member_id,
        joined_at: "2026-09-01 08:00:00",
        left_at: "2026-11-11 10:00:00",
      })),
    ),
  );
  const asked = (question: string, answer: (one: (typeof people)[number]) => string) =>
    people.map((one) => ({
      respondent_id: one.member_id,
      submitted_at: "2026-11-12 09:00:00",
      question,
      answer: answer(one),
      survey_id: "exit",
      group_id: one.group_id,
    }));
  // Why somebody buys, and a mark, are no reasons for leaving.
  await community.import(
    "survey.csv",
    csv([
      ...asked("离开的原因是什么（可多选）", ({ answer }) => answer),
      ...asked("当初购买的原因", () => "干货内容"),
      ...asked("满意吗（1 不满意，5 满意）", () => "3"),
    ]),
  );
  const generation = await community.build("2026-11-16T00:00:00");
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
});
afterAll(() => {
  database.close();
  community.remove();
});

test.each([
  ["near", null],
  ["clear", "too_many_ads"],
  ["few", null],
])("of %s the first declared reason is %s", async (group, first) => {
  const churn = await churnOf(database, readCatalog(SQL_ROOT), "2026-11-09", group);
  expect([churn.respondents, churn.first]).toEqual([ANSWERS[group]?.length, first]);
});

test("rules judge the same answers, mapped by the same words and letters", async () => {
  const rows = await database.all(
    `select group_id, respondents, chosen, rival, rival_chosen, only_this, only_rival
     from marts.rule_reasons where reason = 'too_many_ads' and week = '2026-11-09' order by group_id`,
  );
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["clear", 16, 12, "内容没用 / content of no use", 4, 10, 2],
    ["few", 14, 14, null, 0, 14, 0],
    ["near", 16, 9, "内容没用 / content of no use", 3, 9, 3],
  ]);
});
