import type { NoticeRule } from "./notice-rules.ts";

/*
 * What LINE writes into a group's log, in Japanese, Chinese and English. The names of who was added or removed stand
 * between U+2068 and U+2069 in newer versions, which delimit them exactly; 退会させました is tested before 退会しました.
 */
const TO = "(?:\\u2068(?<name>.+?)\\u2069|(?<names>.+?))";

export const LINE: readonly NoticeRule[] = [
  {
    event: "kick",
    test: new RegExp(
      `^(?<by>.+?)が${TO}を(?:この)?(?:オープンチャット|グループ|トークルーム)から退会させました$`,
      "u",
    ),
  },
  { event: "leave", test: /^(?<name>.+?)が(?:グループを|トークルームを)?退会しました$/u },
  { event: "join", test: /^(?<name>.+?)が(?:グループに|トークルームに)?参加しました$/u },
  {
    event: "join",
    method: "invite",
    test: new RegExp(`^(?<by>.+?)が${TO}を(?:グループに)?追加しました$`, "u"),
  },
  { event: "recall_notice", test: /^(?:(?<name>.+?)が)?メッセージの送信を取り消しました$/u },
  {
    event: "recall_notice",
    test: /^ポリシーに違反している可能性があるため、(?<name>.+?)のメッセージが削除されました$/u,
  },
  { event: "rename", test: /^(?<by>.+?)が(?:トークルーム名|グループ名)を「(?<to>.*)」に変更しました$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?)已?邀请(?<names>.+?)加入(?:群组|群聊)?$/u },
  { event: "join", test: /^(?<name>.+?)\s*(?:已加入群組|已加入该群|加入聊天| joined the (?:group|chat))$/u },
  { event: "leave", test: /^(?<name>.+?)\s*(?:已離開群組|已退群|離開聊天| left the (?:group|chat))$/u },
  { event: "recall_notice", test: /^(?<name>.+?)\s*(?:已收回訊息|已撤回(?:消息)?| unsent a message)$/u },
];
