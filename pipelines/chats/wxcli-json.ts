import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { type ImportRecord, issue, itemsImporter } from "../../src/kit/importer.ts";
import { epochSeconds } from "../../src/kit/time.ts";
import { at, text } from "./shared/json.ts";
import { wechatRecord } from "./shared/wechat.ts";
import { noPrefix, wxcliKind } from "./shared/wxcli.ts";

/*
 * wx-cli (jackwener), JSON of one chat. Variants seen:
 * - local_id is used again inside one chat, so messages go by sender, time and text
 * - group rows have sender_username; an empty sender is a notice (or a chat between two)
 * - notices are "[系统] …" cut at 50 characters, recalls "[撤回] …" cut at 30
 * - 50 rows are the tool's default limit: most likely not the whole chat
 */
const DEFAULT_LIMIT = 50;

export default itemsImporter({
  id: "wxcli-json",
  title: { zh: "微信聊天记录 JSON（wx-cli）", en: "WeChat chat JSON (wx-cli)" },
  kind: "chat",
  matches: (head) =>
    probe({
      "chat + is_group": jsonAt(head, "chat") !== undefined && jsonAt(head, "is_group") !== undefined,
      username: jsonAt(head, "username") !== undefined,
    }),
  items: ["messages.*"],
  *read(items, rest, { group, self }): Iterable<ImportRecord> {
    const room = text(at(rest, "username"));
    const chat = text(at(rest, "chat"));
    const isGroup = at(rest, "is_group") === true;
    let count = 0;
    for (const { value, line } of items) {
      count++;
      const sent_at = epochSeconds(at(value, "timestamp"));
      if (sent_at === undefined) {
        yield issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
        continue;
      }
      const sender = text(at(value, "sender_username"));
      const name = text(at(value, "sender_group_nickname")) ?? text(at(value, "sender"));
      const content = text(at(value, "content")) ?? "";
      const kind = wxcliKind(text(at(value, "type")), content);
      yield wechatRecord(
        {
          line,
          group_id: isGroup ? (group ?? room ?? chat) : null,
          group_name: chat,
          sent_at,
          message_id: null,
          sender_id: sender,
          sender_name: name,
          kind: isGroup && name === null && sender === null ? "system" : kind,
          text: noPrefix(content),
        },
        self,
      );
    }
    if (count === DEFAULT_LIMIT)
      yield {
        kind: "note",
        text: {
          zh: "正好 50 条：这是 wx-cli 的默认上限，多半没有导全，请加大 limit 再导出",
          en: "Exactly 50 messages: the default limit of wx-cli, so most likely not all. Export again with a higher limit",
        },
      };
  },
});
