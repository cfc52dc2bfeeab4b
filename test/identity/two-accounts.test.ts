import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

/*
 * Somebody may be in one group with two accounts, which a unionid or a phone number makes one person. Such a person has
 * left when the last account has, came with the first, and was not invited by themselves.
 */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const STAYS = `select strftime(joined_at + interval 8 hour, '%m-%d %H:%M') as "from", strftime(left_at + interval 8 hour, '%m-%d %H:%M') as until, inviter_id is not null as is_invited
  from marts.memberships where person_id = (select person_id from marts.people where display_name like '双号%') order by joined_at`;
const WEEK = `select kpi, numerator, denominator from report.kpi_weekly
  where group_id = 'g1' and segment = '*' and week = date '2026-11-09'
    and kpi in ('churn_rate', 'leaves', 'joins', 'members_end', 'invites', 'speakers', 'conversion_rate') order by kpi`;
const member = (member_id: string, more: Record<string, string> = {}) => ({
  ...{ group_id: "g1", member_id, name: "", unionid: "", inviter_id: "" },
  ...{ joined_at: "2026-09-01 09:00:00", left_at: "", ...more },
});
const first = (more = {}) => member("wxid_first", { name: "双号甲", unionid: "o1", ...more });
const second = (more = {}) => member("wm_second", { name: "双号乙", unionid: "o1", ...more });
const said = (sender_id: string, sent_at: string) => ({
  group_id: "g1",
  sender_id,
  sent_at,
  text: "今天买了菜",
});

async function told(rows: readonly Record<string, string>[]) {
  await community.import("members.csv", csv([...rows, member("m3"), member("m4")]));
  const [stays = [], kpis = []] = await community.queries([STAYS, WEEK], "2026-11-23T00:00:00+08:00");
  return {
    stays: stays.map(Object.values),
    kpis: Object.fromEntries(kpis.map(({ kpi, numerator, denominator }) => [kpi, [numerator, denominator]])),
  };
}

describe("one of two accounts", () => {
  it("leaves: the person has not, whether or not they speak later", async () => {
    await community.import(
      "chat.csv",
      csv([said("wxid_first", "2026-11-10 10:00:00"), said("wm_second", "2026-11-10 11:00:00")]),
    );
    const order = (order_id: string, buyer_id: string) => ({
      order_id,
      buyer_id,
      paid_at: "2026-11-12 12:00:00",
      amount: 9,
    });
    await community.import("orders.csv", csv([order("o1", "wxid_first"), order("o2", "wm_second")]));
    const { stays, kpis } = await told([first(), second({ left_at: "2026-11-11 10:00:00" })]);
    expect(stays).toEqual([["09-01 09:00", null, false]]);
    expect(kpis).toEqual({
      churn_rate: [0, 3],
      conversion_rate: [1, 3],
      invites: [null, null],
      joins: [0, null],
      leaves: [0, null],
      members_end: [3, null],
      speakers: [1, null],
    });
  });

  it("comes later: the person was there, and nobody invited them, least of all themselves", async () => {
    const { stays, kpis } = await told([
      first(),
      second({ joined_at: "2026-11-11 10:00:00", inviter_id: "wxid_first" }),
      member("m5", { joined_at: "2026-11-12 10:00:00", inviter_id: "wm_second" }),
    ]);
    expect(stays).toEqual([["09-01 09:00", null, false]]);
    expect(kpis).toMatchObject({ joins: [1, null], invites: [1, null], members_end: [4, null] });
  });

  it("follows the other: left when both are gone, and once", async () => {
    const { stays, kpis } = await told([
      first({ left_at: "2026-11-13 20:00:00" }),
      second({ left_at: "2026-11-11 10:00:00" }),
    ]);
    expect(stays).toEqual([["09-01 09:00", "11-13 20:00", false]]);
    expect(kpis).toMatchObject({ churn_rate: [1, 3], leaves: [1, null], members_end: [2, null] });
  });

  it("takes the place of the other: both stays are told", async () => {
    const { stays } = await told([
      first({ left_at: "2026-11-11 10:00:00" }),
      second({ joined_at: "2026-11-12 10:00:00" }),
    ]);
    expect(stays).toEqual([
      ["09-01 09:00", "11-11 10:00", false],
      ["11-12 10:00", null, false],
    ]);
  });
});

it("two that leave at one moment have left", async () => {
  const { stays } = await told([
    first({ left_at: "2026-11-11 10:00:00" }),
    second({ left_at: "2026-11-11 10:00:00" }),
  ]);
  expect(stays).toEqual([["09-01 09:00", "11-11 10:00", false]]);
});

it("a callback tells of one account of two in the same way, and of an id that stands for the same account as of that", async () => {
  const callback = (at: string, detail: string, id: string) =>
    JSON.stringify({
      ...{ CreateTime: Date.parse(`${at}+08:00`) / 1000, Event: "change_external_chat", ChatId: "g1" },
      ...{ ChangeType: "update", UpdateDetail: detail, QuitScene: 0, MemChangeList: [id] },
    });
  const log = [
    callback("2026-10-01T09:00:00", "add_member", "wm_second"),
    callback("2026-10-02T09:00:00", "add_member", "wm_third"),
    callback("2026-11-11T10:00:00", "del_member", "wm_second"),
  ];
  const contact = (person_key: string) => ({ person_key, name: "双号", unionid: "o1" });
  await community.import("callbacks.jsonl", `${log.join("\n")}\n`);
  // A chat log knows the account by another id: it is no account more.
  await community.import("chat.csv", csv([said("wxid_second", "2026-10-05 10:00:00")]));
  await community.import("contacts.csv", csv(["wm_second", "wxid_second"].map(contact)));
  const stays = async () => (await community.query(STAYS, "2026-11-23T00:00:00+08:00")).map(Object.values);
  expect(await stays()).toEqual([["10-01 09:00", "11-11 10:00", false]]);
  await community.import("more-contacts.csv", csv([contact("wm_third")]));
  expect(await stays()).toEqual([["10-01 09:00", null, false]]);
});
