import { expect, it } from "vitest";
import { readNotice } from "../../pipelines/chats/shared/notices.ts";

const joined = (names: readonly string[], more: object = {}) => ({
  event: "join",
  subjectNames: names,
  confidence: names.length > 1 ? 0.7 : 0.9,
  ...more,
});
const xml = (plain: string, ids: readonly string[]) =>
  `900001@chatroom:\n<sysmsg type="delchatroommember"><delchatroommember><plain><![CDATA[${plain}]]></plain><link><memberlist>${ids.map((id) => `<username><![CDATA[${id}]]></username>`).join("")}</memberlist></link></delchatroommember></sysmsg>`;

// Invented sentences in the shapes that WeChat and QQ write, in Chinese and English.
it.each([
  ['"小满"邀请"阿青、春风"加入了群聊', joined(["阿青", "春风"], { method: "invite", actorName: "小满" })],
  ['你邀请"阿青"加入了群聊  $revoke$', joined(["阿青"], { method: "invite" })],
  [
    '"小满"邀请你和"阿青"加入了群聊',
    joined(["阿青"], { method: "invite", actorName: "小满", isSelf: true, confidence: 0.9 }),
  ],
  ['" 阿青"通过扫描"小满"分享的二维码加入群聊', joined(["阿青"], { method: "qr", actorName: "小满" })],
  // One person scans: the mark is part of the name.
  ['"阿青、春风"通过扫描你分享的二维码加入群聊', joined(["阿青、春风"], { method: "qr" })],
  ['"阿青" joined group chat via the QR code you shared.', joined(["阿青"], { method: "qr" })],
  [
    "小满 invited 阿青, 春风 to the group chat",
    joined(["阿青", "春风"], { method: "invite", actorName: "小满" }),
  ],
  // Emoji of old clients are shown as what they mean.
  [
    '"小满"邀请"<span class="emoji emoji1f338"></span>阿青"加入了群聊',
    joined(["🌸阿青"], { method: "invite", actorName: "小满" }),
  ],
  ['你将"阿青"移出了群聊', { event: "kick", subjectNames: ["阿青"], confidence: 0.9 }],
  [
    '你被"小满"移出群聊',
    { event: "kick", subjectNames: [], actorName: "小满", isSelf: true, confidence: 0.9 },
  ],
  ['You removed "阿青" from the group chat', { event: "kick", subjectNames: ["阿青"], confidence: 0.9 }],
  [
    '"小满"修改群名为“花友会”',
    { event: "rename", subjectNames: [], actorName: "小满", detail: "花友会", confidence: 0.9 },
  ],
  ['"阿青" 撤回了一条消息', { event: "recall_notice", subjectNames: ["阿青"], confidence: 0.9 }],
  // Ids beat names: fewer ids than names means that a name holds the mark.
  [
    xml('"小满"邀请"阿青、春风、夏"加入了群聊', ["wxid_qing00", "wxid_chun00"]),
    {
      event: "join",
      method: "invite",
      actorName: "小满",
      subjects: ["wxid_qing00", "wxid_chun00"],
      confidence: 1,
    },
  ],
])("%s", (text, expected) => {
  expect(readNotice(text)).toEqual(expected);
});

it.each(["小满拍了拍阿青", "小满发起了群收款", "群公告已更新", "我要退出群聊吗", ""])(
  "%s tells nothing of members",
  (text) => {
    expect(readNotice(text)).toBeUndefined();
  },
);
