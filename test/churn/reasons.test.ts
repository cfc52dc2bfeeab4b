import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { churnOf } from "../../src/review/churn.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

// Leavers of week 2026-W46 (from Monday 9 November), each with one thing that happened before.
const LEFT: Readonly<Record<string, string>> = {
  asked: "2026-11-13 12:00:00",
  annoyed: "2026-11-13 13:00:00",
  afterAds: "2026-11-14 21:00:00",
  kicked: "2026-11-12 10:00:00",
  silent: "2026-11-10 08:00:00",
  plain: "2026-11-09 09:00:00",
};
const members = [
  ...Object.entries(LEFT).map(([member_id, left_at]) => ({
    group_id: "g1",
    member_id,
    role: "member",
    joined_at: member_id === "silent" ? "2026-06-01 00:00:00" : "2026-10-26 00:00:00",
    left_at,
    leave_kind: member_id === "kicked" ? "kick" : "quit",
  })),
  {
    group_id: "g1",
    member_id: "stays",
    role: "member",
    joined_at: "2026-06-01 00:00:00",
    left_at: "",
    leave_kind: "",
  },
  {
    group_id: "g1",
    member_id: "s1",
    role: "staff",
    joined_at: "2026-06-01 00:00:00",
    left_at: "",
    leave_kind: "",
  },
];
const AD = "限时特价！原价99元，到手59元，下单链接：https://shop.example/a";
const said: readonly (readonly [string, string, string])[] = [
  ["asked", "2026-11-11 09:00:00", "请问这个怎么保存？"],
  ["annoyed", "2026-11-12 20:00:00", "天天广告，能不能少发点"],
  ["kicked", "2026-11-12 09:00:00", "家人们兼职日结，加我微信领取，名额有限，扫码进群领"],
  ["afterAds", "2026-11-01 20:00:00", "今天做了豆腐"],
  ["plain", "2026-11-01 20:10:00", "今天也做了豆腐"],
  // Eight weeks of the log before anybody left.
  ["s1", "2026-09-08 20:00:00", "今天也做了豆腐"],
  // One advertisement every other week, then five within two days.
  ["s1", "2026-09-26 20:00:00", AD],
  ["s1", "2026-10-10 20:00:00", AD],
  ["s1", "2026-10-24 20:00:00", AD],
  ...["13 18", "13 20", "14 10", "14 14", "14 20"].map((at) => ["s1", `2026-11-${at}:00:00`, AD] as const),
];
const answer = (respondent_id: string, submitted_at: string, text: string) => ({
  respondent_id,
  submitted_at,
  question: "离开的原因是什么（可多选）",
  answer: text,
  survey_id: "exit",
  group_id: "g1",
});

let community: Community;
beforeAll(async () => {
  community = new Community("");
  await community.import("members.csv", csv(members));
  await community.import(
    "messages.csv",
    csv(said.map(([sender_id, sent_at, text]) => ({ group_id: "g1", sender_id, sent_at, text }))),
  );
  await community.import(
    "survey.csv",
    csv([
      answer("annoyed", "2026-11-14 09:00:00", "廣告太多;没有福利"),
      answer("plain", "2026-11-10 09:00:00", "搬家了，离得远"),
      answer("silent", "2026-11-10 10:00:00", "B"),
      answer("afterAds", "2026-08-01 10:00:00", "没有福利"),
      answer("stays", "2026-11-10 10:00:00", "广告太多"),
    ]),
  );
});
afterAll(() => community.remove());

describe("reasons for leaving", () => {
  test("declared and inferred stay apart; weights sum to 1 per leaver and side", async () => {
    const rows = await community.query(
      `select people.display_name, reasons.person_id, source, reason, weight, label, evidence, left_at::varchar as left_at
       from marts.churn_reasons as reasons join marts.churn_events using (group_id, person_id, nth)
       join marts.people as people using (person_id) order by left_at, source, reason`,
      "2026-11-24T00:00:00",
    );
    const who = new Map(
      Object.entries(LEFT).map(([id, at]) => [Date.parse(`${at.replace(" ", "T")}+08:00`), id]),
    );
    const seen = rows.map((row) => [
      who.get(Date.parse(`${String(row["left_at"]).replace(" ", "T")}Z`)),
      row["source"],
      row["reason"],
      row["weight"],
      row["label"],
      row["evidence"],
    ]);
    expect(seen).toEqual([
      ["plain", "declared", "moved", 1, "confirmed", "搬家"],
      ["plain", "inferred", "unknown", 1, null, null],
      ["silent", "declared", "too_many_ads", 1, "confirmed", "B"],
      ["silent", "inferred", "never_engaged", 1, "possible", "silence"],
      ["kicked", "inferred", "rule_violation", 1, "confirmed", "kicked"],
      ["asked", "inferred", "service_unanswered", 1, "likely", "unanswered"],
      ["annoyed", "declared", "no_benefit", 0.5, "confirmed", "没有福利"],
      ["annoyed", "declared", "too_many_ads", 0.5, "confirmed", "广告"],
      ["annoyed", "inferred", "too_many_ads", 1, "likely", "own_words"],
      ["afterAds", "inferred", "too_many_ads", 1, "possible", "ad_exposure"],
    ]);
  });

  test("the review has n of both sides, timing and segments", async () => {
    const generation = await community.build("2026-11-24T00:00:00");
    const database = await Database.open(generationPath(community.workspace.marts, generation), {
      readOnly: true,
    });
    try {
      const churn = await churnOf(database, readCatalog(SQL_ROOT), "2026-11-09", "*");
      expect(churn).toMatchObject({ leavers: 6, respondents: 3, first: null, ads: null });
      const sum = (list: readonly { weight: number }[]) =>
        list.reduce((total, { weight }) => total + weight, 0);
      expect(sum(churn.declared)).toBeCloseTo(3, 12);
      expect(sum(churn.inferred)).toBeCloseTo(6, 12);
      expect(sum(churn.segments.filter(({ source }) => source === "inferred"))).toBeCloseTo(6, 12);
      expect(churn.declared[0]).toMatchObject({
        reason: "too_many_ads",
        persons: 2,
        weight: 1.5,
        share: 2 / 3,
      });
      expect(churn.inferred.find(({ reason }) => reason === "unknown")?.persons).toBe(1);
      expect(churn.timing.sinceJoin).toEqual([
        // 14 days and 9 hours after joining are 14 whole days, though 15 midnights (UTC) lie between.
        { fromDay: 8, leavers: 1 },
        { fromDay: 15, leavers: 4 },
        { fromDay: 91, leavers: 1 },
      ]);
      expect(churn.timing.sinceCampaign).toEqual([{ fromDay: null, leavers: 6 }]);
    } finally {
      database.close();
    }
  });
});
