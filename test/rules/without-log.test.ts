import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

/*
 * Groups whose chat log does not reach every week. g1 has a log of twelve weeks; g2 is as old, and its log begins in the
 * last week; of g3 the last week was not imported. What nobody heard is not what nobody said.
 */
const community = new Community("staff: [s1]\n");
const LAST = "2026-11-16";
let inputs: Row[];
let fired: Row[];

const day = (from: string, plus: number) =>
  new Date(Date.parse(`${from}T00:00:00Z`) + plus * 86_400_000).toISOString().slice(0, 10);
const days = Array.from({ length: 84 }, (_, at) => day("2026-08-31", at));
const say = (group_id: string, sender_id: string, sent_at: string, text: string) => ({
  group_id,
  sender_id,
  sent_at,
  text,
});
const talk = (group: string, on: readonly string[]) =>
  on.flatMap((date) => [
    ...[0, 1, 2, 3].map((who) =>
      say(group, `${group}-m${who}`, `${date} ${9 + 3 * who}:00:07`, "今天喝白茶"),
    ),
    say(group, "s1", `${date} 10:30:07`, "白茶怎么存，收好这一篇"),
  ]);
const link = "【秒杀】到手39元，限11份，先付先得，下单链接 https://shop.example/s/1";

beforeAll(async () => {
  await community.import(
    "messages.csv",
    csv([
      ...talk("g1", days),
      ...talk("g2", days.slice(77)),
      ...talk("g3", days.slice(0, 77)),
      ...[16, 17, 18, 19, 20].map((date) => say("g2", "s1", `2026-11-${date} 20:00:07`, link)),
      ...["m5", "m6", "m7"].map((who, at) =>
        say("g2", `g2-${who}`, `2026-11-17 1${at}:20:07`, "质量太差了，我要投诉"),
      ),
    ]),
  );
  const stays = (group: string) =>
    Array.from({ length: 60 }, (_, who) => ({
      group_id: group,
      member_id: `${group}-m${who}`,
      // Twelve came in the week before the last.
      joined_at: who < 48 ? "2026-06-01 09:00:00" : "2026-11-10 12:00:00",
      // Three of g2 left within a day of an ad.
      left_at: group === "g2" && who > 44 && who < 48 ? `2026-11-${who - 28} 21:00:00` : "",
      leave_kind: group === "g2" && who > 44 && who < 48 ? "kick" : "",
    }));
  await community.import("members.csv", csv([...stays("g1"), ...stays("g2"), ...stays("g3")]));
  await community.import(
    "orders.csv",
    csv(
      days.flatMap((date, at) =>
        ["g2", "g3"].flatMap((group) =>
          [0, 1].map((nth) => ({
            order_id: `${group}-${at}-${nth}`,
            buyer_id: `${group}-m${(2 * at + nth) % 40}`,
            paid_at: `${date} 12:00:00`,
            amount: 30,
            group_id: group,
          })),
        ),
      ),
    ),
  );
  await community.import(
    "calendar.csv",
    csv(
      ["g1", "g2"].map((group_id) => ({
        start: "2026-11-11 20:00:00",
        type: "flash_sale",
        title: "秋茶",
        group_id,
      })),
    ),
  );
  [inputs = [], fired = []] = await community.queries(
    [
      "select * from marts.rule_inputs",
      "select group_id, week, rule from report.suggestions where outcome <> 'sample'",
    ],
    "2026-11-23T00:00:00",
  );
});
afterAll(() => community.remove());

const of = (group: string, week: string) =>
  inputs.find((row) => row["group_id"] === group && row["week"] === week);
const firedIn = (group: string, week: string) =>
  fired.filter((row) => row["group_id"] === group && row["week"] === week).map((row) => row["rule"]);

describe("before a log begins", () => {
  test("nobody is said not to have been greeted, asked, warned of a sale, or to have said nothing of what was bought", () => {
    expect(firedIn("g2", "2026-11-09")).toEqual(expect.arrayContaining(["DQ-02"]));
    for (const rule of ["NEW-02", "NEW-05", "SRV-07", "CON-03", "CON-05"])
      expect(firedIn("g2", "2026-11-09")).not.toContain(rule);
    // In a log that was there nobody was greeted, and there was no notice.
    for (const rule of ["NEW-02", "CON-05"]) expect(firedIn("g1", "2026-11-09")).toContain(rule);
    for (const rule of ["SRV-07", "CON-03"]) expect(firedIn("g3", "2026-11-02")).toContain(rule);
  });

  test("what is counted in it is not 0 but unknown", () => {
    expect(of("g2", "2026-11-09")).toMatchObject({
      ad_units: null,
      complainers: null,
      welcome_cases: null,
      buyers_due: null,
      feedback_14d: null,
      newcomers: 12,
      newcomers_observed_24h: 0,
    });
    // Two weeks are needed for the seven days after an order.
    expect(of("g2", LAST)).toMatchObject({ ad_units: 5, complainers: 3, welcome_cases: 0, buyers_due: null });
  });

  test("three complaints are no spike against weeks that nobody heard", () => {
    expect(firedIn("g2", LAST)).not.toContain("SRV-04");
  });

  test("hours without ads are those of the log, and a warning in it can be missed only if it reaches back so long", () => {
    expect(of("g2", LAST)).toMatchObject({ kicks: 3, kicks_without_warning: 0 });
    expect(firedIn("g2", LAST)).not.toContain("AD-07");
    const { hours_after_ads, hours_other } = of("g2", LAST) ?? {};
    expect(Number(hours_after_ads) + Number(hours_other)).toBe(168);
  });

  test("moves from week to week are those of the log", () => {
    expect(of("g2", LAST)).toMatchObject({ past_pairs: 0 });
    expect(of("g1", LAST)).toMatchObject({ past_pairs: 10 });
  });
});

describe("a week that was not imported", () => {
  test("is a gap in the data, and no week in which nobody said anything", () => {
    expect(of("g3", LAST)).toMatchObject({ messages_read: 0, staff_posts: null, floods: null });
    // From Sunday 18:00:07 on.
    expect(Math.round(Number(of("g3", LAST)?.["longest_gap_hours"]))).toBe(174);
    expect(firedIn("g3", LAST)).toContain("DQ-01");
    expect(firedIn("g3", "2026-11-09")).not.toContain("DQ-01");
    for (const rule of ["SRV-07", "CON-03"]) expect(firedIn("g3", LAST)).not.toContain(rule);
  });
});
