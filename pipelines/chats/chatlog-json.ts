import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { issue, itemsImporter } from "../../src/kit/importer.ts";
import { at, text } from "./shared/json.ts";
import { wechatKind, wechatRecord } from "./shared/wechat.ts";

/*
 * sjzar/chatlog and forks, JSON: an array of messages. Variants seen:
 * - time with offset; seq = seconds × 1000 + n is the id within a talker
 * - type and subType are WeChat's numbers; media have an empty content and a title in contents
 * - notices: sender 系统消息, type 10000, names as 张三(wxid_a); a quoted message in contents.refer
 */
export default itemsImporter({
  id: "chatlog-json",
  title: { zh: "微信聊天记录 JSON（chatlog）", en: "WeChat chat JSON (chatlog)" },
  kind: "chat",
  matches: (head) =>
    probe({
      talker: jsonAt(head, "talker") !== undefined,
      isChatRoom: jsonAt(head, "isChatRoom") !== undefined,
      "seq + sender": jsonAt(head, "seq") !== undefined && jsonAt(head, "sender") !== undefined,
    }),
  items: ["*"],
  *read(items, _rest, { group, self }) {
    for (const { value, line } of items) {
      const sent_at = text(at(value, "time"));
      const talker = text(at(value, "talker"));
      if (sent_at === null || talker === null) {
        yield issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
        continue;
      }
      const sender = text(at(value, "sender"));
      const isNotice = sender === "系统消息";
      const contents = at(value, "contents");
      yield wechatRecord(
        {
          line,
          group_id: at(value, "isChatRoom") === true ? (group ?? talker) : null,
          group_name: text(at(value, "talkerName")),
          sent_at,
          message_id: text(at(value, "seq")),
          sender_id: at(value, "isSelf") === true ? (self ?? sender) : sender,
          sender_name: text(at(value, "senderName")),
          kind: isNotice ? "system" : wechatKind(Number(at(value, "type")), Number(at(value, "subType"))),
          text:
            text(at(value, "content")) ?? text(at(contents, "title")) ?? text(at(contents, "label")) ?? "",
          reply_to: text(at(contents, "refer", "seq")),
        },
        self,
      );
    }
  },
});
