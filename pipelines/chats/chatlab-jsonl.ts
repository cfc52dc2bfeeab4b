import { probe } from "../../src/kit/evidence.ts";
import { itemsImporter } from "../../src/kit/importer.ts";
import { chatlabRecord, rolesOf } from "./shared/chatlab.ts";
import { at, list } from "./shared/json.ts";

/* ChatLab, JSON lines: a header, members, messages (see shared/chatlab.ts). Lines that begin with # are comments. */
export default itemsImporter({
  id: "chatlab-jsonl",
  title: { zh: "ChatLab JSONL", en: "ChatLab JSONL" },
  kind: "chat",
  matches: ({ text }) =>
    probe({
      '_type "header"': /^[\s\uFEFF]*(?:#[^\n]*\n\s*)*\{[^\n]*"_type"\s*:\s*"header"/u.test(text),
      chatlab: text.includes('"chatlab"'),
    }),
  items: "lines",
  heads: /"_type"\s*:\s*"(?:header|member)"/u,
  *read(items, rest, options) {
    const heads = list(rest);
    const meta = at(
      heads.find((one) => at(one, "_type") === "header"),
      "meta",
    );
    const chat = { meta, roles: rolesOf(heads) };
    for (const { value, line } of items) yield chatlabRecord(value, line, chat, options);
  },
});
