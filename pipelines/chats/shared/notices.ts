import type { Notice } from "../../../src/kit/importer.ts";
import { applyRules, type NoticeRule } from "./notice-rules.ts";
import { filled, templateIn } from "./notice-template.ts";
import { noticeText } from "./notice-text.ts";

/*
 * What WeChat and QQ write into a group's log themselves, in Chinese and English. First match wins.
 * - WeChat quotes names ("…" or “…”), QQ does not; several are parted by 、 or by a comma and a blank
 * - the exporting account is 你 or You and has no name here: its id is what fupan.yaml says
 * - who joins by QR code, leaves or recalls is one person, whatever marks the name holds
 * - those listed after 群聊参与人还有 were there before
 * - who asks to be let in, or asks to bring somebody, is told of in nearly the same words: nobody has joined yet
 */
const NOTHING: readonly RegExp[] = [
  /想邀请.{1,999}加入群聊/su,
  /(?:申请|请求)加入(?:群聊|本群)/u,
  /(?:无法|才能)(?:邀请|加入)/u,
  /，等待.{0,20}(?:同意|确认|通过)/u,
];
/** A name in quotes may hold the words that end one without. */
const BY = '(?<by>["“][^"”]{1,99}["”]|.+?)';

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
  {
    event: "join",
    method: "qr",
    test: /^(?<name>.+?)通过(?:扫描)?(?:QQ)?群?二维码加入了?(?:群聊|本群)(?:，.*)?$/su,
  },
  { event: "join", method: "invite", test: /^(?<name>.+?)通过(?<by>.+?)的邀请加入了?(?:群聊|本群)$/su },
  {
    event: "join",
    method: "invite",
    test: new RegExp(`^${BY}邀请(?<names>.+?)加入了?(?:群聊|本群)(?:，.*)?$`, "su"),
  },
  { event: "kick", test: /^(?<name>.+?)已?被(?<by>.+?)移出了?(?:群聊|本群)$/su },
  { event: "kick", test: /^(?<by>.+?)已?将(?<names>.+?)移出了?(?:群聊|本群)$/su },
  { event: "leave", test: /^(?<name>.+?)已?(?:退出|离开)了?(?:群聊|本群)$/su },
  { event: "join", test: /^欢迎(?<name>.+?)加入了?(?:群聊|本群)$/su },
  { event: "join", test: /^(?<name>.+?)加入了?(?:群聊|本群)(?:，.*)?$/su },
  { event: "rename", test: /^(?<by>.+?)修改群名为["“](?<to>.*)["”]$/su },
  { event: "dissolve", test: /^(?:群主)?(?<by>.+?)已解散该群聊$/su },
  { event: "owner_change", test: /^(?<name>.+?)已成为(?:新的?)?群主$/su },
  {
    event: "recall_notice",
    test: /^(?<by>.{1,99}?)\s{0,9}撤回了\s{0,9}(?:成员\s{0,9}(?=["“]))?(?<name>.{1,99}?)\s{0,9}的(?:一条)?消息(?:（.*）)?$/su,
  },
  { event: "recall_notice", test: /^(?<by>.+?)\s*撤回了?一条成员消息$/su },
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
  { event: "leave", test: /^(?<name>.+?) left the group chat$/su },
  { event: "rename", test: /^(?<by>.+?) changed the group name to ["“](?<to>.*)["”]$/su },
  { event: "recall_notice", test: /^(?<name>.+?) (?:has )?recalled a message$/su },
];

/** Undefined for what says nothing of members: red packets, pats, announcements. */
export function readNotice(raw: string): Notice | undefined {
  const template = templateIn(raw);
  const { text, ids, targetId } = noticeText(template?.text ?? raw);
  if (NOTHING.some((one) => one.test(text))) return undefined;
  const notice = applyRules(RULES, text, ids);
  if (notice?.event === "recall_notice" && targetId !== undefined)
    return { ...notice, event: "recall", targetId };
  return notice && template ? filled(notice, template.people) : notice;
}
