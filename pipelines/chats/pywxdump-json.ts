import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { issue, itemsImporter } from "../../src/kit/importer.ts";
import { at, text } from "./shared/json.ts";
import { PYWXDUMP_KINDS, PYWXDUMP_NOTICES } from "./shared/pywxdump.ts";
import { wechatRecord } from "./shared/wechat.ts";

/* PyWxDump JSON: an array of the rows that its CSV has (see pywxdump-csv). */
export default itemsImporter({
  id: "pywxdump-json",
  title: { zh: "微信聊天记录 JSON（PyWxDump）", en: "WeChat chat JSON (PyWxDump)" },
  kind: "chat",
  matches: (head) =>
    probe({
      MsgSvrID: jsonAt(head, "MsgSvrID") !== undefined,
      type_name: jsonAt(head, "type_name") !== undefined,
      talker: jsonAt(head, "talker") !== undefined,
    }),
  items: ["*"],
  *read(items, _rest, { group, stem, self }) {
    for (const { value, line } of items) {
      const sent_at = text(at(value, "CreateTime"));
      const type = text(at(value, "type_name"));
      if (sent_at === null || type === null) {
        yield issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
        continue;
      }
      const room = text(at(value, "room_name"));
      const talker = text(at(value, "talker"));
      const isNotice = PYWXDUMP_NOTICES.includes(String(talker)) || type.startsWith("消息撤回");
      const id = text(at(value, "MsgSvrID"));
      const isGroup = room === null || room.endsWith("@chatroom");
      yield wechatRecord(
        {
          line,
          group_id: isGroup ? (group ?? room ?? stem) : null,
          group_name: null,
          sent_at,
          message_id: id !== null && /^[1-9]\d*$/.test(id) ? id : null,
          sender_id: talker === "我" ? (self ?? "self") : talker,
          sender_name: null,
          kind: isNotice ? "system" : (PYWXDUMP_KINDS[type] ?? "unknown"),
          text: (text(at(value, "msg")) ?? "").replace(/(?<!\s)\s*\n\[引用\]\([^)]{0,200}\)[\s\S]*$/u, ""),
        },
        self,
      );
    }
  },
});
