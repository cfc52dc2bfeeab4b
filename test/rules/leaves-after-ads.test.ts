import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community("staff: [s1]\n");
let inputs: Row[];
let units: Row[];
const stays = (left: readonly string[]) =>
  left.map((left_at, at) => ({
    group_id: "g1",
    member_id: `m${at}`,
    joined_at: "2026-09-01 09:00:00",
    left_at,
    leave_kind: "quit",
  }));

beforeAll(async () => {
  const said = (sender_id: string, sent_at: string, text: string) => ({
    group_id: "g1",
    sender_id,
    sent_at,
    text,
  });
  const ad = (sent_at: string) =>
    said("s1", sent_at, "【秒杀】到手39元，限11份，先付先得，下单链接 https://shop.example/s/1");
  await community.import(
    "messages.csv",
    csv([
      said("m0", "2026-10-12 09:00:00", "早"),
      ad("2026-11-04 20:50:00"),
      // Six hours later: their days overlap by eighteen hours.
      ad("2026-11-05 02:50:00"),
      // Sunday evening: four hours of its day lie in this week, twenty in the next.
      ad("2026-11-08 20:00:00"),
      said("m1", "2026-11-22 09:00:00", "早"),
    ]),
  );
  // Of g2: two products that the calendar names, one of them twice, and an ad of neither, all on one day; a partner on
  // another; two pushes around midnight, which are two days; and one that was taken back.
  const pushed = (sender_id: string, sent_at: string, what = "好物") => ({
    ...said(
      sender_id,
      sent_at,
      `【秒杀】${what}到手39元，限11份，先付先得，下单链接 https://shop.example/s/1`,
    ),
    group_id: "g2",
  });
  await community.import(
    "pushes.csv",
    csv([
      { ...said("m0", "2026-11-09 09:00:00", "早"), group_id: "g2" },
      pushed("s1", "2026-11-10 09:00:00", "红颜草莓"),
      pushed("s1", "2026-11-10 12:00:00", "红颜草莓"),
      pushed("s1", "2026-11-10 20:00:00", "冻干咖啡"),
      pushed("s1", "2026-11-10 21:00:00"),
      pushed("p1", "2026-11-12 20:00:00", "红颜草莓"),
      pushed("s1", "2026-11-13 23:59:30"),
      pushed("s1", "2026-11-14 00:00:10"),
      { ...pushed("s1", "2026-11-15 10:00:00"), kind: "recalled" },
    ]),
  );
  await community.import(
    "calendar.csv",
    csv(
      ["红颜草莓", "冻干咖啡"].map((product) => ({
        start: "2026-11-10 20:00:00",
        type: "flash_sale",
        title: `${product}秒杀`,
        group_id: "g2",
        product,
      })),
    ),
  );
  await community.import(
    "members.csv",
    csv([
      ...["m0", "p1"].map((member_id) => ({
        group_id: "g2",
        member_id,
        joined_at: "2026-09-01 09:00:00",
        role: member_id === "p1" ? "partner" : "member",
      })),
      ...stays([
        // In the hour of the ad but before it; at its second; a day after the second ad to the second, and one second on.
        "2026-11-04 20:10:00",
        "2026-11-04 20:20:00",
        "2026-11-04 20:50:00",
        "2026-11-06 02:50:00",
        "2026-11-06 02:50:01",
        // In the week after, within the day of Sunday's ad.
        "2026-11-09 19:59:00",
      ]),
      { group_id: "g1", member_id: "s1", joined_at: "2026-09-01 09:00:00", left_at: "", leave_kind: "" },
    ]),
  );
  [inputs = [], units = []] = await community.queries(
    [
      `select week, leaves_after_ads, leaves_other, hours_after_ads, hours_other from marts.rule_inputs
       where group_id = 'g1' and week in ('2026-11-02', '2026-11-09') order by week`,
      `select ad_units, ad_days, hours_after_ads, kpis.numerator as kpi from marts.rule_inputs
       inner join kpis.ad_units as kpis using (group_id, week) where group_id = 'g2' and week = '2026-11-09'`,
    ],
    "2026-11-23",
  );
});
afterAll(() => community.remove());

test("who left within the day after an ad, to the second, and how many hours such days have", () => {
  expect(inputs).toEqual([
    // 30 hours from Wednesday 20:50 on and 4 of Sunday; four weeks have 672 hours.
    { week: "2026-11-02", leaves_after_ads: 2, leaves_other: 3, hours_after_ads: 34, hours_other: 638 },
    { week: "2026-11-09", leaves_after_ads: 3, leaves_other: 3, hours_after_ads: 54, hours_other: 618 },
  ]);
});

test("an ad unit is one product on one day, by staff or a partner, and the rules count as the KPI", () => {
  // 12 + 24 hours from the first push to a day after the last of it, 24 of the partner's, 24 hours and 40 seconds.
  expect(units).toEqual([{ ad_units: 5, ad_days: 4, hours_after_ads: 84, kpi: 5 }]);
});
