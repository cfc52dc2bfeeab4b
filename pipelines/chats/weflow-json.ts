import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { issue, itemsImporter } from "../../src/kit/importer.ts";
import { epochSeconds } from "../../src/kit/time.ts";
import { at, list, text } from "./shared/json.ts";
import { wechatKind, wechatRecord, withoutQuote } from "./shared/wechat.ts";

/*
 * WeFlow and EchoTrace, JSON of one chat: { session, messages }. Variants seen:
 * - WeFlow has a head "weflow", EchoTrace none; old EchoTrace: session.username instead of wxid
 * - localId counts this export and is no id; platformMessageId, where present, is the server's
 * - localType packs type and sub-type; type is its Chinese name; appMsgKind red-packet has no type of its own
 * - a notice is from the chatroom's id; content is null for some media
 * - arkme-json: messages name a senderID, the persons stand in senders
 * - a quote is text[引用 who：preview]
 */
const KINDS: Readonly<Record<string, string>> = {
  文本消息: "text",
  引用消息: "text",
  图片消息: "image",
  语音消息: "voice",
  名片消息: "card",
  视频消息: "video",
  动画表情: "sticker",
  位置消息: "location",
  链接消息: "link",
  音乐消息: "link",
  通话消息: "call",
  系统消息: "system",
  文件消息: "file",
  小程序消息: "miniapp",
  聊天记录: "forward",
  群公告: "announcement",
  转账消息: "transfer",
};

const APPS: Readonly<Record<string, string>> = {
  "red-packet": "red_packet",
  solitaire: "solitaire",
  transfer: "transfer",
  announcement: "announcement",
  finder: "channels",
  miniapp: "miniapp",
  file: "file",
  "chat-record": "forward",
};

export default itemsImporter({
  id: "weflow-json",
  title: { zh: "微信聊天记录 JSON（WeFlow / EchoTrace）", en: "WeChat chat JSON (WeFlow / EchoTrace)" },
  kind: "chat",
  matches: (head) => {
    const [first] = list(jsonAt(head, "messages"));
    return probe({
      session: jsonAt(head, "session", "type") !== undefined,
      "weflow / messages[].localType":
        jsonAt(head, "weflow") !== undefined ||
        jsonAt(head, "format") === "arkme-json" ||
        at(first, "localType") !== undefined,
    });
  },
  items: ["messages.*"],
  *read(items, rest, { group, stem, self }) {
    const session = at(rest, "session");
    const room = text(at(session, "wxid")) ?? text(at(session, "username"));
    const isGroup =
      String(at(session, "type") ?? "群聊").startsWith("群") || room?.endsWith("@chatroom") === true;
    const senders = new Map(list(at(rest, "senders")).map((one) => [text(at(one, "senderID")), one]));
    for (const { value, line } of items) {
      const sent_at = epochSeconds(at(value, "createTime"));
      if (sent_at === undefined) {
        yield issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
        continue;
      }
      const person = senders.get(text(at(value, "senderID")));
      const sender = text(at(value, "senderUsername")) ?? text(at(person, "wxid"));
      const isSelf = Number(at(value, "isSend")) === 1;
      yield wechatRecord(
        {
          line,
          group_id: isGroup ? (group ?? room ?? stem) : null,
          group_name: text(at(session, "displayName")) ?? text(at(session, "nickname")),
          sent_at,
          message_id: text(at(value, "platformMessageId")),
          sender_id: isSelf ? (self ?? sender ?? "self") : sender,
          sender_name: text(at(value, "senderDisplayName")) ?? text(at(person, "displayName")),
          kind: sender?.endsWith("@chatroom") ? "system" : kindOf(value),
          text: withoutQuote(text(at(value, "content")) ?? ""),
          reply_to: text(at(value, "replyToMessageId")),
        },
        self,
      );
    }
  },
});

function kindOf(value: unknown): string {
  const app = APPS[String(at(value, "appMsgKind"))];
  if (app !== undefined) return app;
  if (String(at(value, "appMsgType")) === "2001") return "red_packet";
  const named = KINDS[String(at(value, "type"))];
  const type = Number(at(value, "localType"));
  const packed = Number.isFinite(type) && type > 0 ? wechatKind(type) : "unknown";
  return packed === "unknown" ? (named ?? "unknown") : packed;
}
