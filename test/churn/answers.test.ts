import { afterAll, beforeAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/** What a leaver answered, and the reasons with their weights. */
const ANSWERS: Readonly<Record<string, Record<string, number>>> = {
  AC: { content_bad: 0.5, no_benefit: 0.5 },
  "A,C": { content_bad: 0.5, no_benefit: 0.5 },
  "A，B，C": { content_bad: 1 / 3, no_benefit: 1 / 3, too_many_ads: 1 / 3 },
  "b / c": { no_benefit: 0.5, too_many_ads: 0.5 },
  "B。": { too_many_ads: 1 },
  // A word within a longer one is no reason of its own, and is where it stands alone as well.
  内容质量差: { content_bad: 1 },
  "内容质量差，产品质量也差": { content_bad: 0.5, product_quality: 0.5 },
  "太贵,质量差": { price: 0.5, product_quality: 0.5 },
  "A big ad": { other: 1 },
  // What is denied or praised is no reason.
  "不是因为广告，是价格太贵": { price: 1 },
  "不是嫌广告和推销多，孩子大了": { moved: 1 },
  不是内容质量差: { other: 1 },
  "没有广告，就是搬家了": { moved: 1 },
  "价格不贵，质量也不错，只是搬家了": { moved: 1 },
  "和价格无关，发货慢": { logistics: 1 },
  售后没问题: { other: 1 },
  // These say what they seem to.
  是不是广告太多了: { too_many_ads: 1 },
  没有客服: { service_unanswered: 1 },
  没有福利: { no_benefit: 1 },
  质量不是很好: { product_quality: 1 },
  不是很满意客服: { service_unanswered: 1 },
  // Nothing is named.
  "没有，都挺好": {},
  "无。": {},
  都挺好的: {},
  // What is said not to be the reason is none.
  "不是因为广告，是没时间": { moved: 1 },
  "质量没问题，就是太贵": { price: 1 },
  "客服态度很好，搬家了": { moved: 1 },
  "没有广告，只是群太多": { moved: 1 },
  "跟价格没关系，东西不好用": { product_quality: 1 },
  不是广告的问题: { other: 1 },
  // These are no such denials.
  不是广告就是推销: { too_many_ads: 1 },
  不是很喜欢广告: { too_many_ads: 1 },
  "没有福利，活动少": { no_benefit: 1 },
  "其他〖孩子大了，用不上了〗": { moved: 1 },
  // In English.
  "Too many promotions": { too_many_ads: 1 },
  "Not enough value for the price": { no_benefit: 0.5, price: 0.5 },
  "I got too busy": { moved: 1 },
  "Nobody answered my questions": { service_unanswered: 1 },
  "The content was not relevant to me": { content_bad: 1 },
  "Moved to another job": { moved: 1 },
  "TOO EXPENSIVE": { price: 1 },
  "My order never arrived": { logistics: 1 },
  "Not because of the price, I have no time": { moved: 1 },
  "The content was fine, just too many ads": { too_many_ads: 1 },
  "Something else": { other: 1 },
  "Nothing really.": {},
  "N/A": {},
};
const community = new Community();
const texts = Object.keys(ANSWERS);
const minute = (at: number) => `10:${String(at).padStart(2, "0")}:00`;

beforeAll(async () => {
  await community.import(
    "members.csv",
    csv(
      texts.map((_, at) => ({
        group_id: "g",
        member_id: `m${at}`,
        joined_at: "2026-09-01 08:00:00",
        left_at: `2026-11-11 ${minute(at)}`,
      })),
    ),
  );
  await community.import(
    "survey.csv",
    csv(
      texts.map((answer, at) => ({
        respondent_id: `m${at}`,
        submitted_at: "2026-11-12 09:00:00",
        question: "离开的原因是什么（可多选）",
        answer,
        survey_id: "exit",
        group_id: "g",
      })),
    ),
  );
});
afterAll(() => community.remove());

test("answers of an exit survey are the reasons that they name, in shares of one leaver", async () => {
  const rows = await community.query(
    `select extract(minute from left_at)::integer as nth, reason, weight
     from marts.churn_reasons join marts.churn_events using (group_id, person_id, nth) where source = 'declared'`,
    "2026-11-16T00:00:00",
  );
  const found = texts.map((answer, at) => [
    answer,
    Object.fromEntries(rows.filter(({ nth }) => nth === at).map(({ reason, weight }) => [reason, weight])),
  ]);
  expect(Object.fromEntries(found)).toEqual(ANSWERS);
});
