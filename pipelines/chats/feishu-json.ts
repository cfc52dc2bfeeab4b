import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { itemsImporter } from "../../src/kit/importer.ts";
import { feishuRecord } from "./shared/feishu.ts";
import { at, list, text } from "./shared/json.ts";

/*
 * Answers of Feishu's interface as they came (see shared/feishu.ts): { items: [...] }, that under data, an array of such
 * pages, or pages one behind the other.
 */
export default itemsImporter({
  id: "feishu-json",
  title: { zh: "飞书群消息 JSON（im/v1/messages）", en: "Feishu / Lark messages JSON (im/v1/messages)" },
  kind: "chat",
  idPrefix: "feishu:",
  matches: (head) => {
    const items = list(jsonAt(head, "items") ?? jsonAt(head, "data", "items"));
    return probe({ "items[].message_id om_…": String(text(at(items[0], "message_id"))).startsWith("om_") });
  },
  items: ["items.*", "data.items.*", "*.items.*", "*.data.items.*"],
  *read(items, _rest, { group }) {
    for (const item of items) yield feishuRecord(item, group);
  },
});
