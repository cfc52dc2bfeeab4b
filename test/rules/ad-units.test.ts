import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community("staff: [s1]\n");
let units: Row[];
const pushed = (sender_id: string, sent_at: string, what = "好物", kind = "text") => ({
  group_id: "g1",
  sender_id,
  sent_at,
  text: `【秒杀】${what}到手39元，限11份，先付先得，下单链接 https://shop.example/s/1`,
  kind,
});

beforeAll(async () => {
  await community.import(
    "messages.csv",
    csv([
      { ...pushed("m0", "2026-11-09 09:00:00"), text: "早" },
      // Two products that the calendar names, one of them twice, and an ad of neither, all on one day.
      pushed("s1", "2026-11-10 09:00:00", "红颜草莓"),
      pushed("s1", "2026-11-10 12:00:00", "红颜草莓"),
      pushed("s1", "2026-11-10 20:00:00", "冻干咖啡"),
      pushed("s1", "2026-11-10 21:00:00"),
      pushed("p1", "2026-11-12 20:00:00", "红颜草莓"),
      // Forty seconds apart and on two days; and one that was taken back.
      pushed("s1", "2026-11-13 23:59:30"),
      pushed("s1", "2026-11-14 00:00:10"),
      pushed("s1", "2026-11-15 10:00:00", "好物", "recalled"),
    ]),
  );
  await community.import(
    "calendar.csv",
    csv(
      ["红颜草莓", "冻干咖啡"].map((product) => ({
        start: "2026-11-10 20:00:00",
        type: "flash_sale",
        title: `${product}秒杀`,
        group_id: "g1",
        product,
      })),
    ),
  );
  await community.import(
    "members.csv",
    csv(
      ["member", "partner"].map((role) => ({
        group_id: "g1",
        member_id: role === "partner" ? "p1" : "m0",
        joined_at: "2026-09-01 09:00:00",
        role,
      })),
    ),
  );
  units = await community.query(
    `select ad_units, ad_days, hours_after_ads, kpis.numerator as kpi from marts.rule_inputs
     inner join kpis.ad_units as kpis using (group_id, week) where week = '2026-11-09'`,
    "2026-11-23",
  );
});
afterAll(() => community.remove());

test("an ad unit is one product on one day, by staff or a partner, and the rules count as the KPI", () => {
  // 36 hours from the first push to a day after the last of it, 24 of the partner's, 24 and 40 seconds around midnight.
  expect(units).toEqual([{ ad_units: 5, ad_days: 4, hours_after_ads: 84, kpi: 5 }]);
});
