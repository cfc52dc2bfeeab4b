import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community(
  `staff: [s1]\noptOut: [b19, ${[...Array(8).keys()].map((at) => `q${at}`).join(", ")}]\n`,
);
let inputs: Row[];
let reasons: Row[];
const buyers = Array.from({ length: 20 }, (_, at) => `b${at}`);
const order = (buyer_id: string, day: string, group_id = "g1") => ({
  order_id: `${buyer_id}-${day}`,
  buyer_id,
  paid_at: `${day} 12:00:00`,
  amount: 20,
  group_id,
});
/** Levels in September and in November, in the words of three shops. */
const LEVELS: readonly (readonly [string, string, string, string])[] = [
  ["g1", "b0", "普通", "高级"],
  ["g1", "b1", "Lv1", "LV 2"],
  ["g1", "b2", "VIP", "普通"],
  ["g1", "b3", "高级", "高级"],
  // The second id of b1, and somebody of the staff.
  ["g1", "b1-qq", "Lv1", "LV 2"],
  ["g1", "s1", "普通", "高级"],
  // Words that nobody knows the order of.
  ["g2", "late", "甲", "乙"],
];

beforeAll(async () => {
  const listed = (snapshot_at: string, level: (one: (typeof LEVELS)[number]) => string) => {
    const levels = new Map(LEVELS.map((one) => [`${one[0]} ${one[1]}`, level(one)]));
    const rows = [
      ...[...buyers, "late", "s1", "b1-qq"].map((id) => ["g1", id] as const),
      ["g2", "late"] as const,
    ];
    return csv(
      rows.map(([group_id, member_id]) => ({
        group_id,
        member_id,
        joined_at: "2026-08-01 09:00:00",
        phone: member_id.startsWith("b1-") || member_id === "b1" ? "13800138001" : "",
        level: levels.get(`${group_id} ${member_id}`) ?? "",
        snapshot_at,
      })),
    );
  };
  await community.import(
    "before.csv",
    listed("2026-09-22 09:00:00", (one) => one[2]),
  );
  await community.import(
    "after.csv",
    listed("2026-11-11 09:00:00", (one) => one[3]),
  );
  await community.import(
    "orders.csv",
    csv([
      ...buyers.flatMap((id) => ["2026-09-01", "2026-09-11", "2026-11-10"].map((day) => order(id, day))),
      // The staff buys too, every twenty days: no gap of a member.
      ...Array.from({ length: 11 }, (_, at) =>
        order("s1", new Date(Date.UTC(2026, 2, 1 + 20 * at)).toISOString().slice(0, 10)),
      ),
      // Of g1 only since November.
      order("late", "2026-08-20", "g2"),
      order("late", "2026-11-10"),
      // Of a shop that knows no groups, by a buyer who is in g1, and by one who is in none.
      order("b0", "2026-11-11", ""),
      order("stranger", "2026-11-11", ""),
    ]),
  );
  // Ten who spoke once and never since, eight of whom asked not to be written to.
  const sleepers = Array.from({ length: 10 }, (_, at) => `q${at}`);
  await community.import(
    "sleepers.csv",
    csv(sleepers.map((member_id) => ({ group_id: "g4", member_id, joined_at: "2026-08-01 09:00:00" }))),
  );
  await community.import(
    "talk.csv",
    csv(
      [...sleepers, "s1"].map((sender_id, at) => ({
        group_id: "g4",
        sender_id,
        sent_at: at < 10 ? "2026-08-05 10:00:00" : "2026-11-15 10:00:00",
        text: "早",
      })),
    ),
  );
  // Two surveys of no group, each with its sheets numbered from 1, by different people.
  for (const [survey, answer] of [
    ["331234561", "广告太多"],
    ["331234562", "内容不感兴趣"],
  ])
    await community.import(
      `${survey}_按文本_回访.csv`,
      [
        "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、离开群的原因（可多选）",
        ...Array.from(
          { length: 8 },
          (_, at) => `${at + 1},2026/11/12 12:0${at}:00,95,微信,N/A,192.0.2.4,${answer}`,
        ),
      ].join("\n"),
    );
  [inputs = [], reasons = []] = await community.queries(
    [
      "select group_id, week, orders_4w, overdue_buyers, repurchase_gap_p75, level_ups_4w, dormant, wakeable from marts.rule_inputs",
      "select respondents, chosen, only_this, only_rival from marts.rule_reasons where reason = 'too_many_ads' and week = '2026-11-09'",
    ],
    "2026-11-16T00:00:00",
  );
});
afterAll(() => community.remove());

const at = (group: string, week: string) =>
  inputs.find((row) => row["group_id"] === group && row["week"] === week);

test("who is late is judged by the gaps known in that week, and was a buyer of the group then", () => {
  // 17 days after the second order, with twenty gaps of 10 days behind them; the 60 days to the third had not passed. One of
  // the twenty wants no messages: nobody reminds them, though their gaps count.
  expect(at("g1", "2026-09-21")).toMatchObject({ overdue_buyers: 19, repurchase_gap_p75: 10 });
  // 20 gaps of 10, 20 of 60, one of 82 and one of 1 day: between places 30 and 31 of 0 to 41.
  expect(at("g1", "2026-11-09")).toMatchObject({ overdue_buyers: 0, repurchase_gap_p75: 60 });
});

test("orders that state no group are those of the groups their buyer was in", () => {
  expect(at("g1", "2026-11-09")).toMatchObject({ orders_4w: 22 });
});

test("a level that fell is none that rose, two ids of one person rise once, and the staff never", () => {
  expect(at("g1", "2026-11-09")).toMatchObject({ level_ups_4w: 2 });
  expect(at("g2", "2026-11-09")).toMatchObject({ level_ups_4w: null });
  // The first list shows who has which level; a rise takes two.
  expect(at("g1", "2026-09-21")).toMatchObject({ level_ups_4w: null });
});

test("whoever asked not to be written to is nobody to be woken", () => {
  // Three in ten of the two who are left, rounded up; of all ten they would be three.
  expect(at("g4", "2026-11-09")).toMatchObject({ dormant: 10, wakeable: 1 });
});

test("sheets of two surveys that are both numbered from 1 are different people's", () => {
  expect(reasons).toEqual([{ respondents: 16, chosen: 8, only_this: 8, only_rival: 8 }]);
});
