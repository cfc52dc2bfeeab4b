import type { NoticeRule } from "./notice-rules.ts";

/*
 * What LINE writes into a group's log, in Japanese, Chinese and English; in Thai who was added alone was seen. The names of who was added or removed stand
 * between U+2068 and U+2069 in newer versions, which delimit them exactly; 退会させました is tested before 退会しました,
 * 將…退出群組 before 退出群組. Whoever was invited is in the group once they joined, which LINE says on its own; whoever was
 * added is in it.
 */
export const LINE: readonly NoticeRule[] = [
  {
    event: "kick",
    test: /^(?<by>.+?)が(?<names>.+?)を(?:この)?(?:オープンチャット|グループ|トークルーム)から(?:退会させ|削除し)ました$/u,
  },
  { event: "kick", test: /^(?<by>.+?)已?將(?<names>.+?)(?:強制退出社群|(?:退出|移出|踢出)群組)$/u },
  {
    event: "kick",
    test: /^(?<by>.+?)已?将(?<names>.+?)(?:强制退出社群|(?:退出|移出|踢出)(?:该群|群组|群聊|群))$/u,
  },
  { event: "kick", test: /^(?<by>.+?) removed (?<all>.+?) from the (?:group|chat)$/u },
  { event: "leave", test: /^(?<name>.+?)が(?:グループを|トークルームを)?退[会出]しました$/u },
  { event: "join", test: /^(?<name>.+?)が(?:グループに|トークルームに)?参加しました$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?)が(?<names>.+?)を(?:グループに)?追加しました$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?) เพิ่ม (?<name>.+?) เข้ากลุ่ม$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?)已?新增(?<names>.+?)至群組$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?)已?将(?<names>.+?)添加[至到]群组?$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?) added (?<all>.+?) to the (?:group|chat)$/u },
  { event: "invite", test: /^(?<by>.+?)が(?<names>.+?)を(?:グループに|トークに)?招待しました$/u },
  { event: "invite", test: /^(?<by>.+?)已?邀[請请]了?(?<names>.+?)加入(?:群組|群组|群聊|聊天|社群)?$/u },
  { event: "invite", test: /^(?<by>.+?)已?邀[請请]了(?<names>.+?)$/u },
  { event: "invite", test: /^(?<by>.+?) invited (?<all>.+?) to the (?:group|chat)$/u },
  { event: "recall_notice", test: /^Message unsent(?<name>)$/u },
  { event: "recall_notice", test: /^(?:(?<name>.+?)が)?メッセージの送信を取り消しました$/u },
  {
    event: "recall_notice",
    test: /^ポリシーに違反している可能性があるため、(?<name>.+?)のメッセージが削除されました$/u,
  },
  { event: "recall_notice", test: /^(?<name>.+?)的訊息可能已違反社群服務條款而遭刪除$/u },
  { event: "rename", test: /^(?<by>.+?)が(?:トークルーム名|グループ名)を「(?<to>.*)」に変更しました$/u },
  {
    event: "rename",
    test: /^(?<by>.+?)已?[將将](?:群組名稱|群组名称|聊天室名稱|社群名稱)(?:變更|变更|更改|改)[為为成][「“"](?<to>.*)[」”"]$/u,
  },
  { event: "rename", test: /^(?<by>.+?) changed the group name to "?(?<to>.*?)"?$/u },
  {
    event: "join",
    test: /^(?<name>.+?)\s*(?:已?加入群組|已?加入社群|已加入该群|加入聊天| joined the (?:group|chat))$/u,
  },
  {
    event: "leave",
    test: /^(?<name>.+?)\s*(?:已?(?:離開|退出)(?:群組|社群)|離開聊天|已退群|已?退出群组| left the (?:group|chat))$/u,
  },
  {
    event: "recall_notice",
    test: /^(?<name>.+?)\s*(?:已?收回了?訊息|已撤回(?:消息)?|撤回了(?:一条)?消息| unsent a message)$/u,
  },
];
