import { afterAll, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/*
 * "Member: role member at that moment"; "partner and shill hold in the group that says so" (decisions). A partner of one
 * group who asks in another is a member with a question there, as activity and messages of that group have it.
 */
const community = new Community("staff: [boss]\n");
afterAll(() => community.remove());

test("a partner of one group is a member who asks in another, and none in their own", async () => {
  const stay = (group_id: string, member_id: string, role = "member") => ({
    group_id,
    member_id,
    role,
    joined_at: "2026-09-01 09:00:00",
    left_at: "",
  });
  await community.import(
    "members.csv",
    csv([
      stay("g1", "p", "partner"),
      stay("g2", "p"),
      ...["g1", "g2"].flatMap((group) => [stay(group, "m"), stay(group, "boss", "staff")]),
    ]),
  );
  const said = (group_id: string, sender_id: string, sent_at: string, text: string) => ({
    group_id,
    sender_id,
    sent_at: `2026-11-10 ${sent_at}`,
    text,
  });
  await community.import(
    "messages.csv",
    csv(
      ["g1", "g2"].flatMap((group) => [
        said(group, "p", "10:00:00", "请问这款烤箱要预热多久？"),
        said(group, "boss", "10:20:00", "十分钟就好"),
        said(group, "m", "15:00:00", "请问明天几点发货呢？"),
      ]),
    ),
  );
  const [cases, figures] = await community.queries(
    [
      "select group_id, count(*)::int as n from marts.service_cases where kind = 'question' group by all order by all",
      `select kpi, group_id, numerator, denominator from report.kpi_weekly
       where kpi in ('reply_rate', 'speakers') and week = '2026-11-09' and segment = '*' order by all`,
    ],
    "2026-11-16T00:00:00",
  );
  expect(cases).toEqual([
    { group_id: "g1", n: 1 },
    { group_id: "g2", n: 2 },
  ]);
  const figure = (kpi: string, group_id: string, numerator: number, denominator: number | null) => ({
    kpi,
    group_id,
    numerator,
    denominator,
  });
  expect(figures).toEqual([
    figure("reply_rate", "*", 1, 3),
    figure("reply_rate", "g1", 0, 1),
    figure("reply_rate", "g2", 1, 2),
    figure("speakers", "*", 2, null),
    figure("speakers", "g1", 1, null),
    figure("speakers", "g2", 2, null),
  ]);
});
