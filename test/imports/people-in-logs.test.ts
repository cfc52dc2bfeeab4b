import { afterEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { fixtures } from "../support/golden.ts";

let community: Community | undefined;
afterEach(() => community?.remove());

const HEADER =
  "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender";
const row = (at: number, text: string, name: string, id: string, isOwn = 0) =>
  `${at},3,1,0,${isOwn},${1_794_790_800 + at},3,${text},,,${name},${id}`;
const people = (from: Community) =>
  from.lake((database) =>
    database.all(
      "select raw_id, name, role, (select count(*) from lake.messages where messages.person_key = contacts.person_key) as said from lake.contacts where not has_name_only order by raw_id, seen_at",
    ),
  );

it("the exporting account has the id that fupan.yaml says; every name that an id had is kept, the newest last", async () => {
  community = new Community("self: wxid_boss\n");
  const log = [
    HEADER,
    row(1, "早上好", "小满", "wxid_xm"),
    row(2, "大家好", "", "", 1),
    row(3, "改名了", "小满🌱", "wxid_xm"),
    row(4, "同名的另一个人", "小满", "wxid_other"),
  ];
  expect(await community.import("花友会.csv", log.join("\n"))).toMatchObject({ accepted: 4 });
  expect(await people(community)).toEqual([
    { raw_id: "wxid_boss", name: null, role: null, said: 1 },
    { raw_id: "wxid_other", name: "小满", role: null, said: 1 },
    { raw_id: "wxid_xm", name: "小满", role: null, said: 2 },
    { raw_id: "wxid_xm", name: "小满🌱", role: null, said: 2 },
  ]);
});

it("邀请你, 邀请你和木木: a notice about 你 is about the account of fupan.yaml", async () => {
  community = new Community("self: wxid_boss\n");
  const notices = [
    `5,3,10000,0,0,1794790805,3,"""A""邀请你加入了群聊，群聊参与人还有：小满、木木",,,,`,
    `6,3,10000,0,0,1794790806,3,"""A""邀请你和""木木""加入了群聊",,,,`,
  ];
  await community.import("花友会.csv", [HEADER, row(1, "早上好", "小满", "wxid_xm"), ...notices].join("\n"));
  const told = await community.lake((database) =>
    database.all(
      "select raw_id, name from lake.member_events join lake.contacts using (person_key) where event = 'join' order by event_at, raw_id",
    ),
  );
  const boss = { raw_id: "wxid_boss", name: null };
  expect(told).toEqual([boss, boss, { raw_id: null, name: "木木" }]);
});

it("a title before a name is a role, and no part of the name", async () => {
  const sample = fixtures().find(({ path }) => path.endsWith("全部消息记录.txt"));
  community = new Community();
  expect(sample?.content.toString("utf8")).toMatch(/【(?:群主|管理员)】店长/);
  await community.import("全部消息记录.txt", sample?.content ?? "");
  const staff = (await people(community)).filter(({ role }) => role === "staff");
  expect(staff).toEqual([expect.objectContaining({ name: "店长 (热)" })]);
});
