import { fact, jsonAt, probe } from "../../src/kit/evidence.ts";
import { itemsImporter } from "../../src/kit/importer.ts";
import { at, list } from "./shared/json.ts";
import { qceChat, qceRecord } from "./shared/qce.ts";

/* QQ Chat Exporter, one JSON object { metadata, chatInfo, messages } (see shared/qce.ts). V4 has no metadata.name. */
export default itemsImporter({
  id: "qce-json",
  title: { zh: "QQ 聊天记录 JSON（QQ Chat Exporter）", en: "QQ chat JSON (QQ Chat Exporter)" },
  kind: "chat",
  idPrefix: "qq:",
  matches: (head) => {
    const [first] = list(jsonAt(head, "messages"));
    return probe({
      "metadata.name QQChatExporter / chatInfo":
        /^QQChatExporter/.test(String(jsonAt(head, "metadata", "name"))) ||
        jsonAt(head, "chatInfo") !== undefined,
      messages: jsonAt(head, "messages") !== undefined || at(first, "rawMessage") !== undefined,
      [fact("没有 chunked", "no chunked")]: jsonAt(head, "chunked") === undefined,
    });
  },
  items: ["messages.*"],
  *read(items, rest, options) {
    const chat = qceChat(rest, options);
    for (const { value, line } of items) yield qceRecord(value, line, chat, options);
  },
});
