import { fact, jsonAt, probe } from "../../src/kit/evidence.ts";
import { itemsImporter } from "../../src/kit/importer.ts";
import { chatlabRecord, rolesOf } from "./shared/chatlab.ts";
import { at, list } from "./shared/json.ts";

/* ChatLab, one JSON object (see shared/chatlab.ts). */
export default itemsImporter({
  id: "chatlab-json",
  title: { zh: "ChatLab JSON", en: "ChatLab JSON" },
  kind: "chat",
  matches: (head) =>
    probe({
      chatlab: jsonAt(head, "chatlab") !== undefined,
      [fact("有 meta、没有 _type", "meta + no _type")]:
        jsonAt(head, "meta") !== undefined && jsonAt(head, "_type") === undefined,
    }),
  items: ["messages.*"],
  *read(items, rest, options) {
    const chat = { meta: at(rest, "meta"), roles: rolesOf(list(at(rest, "members"))) };
    for (const { value, line } of items) yield chatlabRecord(value, line, chat, options);
  },
});
