import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community } from "../support/community.ts";

const GROUP = "wrTeaRoom";
const at = (time: string) => Date.parse(time) / 1000;
/** Four Mondays, nine o'clock in Shanghai: the time stands in the file's name. */
const LISTS = ["20261102T090000", "20261109T090000", "20261116T090000", "20261123T090000"];
const AS_OF = "2026-11-23T12:00:00";

/** Each member's `join_time` in the four lists; null = not on the list, 0 = the answer gives none. */
const OLD = at("2026-10-01T02:00:00Z");
const MEMBERS: Readonly<Record<string, readonly (number | null)[]>> = {
  stays: [OLD, OLD, OLD, OLD],
  leaves: [OLD, OLD, null, null],
  joins: [null, ...Array<number>(3).fill(at("2026-11-05T03:00:00Z"))],
  passes: [null, null, at("2026-11-10T04:00:00Z"), null],
  returns: [OLD, null, at("2026-11-12T05:00:00Z"), at("2026-11-12T05:00:00Z")],
  // A join time from before the list that lacks the person can't be that of the second stay.
  oldTime: [OLD, null, OLD, OLD],
  noTime: [null, 0, 0, 0],
  noTimeAtFirst: [0, 0, 0, null],
};

function list(nth: number, group = GROUP, members = MEMBERS): string {
  const present = Object.entries(members).filter(([, times]) => typeof times[nth] === "number");
  const member_list = present.map(([name, times]) => ({
    userid: `wm${name}`,
    type: 2,
    join_time: times[nth],
    join_scene: 3,
    name,
  }));
  const owner = { userid: "LinDian", type: 1, join_time: OLD, join_scene: 1, name: "店长" };
  return JSON.stringify({
    errcode: 0,
    errmsg: "ok",
    group_chat: { chat_id: group, name: "茶友会", owner: "LinDian", member_list: [owner, ...member_list] },
  });
}

const stay = (name: string, joined_at: string | null, over: Row = {}): Row => ({
  name,
  nth: 1,
  joined_at,
  join_evidence: joined_at === null ? "unknown" : "list",
  left_at: null,
  leave_kind: null,
  leave_evidence: null,
  observed_from: null,
  ...over,
});
const BETWEEN = { leave_evidence: "observed_between" };
const gone = (left_at: string, observed_from: string): Row => ({ left_at, ...BETWEEN, observed_from });

const EXPECTED: readonly Row[] = [
  stay("joins", "2026-11-05T03:00:00"),
  stay("leaves", "2026-10-01T02:00:00", gone("2026-11-16T01:00:00", "2026-11-09T01:00:00")),
  stay("noTime", "2026-11-09T01:00:00", { join_evidence: "observed_between" }),
  stay("noTimeAtFirst", null, gone("2026-11-23T01:00:00", "2026-11-16T01:00:00")),
  stay("oldTime", "2026-10-01T02:00:00", gone("2026-11-09T01:00:00", "2026-11-02T01:00:00")),
  stay("oldTime", "2026-11-16T01:00:00", { nth: 2, join_evidence: "observed_between" }),
  stay("passes", "2026-11-10T04:00:00", gone("2026-11-23T01:00:00", "2026-11-16T01:00:00")),
  stay("returns", "2026-10-01T02:00:00", gone("2026-11-09T01:00:00", "2026-11-02T01:00:00")),
  stay("returns", "2026-11-12T05:00:00", { nth: 2 }),
  stay("stays", "2026-10-01T02:00:00"),
];

it("a list whose column of leaving is empty says who was there", async () => {
  const community = new Community();
  try {
    const head = "成员ID,昵称,入群时间,退群时间\n";
    const row = (id: string, left = "") => `${id},${id},2026-11-01 09:00:00,${left}\n`;
    const said = async (name: string, text: string) =>
      (await community.import(name, head + text, { group: "tea" })).notes.map(({ zh }) => zh).join();
    expect(await said("茶友群_202611091000.csv", row("u1") + row("u2"))).toContain(
      "名单里没有的人算已经离开",
    );
    expect(await said("茶友群.csv", row("u1"))).toContain("谁离开了算不出来");
    expect(await said("茶友群_202611161000.csv", row("u1"))).toContain("名单里没有的人算已经离开");
    const [stays] = await community.queries([
      "select left_at::varchar as left_at, leave_evidence from marts.memberships where left_at is not null",
    ]);
    expect(stays).toEqual([{ left_at: "2026-11-16 02:00:00", leave_evidence: "observed_between" }]);
    const history = row("u1") + row("u2", "2026-11-12 09:00:00");
    expect(await said("茶友群_202611201000.csv", history)).not.toContain("退群时间一列全空");
  } finally {
    community.remove();
  }
});

describe("member lists of a WeCom group", () => {
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  const importList = (nth: number, text = list(nth)) => community.import(`茶友会_${LISTS[nth]}.json`, text);
  const memberships = () =>
    community.query(
      `select people.display_name as name, nth, joined_at, join_evidence, left_at, leave_kind, leave_evidence, observed_from
       from marts.memberships join marts.people using (person_id) where group_id = '${GROUP}' and is_member order by name, nth`,
      AS_OF,
    );

  it.each(["0123", "3210", "2031", "1302"])("become joins and leaves in the order %s", async (order) => {
    for (const nth of order) await importList(Number(nth));
    expect(await memberships()).toEqual(EXPECTED);
  });

  it("the same list twice, and a list of another group, change nothing", async () => {
    for (const nth of [0, 1, 2, 3]) await importList(nth);
    expect(await importList(2)).toMatchObject({ status: "unchanged" });
    const other = list(3, "wrOther", { joins: MEMBERS["joins"] ?? [] });
    const again = await importList(3, `${list(3)}\n${other}\n`);
    expect(again).toMatchObject({ accepted: 2, duplicate: again.read - 2, groups: ["wrOther", GROUP] });
    expect(await memberships()).toEqual(EXPECTED);
  });

  it("a callback says when and how; who came and went between two lists is known from it alone", async () => {
    const callback = (time: string, what: string, ids: readonly string[]) =>
      `<xml><CreateTime>${at(time)}</CreateTime><Event><![CDATA[change_external_chat]]></Event><ChatId><![CDATA[${GROUP}]]></ChatId><ChangeType><![CDATA[update]]></ChangeType>${what}<MemChangeList>${ids.map((id) => `<Item><![CDATA[${id}]]></Item>`).join("")}</MemChangeList></xml>`;
    const add = "<UpdateDetail><![CDATA[add_member]]></UpdateDetail><JoinScene>3</JoinScene>";
    const remove = "<UpdateDetail><![CDATA[del_member]]></UpdateDetail><QuitScene>1</QuitScene>";
    await importList(2);
    await community.import(
      "callbacks.xml",
      [
        callback("2026-11-13T06:00:00Z", remove, ["wmleaves", "wmguest"]),
        callback("2026-11-11T06:00:00Z", add, ["wmguest"]),
      ].join("\n"),
    );
    await importList(1);
    const rows = await memberships();
    const kicked = { left_at: "2026-11-13T06:00:00", leave_kind: "kick", leave_evidence: "explicit" };
    expect(rows.filter(({ name }) => name === "leaves")).toEqual([
      stay("leaves", "2026-10-01T02:00:00", kicked),
    ]);
    const guests = rows.filter(({ joined_at }) => joined_at === "2026-11-11T06:00:00");
    expect(guests).toMatchObject([{ join_evidence: "explicit", ...kicked }]);
  });
});
