import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { issue, itemsImporter } from "../../src/kit/importer.ts";
import { epochSeconds } from "../../src/kit/time.ts";
import { at, text } from "./shared/json.ts";
import { wechatRecord } from "./shared/wechat.ts";

/*
 * WeChatDataAnalysis, messages.json of one conversation (its zip holds one per conversation: unpack a zip of
 * several). Variants seen:
 * - serverId is beyond 2^53 and counts; id and localId are of that one database
 * - renderType tells the kind; a quoted message in quoteServerId
 */
const KINDS: Readonly<Record<string, string>> = {
  text: "text",
  quote: "text",
  image: "image",
  voice: "voice",
  video: "video",
  emoji: "sticker",
  location: "location",
  link: "link",
  file: "file",
  chatHistory: "forward",
  transfer: "transfer",
  redPacket: "red_packet",
  voip: "call",
  system: "system",
};

export default itemsImporter({
  id: "wechat-data-analysis",
  title: { zh: "微信聊天记录 JSON（WeChatDataAnalysis）", en: "WeChat chat JSON (WeChatDataAnalysis)" },
  kind: "chat",
  matches: (head) =>
    probe({
      schemaVersion: jsonAt(head, "schemaVersion") !== undefined,
      "conversation.username": jsonAt(head, "conversation", "username") !== undefined,
    }),
  items: ["messages.*"],
  *read(items, rest, { group, self }) {
    const conversation = at(rest, "conversation");
    const room = text(at(conversation, "username"));
    const isGroup = at(conversation, "isGroup") === true || room?.endsWith("@chatroom") === true;
    for (const { value, line } of items) {
      const sent_at = epochSeconds(at(value, "createTime"));
      if (sent_at === undefined) {
        yield issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
        continue;
      }
      const id = text(at(value, "serverId"));
      const sender = text(at(value, "senderUsername"));
      const isSelf = at(value, "isSent") === true || at(value, "isSent") === 1;
      yield wechatRecord(
        {
          line,
          group_id: isGroup ? (group ?? room) : null,
          group_name: text(at(conversation, "displayName")),
          sent_at,
          message_id: id === "0" ? null : id,
          sender_id: isSelf ? (self ?? sender ?? "self") : sender,
          sender_name: text(at(value, "senderDisplayName")),
          kind: sender?.endsWith("@chatroom")
            ? "system"
            : (KINDS[String(at(value, "renderType"))] ?? "unknown"),
          text: text(at(value, "content")) ?? text(at(value, "title")) ?? "",
          reply_to: text(at(value, "quoteServerId")),
        },
        self,
      );
    }
  },
});
