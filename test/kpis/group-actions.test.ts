import { afterAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

const community = new Community();
afterAll(() => community.remove());

test("an event is on in each week that it touches, and in no week that begins as it ends", async () => {
  await community.import(
    "messages.csv",
    csv(
      ["2026-10-26 09:00:00", "2026-11-22 09:00:00"].map((sent_at) => ({
        group_id: "g1",
        sender_id: "m1",
        sent_at,
        text: "早",
      })),
    ),
  );
  const event = (type: string, start: string, end: string) => ({
    start,
    end,
    type,
    title: type,
    group_id: "g1",
  });
  await community.import(
    "calendar.csv",
    csv([
      event("flash_sale", "2026-11-04 20:00:00", "2026-11-16 00:00:00"),
      event("lottery", "2026-11-04 20:00:00", ""),
      // Over midnight of Sunday; and one that began before the log.
      event("live", "2026-11-08 23:00:00", "2026-11-09 01:00:00"),
      event("group_buy", "2026-10-20 20:00:00", "2026-10-27 20:00:00"),
      event("topic", "2026-11-16 00:00:00", "2026-11-16 01:00:00"),
    ]),
  );
  const rows = await community.query(
    "select week, action, amount from marts.group_actions where action like 'event_%' order by all",
    "2026-11-23",
  );
  expect(rows).toEqual([
    { week: "2026-10-26", action: "event_group_buy", amount: 1 },
    { week: "2026-11-02", action: "event_flash_sale", amount: 1 },
    { week: "2026-11-02", action: "event_live", amount: 1 },
    { week: "2026-11-02", action: "event_lottery", amount: 1 },
    { week: "2026-11-09", action: "event_flash_sale", amount: 1 },
    { week: "2026-11-09", action: "event_live", amount: 1 },
    { week: "2026-11-16", action: "event_topic", amount: 1 },
  ]);
});
