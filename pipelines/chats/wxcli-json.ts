import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { itemsImporter } from "../../src/kit/importer.ts";
import { wxcliRecords } from "./shared/wxcli.ts";

/*
 * wx-cli (jackwener), JSON of one chat. Variants seen:
 * - local_id is used again inside one chat, so messages go by sender, time and text
 * - group rows have sender_username; an empty sender is a notice (or a chat between two)
 * - notices are "[系统] …" cut at 50 characters, recalls "[撤回] …" cut at 30
 * - 50 rows are the tool's default limit: most likely not the whole chat
 */
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
  read: wxcliRecords,
});
