import { expect, it } from "vitest";
import { readNotice } from "../../pipelines/chats/shared/notices.ts";
import { readNamedNotice } from "../../pipelines/chats/shared/wechat.ts";

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
  // The server's id of the message that was recalled, which an earlier export may still hold.
  [
    '900001@chatroom:\n<sysmsg type="revokemsg"><revokemsg><session>900001@chatroom</session><msgid>7</msgid><newmsgid>7431234567890123465</newmsgid><replacemsg><![CDATA["阿青" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>',
    { event: "recall", subjectNames: ["阿青"], confidence: 0.9, targetId: "7431234567890123465" },
  ],
  // A short number is no id of the server.
  [
    '<sysmsg type="revokemsg"><revokemsg><msgid>7</msgid><newmsgid>8</newmsgid><replacemsg><![CDATA["阿青" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>',
    { event: "recall_notice", subjectNames: ["阿青"], confidence: 0.9 },
  ],
  ["欢迎阿青加入本群", joined(["阿青"])],
  // A name may hold the sentence's own words: its quotes say where it ends.
  ['"邀请我"邀请"春风、夏"加入了群聊', joined(["春风", "夏"], { method: "invite", actorName: "邀请我" })],
  // The account itself, by a code that nobody's name stands beside.
  [
    "你通过扫描二维码加入群聊，群聊参与人还有：阿青、春风",
    joined([], { method: "qr", isSelf: true, confidence: 0.9 }),
  ],
  ["阿青通过QQ群二维码加入了本群", joined(["阿青"], { method: "qr" })],
  ["阿青通过小满的邀请加入了本群", joined(["阿青"], { method: "invite", actorName: "小满" })],
  ["阿青已退出本群", { event: "leave", subjectNames: ["阿青"], confidence: 0.9 }],
  ['"阿青" left the group chat', { event: "leave", subjectNames: ["阿青"], confidence: 0.9 }],
  ["阿青已被管理员移出本群", { event: "kick", subjectNames: ["阿青"], actorName: "管理员", confidence: 0.9 }],
  [
    '"小满" changed the group name to “花友会”',
    { event: "rename", subjectNames: [], actorName: "小满", detail: "花友会", confidence: 0.9 },
  ],
  ['群主"小满"已解散该群聊', { event: "dissolve", subjectNames: [], actorName: "小满", confidence: 0.9 }],
  ['"阿青"已成为新群主', { event: "owner_change", subjectNames: ["阿青"], confidence: 0.9 }],
  ["你撤回了一条消息 重新编辑", { event: "recall_notice", subjectNames: [], isSelf: true, confidence: 0.9 }],
  [
    '"小满"撤回了成员"阿青"的一条消息',
    { event: "recall_notice", subjectNames: ["阿青"], actorName: "小满", confidence: 0.9 },
  ],
  [
    "小满撤回了一条成员消息",
    { event: "recall_notice", subjectNames: [], actorName: "小满", confidence: 0.9 },
  ],
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

const template = (text: string, links: Readonly<Record<string, readonly (readonly [string, string])[]>>) =>
  `<sysmsg type="sysmsgtemplate"><sysmsgtemplate><content_template type="tmpl_type_profilewithrevoke"><plain><![CDATA[]]></plain><template><![CDATA[${text}]]></template><link_list>${Object.entries(
    links,
  )
    .map(
      ([name, people]) =>
        `<link name="${name}" type="link_profile"><memberlist>${people.map(([id, nick]) => `<member><username><![CDATA[${id}]]></username><nickname><![CDATA[${nick}]]></nickname></member>`).join("")}</memberlist><separator><![CDATA[、]]></separator></link>`,
    )
    .join(
      "",
    )}<link name="revoke" type="link_revoke" hidden="1"><title><![CDATA[撤销]]></title><usernamelist><username><![CDATA[wxid_chun00]]></username></usernamelist></link></link_list></content_template></sysmsgtemplate></sysmsg>`;

// WeChat keeps notices as a sentence with gaps and the persons of each gap beside it.
it.each([
  [
    template('"$username$"邀请"$names$"加入了群聊  $revoke$', {
      username: [["wxid_man00", "小满"]],
      names: [
        ["wxid_qing00", "阿青、邀请"],
        ["", "春风"],
      ],
    }),
    joined(["阿青、邀请", "春风"], {
      method: "invite",
      actorName: "小满",
      actorId: "wxid_man00",
      subjects: ["wxid_qing00", ""],
      confidence: 1,
    }),
  ],
  [
    template('你邀请"$names$"加入了群聊  $revoke$', { names: [["wxid_qing00", "阿青"]] }),
    joined(["阿青"], { method: "invite", subjects: ["wxid_qing00"], confidence: 1 }),
  ],
  [
    template("$username$邀请你加入了群聊，群聊参与人还有：$others$", {
      username: [["wxid_man00", "小满"]],
      others: [["wxid_qing00", "阿青"]],
    }),
    joined([], {
      method: "invite",
      actorName: "小满",
      actorId: "wxid_man00",
      subjects: [],
      isSelf: true,
      confidence: 1,
    }),
  ],
  [
    `90001@chatroom:\n${template('"$adder$"通过扫描"$from$"分享的二维码加入群聊', { adder: [["wxid_qing00", "阿青"]], from: [["wxid_man00", "小满"]] })}`,
    joined(["阿青"], {
      method: "qr",
      actorName: "小满",
      actorId: "wxid_man00",
      subjects: ["wxid_qing00"],
      confidence: 1,
    }),
  ],
  [
    template('"$remark$"修改群名为“[1群] 花友会”', { remark: [["wxid_man00", "小满"]] }),
    {
      event: "rename",
      subjectNames: [],
      actorName: "小满",
      actorId: "wxid_man00",
      subjects: [],
      detail: "[1群] 花友会",
      confidence: 1,
    },
  ],
  [
    template("$username$ invited $names$ to the group chat", {
      username: [["wxid_man00", "小满"]],
      names: [
        ["wxid_qing00", "阿青"],
        ["wxid_chun00", "春风, 夏"],
      ],
    }),
    joined(["阿青", "春风, 夏"], {
      method: "invite",
      actorName: "小满",
      actorId: "wxid_man00",
      subjects: ["wxid_qing00", "wxid_chun00"],
      confidence: 1,
    }),
  ],
])("a template: %s", (text, expected) => {
  expect(readNotice(text)).toEqual(expected);
});

// Ids behind the names: of WeCom's people they are numbers, and a name may have none.
it.each([
  [
    '"小满(25984900000000001@openim)"邀请"阿青(25984900000000002@openim)、春风"加入了群聊',
    joined(["阿青", "春风"], {
      method: "invite",
      actorName: "小满",
      actorId: "25984900000000001@openim",
      subjects: ["25984900000000002@openim", ""],
      confidence: 0.7,
    }),
  ],
])("%s", (text, expected) => {
  expect(readNamedNotice(text)).toEqual(expected);
});

it.each([
  "小满拍了拍阿青",
  "小满发起了群收款",
  "群公告已更新",
  "我要退出群聊吗",
  "",
  // Nobody has joined yet.
  '"小满"想邀请2位朋友加入群聊',
  '"小满"已启用“群聊邀请确认”，群成员需群主确认才能邀请朋友加入群聊。',
  '你无法邀请未添加你为好友的用户进去群聊，请先向"阿青"发送朋友验证申请。对方通过验证后，才能加入群聊。',
  "阿青申请加入群聊",
  '你邀请"阿青"加入群聊，等待对方同意',
])("%s tells nothing of members", (text) => {
  expect(readNotice(text)).toBeUndefined();
});
