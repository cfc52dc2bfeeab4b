import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community("staff: [s1]\n");
let inputs: Row[];
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
  await community.import(
    "members.csv",
    csv([
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
  [inputs = []] = await community.queries(
    [
      `select week, leaves_after_ads, leaves_other, hours_after_ads, hours_other from marts.rule_inputs
       where group_id = 'g1' and week in ('2026-11-02', '2026-11-09') order by week`,
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
