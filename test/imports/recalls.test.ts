import { afterEach, beforeEach, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

/* A recall of WeChat's database names its message by the server's id. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const ROOM = "55501@chatroom";
const row = (n: number, who: string, id: string, said: string, room = ROOM, type = "文本") => ({
  id: n,
  MsgSvrID: id,
  type_name: type,
  is_sender: 0,
  talker: who,
  room_name: room,
  msg: said,
  src: "",
  CreateTime: `2026-11-16 09:00:${10 + n}`,
});
const ID = "7431234567890123465";
const recall = (id: string, room = ROOM) =>
  csv([
    row(
      30,
      "系统",
      "7431234567890123999",
      `<sysmsg type="revokemsg"><revokemsg><newmsgid>${id}</newmsgid><replacemsg><![CDATA["木木" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>`,
      room,
      "消息撤回2",
    ),
  ]);
const said = csv([row(1, "wxid_a", ID, "发错了"), row(2, "wxid_b", "7431234567890123466", "早上好")]);
const ask = async () =>
  await community.query(
    "select is_recalled from marts.messages where kind = 'text' order by sent_at",
    "2026-11-23T00:00:00",
  );
it.each([
  ["the message first", [said, recall(ID)], true],
  ["the recall first", [recall(ID), said], true],
  ["a message that is nowhere", [said, recall("7431234567890124000")], false],
  ["the same id in another group", [said, recall(ID, "55502@chatroom")], false],
  ["no id", [said, recall("0")], false],
])("%s", async (_what, files, isRecalled) => {
  for (const [at, content] of files.entries()) await community.import(`${at}.csv`, content);
  expect(await ask()).toEqual([{ is_recalled: isRecalled }, { is_recalled: false }]);
});
