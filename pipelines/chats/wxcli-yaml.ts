import { isSeq, LineCounter, parseDocument } from "yaml";
import { probe } from "../../src/kit/evidence.ts";
import { documentImporter, type ImportRecord, issue, type JsonItem } from "../../src/kit/importer.ts";
import { list } from "./shared/json.ts";
import { wxcliRecords } from "./shared/wxcli.ts";

/* wx-cli (jackwener), YAML of one chat: the keys of its JSON (see wxcli-json). A file that breaks off ends in an issue. */
export default documentImporter({
  id: "wxcli-yaml",
  title: { zh: "微信聊天记录 YAML（wx-cli）", en: "WeChat chat YAML (wx-cli)" },
  kind: "chat",
  matches: ({ text }) =>
    probe({
      "chat + is_group": /^\uFEFF?chat: /m.test(text) && /^is_group: (?:true|false)\s*$/m.test(text),
      username: /^username: /m.test(text),
      messages: /^messages:\s*(?:\[.*)?$/m.test(text),
    }),
  *read(text, options): Iterable<ImportRecord> {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
    const messages = document.get("messages");
    const places = isSeq(messages)
      ? messages.items.map(
          (node) => lines.linePos((node as { range?: [number] } | null)?.range?.[0] ?? 0).line,
        )
      : [];
    const { rest, items } = split(document.toJS({ maxAliasCount: 100 }), places);
    yield* wxcliRecords(items, rest, options);
    const [broken] = document.errors;
    if (broken) yield issue(lines.linePos(broken.pos[0]).line, "cut_off", "");
  },
});

function split(value: unknown, places: readonly number[]): { rest: unknown; items: JsonItem[] } {
  const { messages, ...rest } = Object(value) as Record<string, unknown>;
  return {
    rest,
    items: list(messages).map((one, at) => ({ value: one, path: ["messages", at], line: places[at] ?? 1 })),
  };
}
