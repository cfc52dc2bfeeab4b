import { probe } from "../../src/kit/evidence.ts";
import { itemsImporter } from "../../src/kit/importer.ts";
import { feishuRecord, isFeishu } from "./shared/feishu.ts";

/* Feishu messages taken out of the answers they came in (see shared/feishu.ts), as an array. */
export default itemsImporter({
  id: "feishu-array",
  title: { zh: "飞书群消息 JSON 数组", en: "Feishu / Lark messages, JSON array" },
  kind: "chat",
  idPrefix: "feishu:",
  matches: ({ text, json }) =>
    probe({ "[{ message_id om_…, msg_type }]": /^[\s\uFEFF]*\[/u.test(text) && isFeishu(json) }),
  items: ["*"],
  *read(items, _rest, { group }) {
    for (const item of items) yield feishuRecord(item, group);
  },
});
