import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { type ImportRecord, itemsImporter } from "../../src/kit/importer.ts";
import { at, list, text } from "./shared/json.ts";
import { qceChat, qceRecord } from "./shared/qce.ts";

/*
 * QQ Chat Exporter, chunked: manifest.json and chunks/c000001.jsonl … as zip or folder, or JSON lines alone (see
 * shared/qce.ts). The manifest says how many messages each chunk holds: a difference is told.
 */
export default itemsImporter({
  id: "qce-chunked",
  title: {
    zh: "QQ 聊天记录 JSONL 分块（QQ Chat Exporter）",
    en: "QQ chat in JSONL chunks (QQ Chat Exporter)",
  },
  kind: "chat",
  idPrefix: "qq:",
  matches: (head) => {
    const isBundle =
      head.entries.some((name) => /(?:^|\/)manifest\.json$/.test(name)) &&
      head.entries.some((name) => /\.jsonl$/.test(name));
    const isLines =
      jsonAt(head, "timestamp") !== undefined &&
      jsonAt(head, "content", "elements") !== undefined &&
      (jsonAt(head, "sender") !== undefined || jsonAt(head, "rawMessage") !== undefined);
    return probe({ "manifest.json + chunks / sender + content.elements": isBundle || isLines });
  },
  folder: (names) => names.includes("manifest.json") && names.includes("chunks/"),
  items: "lines",
  heads: /^\{"entry":"(?:[^"]*\/)?manifest\.json"/,
  *read(items, rest, options): Iterable<ImportRecord> {
    const manifest = at(list(rest)[0], "value");
    const chat = qceChat(manifest, options);
    const counts = new Map<string, number>();
    for (const { value, line } of items) {
      const entry = text(at(value, "entry"));
      if (entry !== null) counts.set(entry, (counts.get(entry) ?? 0) + 1);
      yield qceRecord(entry === null ? value : at(value, "value"), line, chat, options);
    }
    // Of what comes back mended the manifest is that of the whole.
    const chunks = options.isMended ? [] : list(at(manifest, "chunked", "chunks"));
    for (const chunk of chunks) {
      const name = text(at(chunk, "fileName")) ?? "";
      const stated = Number(at(chunk, "count"));
      const found = [...counts].find(([entry]) => entry.endsWith(name))?.[1] ?? 0;
      if (found !== stated)
        yield {
          kind: "note",
          text: {
            zh: `清单说 ${name} 有 ${stated} 条，实际读到 ${found} 条`,
            en: `The manifest says ${name} holds ${stated} messages, ${found} were read`,
          },
        };
    }
  },
});
