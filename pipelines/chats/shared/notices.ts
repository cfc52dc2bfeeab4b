import type { Notice } from "../../../src/kit/importer.ts";
import { applyRules, type NoticeRule } from "./notice-rules.ts";
import { noticeText } from "./notice-text.ts";

/*
 * What WeChat and QQ write into a group's log themselves, in Chinese and English. First match wins.
 * - WeChat quotes names ("…" or “…”), QQ does not; several are parted by 、 or by a comma and a blank
 * - the exporting account is 你 or You and has no name here: its id is what fupan.yaml says
 * - who joins by QR code, leaves or recalls is one person, whatever marks the name holds
 * - those listed after 群聊参与人还有 were there before
 */
const RULES: readonly NoticeRule[] = [
  { event: "join", method: "invite", test: /^(?<by>.+?)邀请(?<name>你)加入了?(?:群聊|本群)(?:[，,].*)?$/su },
  {
    event: "join",
    method: "invite",
    test: /^(?<by>.+?)邀请(?<name>你)和(?<names>.+?)加入了?(?:群聊|本群)(?:，.*)?$/su,
  },
  {
    event: "join",
    method: "qr",
    test: /^(?<name>.+?)通过(?:扫描)?(?<by>.+?)(?:分享)?的二维码加入了?群聊(?:，.*)?$/su,
  },
  { event: "join", method: "invite", test: /^(?<name>.+?)通过(?<by>.+?)的邀请加入了?群聊$/su },
  { event: "join", method: "invite", test: /^(?<by>.+?)邀请(?<names>.+?)加入了?(?:群聊|本群)(?:，.*)?$/su },
  { event: "kick", test: /^(?<name>.+?)被(?<by>.+?)移出了?群聊$/su },
  { event: "kick", test: /^(?<by>.+?)将(?<names>.+?)移出了?群聊$/su },
  { event: "leave", test: /^(?<name>.+?)(?:退出|离开)了?(?:群聊|本群)$/su },
  { event: "join", test: /^(?<name>.+?)加入了?(?:群聊|本群)(?:，.*)?$/su },
  { event: "rename", test: /^(?<by>.+?)修改群名为["“](?<to>.*)["”]$/su },
  {
    event: "recall_notice",
    test: /^(?<by>.{1,99}?)\s{0,9}撤回了\s{0,9}(?<name>.{1,99}?)\s{0,9}的消息(?:（.*）)?$/su,
  },
  { event: "recall_notice", test: /^(?<name>.+?)\s*撤回了?一条消息(?:（.*）)?$/su },
  { event: "join", method: "invite", test: /^(?<by>.+?) invited (?<name>you) to a group chat with.*$/su },
  {
    event: "join",
    method: "invite",
    test: /^(?<by>.+?) invited (?<name>you) and (?<list>.+?) to (?:the|a) group chat$/su,
  },
  { event: "join", method: "invite", test: /^(?<by>.+?) invited (?<list>.+?) to (?:the|a) group chat$/su },
  {
    event: "join",
    method: "qr",
    test: /^(?<name>.+?) joined (?:the )?group chat via the QR code (?:shared by (?<by>.+)|you shared)$/isu,
  },
  { event: "kick", test: /^(?<by>You) removed (?<list>.+?) from the group chat$/su },
  { event: "kick", test: /^(?<name>You) were removed from the group chat by (?<by>.+)$/su },
  { event: "rename", test: /^(?<by>.+?) changed the group name to "(?<to>.*)"$/su },
  { event: "recall_notice", test: /^(?<name>.+?) (?:has )?recalled a message$/su },
];

/** Undefined for what says nothing of members: red packets, pats, announcements. */
export function readNotice(raw: string): Notice | undefined {
  const { text, ids } = noticeText(raw);
  return applyRules(RULES, text, ids);
}
