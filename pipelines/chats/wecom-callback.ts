import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { documentImporter, type ImportRecord, issue } from "../../src/kit/importer.ts";
import { epochSeconds } from "../../src/kit/time.ts";
import { at, documents, list, text as textOf } from "./shared/json.ts";

/*
 * WeCom callbacks change_external_chat, one or many in a file. Variants seen:
 * - XML documents one after another, with or without <?xml …?> before them, or the same fields as JSON: one object, an array, or one per line
 * - JoinScene 0, 1, 2 = invited, 3 = QR code: not the numbers of join_scene in member lists
 * - QuitScene 0 = left, 1 = removed by the owner or an administrator
 * - MemChangeList as <Item> elements, or one comma-separated text; before 2023 absent: the event then names nobody
 * - service providers send InfoType and TimeStamp instead of Event and CreateTime
 */
const EVENTS: Readonly<Record<string, string>> = {
  change_owner: "owner_change",
  change_name: "rename",
  change_notice: "notice",
};

/** One callback, whatever it was written in. */
interface Callback {
  line: number;
  raw: string;
  /** False for a document that breaks off. */
  isWhole: boolean;
  value: (field: string) => string | undefined;
  subjects: readonly string[];
}

export default documentImporter({
  id: "wecom-callback",
  title: { zh: "企业微信客户群变更回调（XML / JSON）", en: "WeCom customer group callbacks (XML / JSON)" },
  kind: "chat",
  matches: (head) =>
    probe({
      "<xml> / ChangeType":
        /^[\s\uFEFF]*(?:<\?xml[^<>]*>\s*)?<xml/.test(head.text) || jsonAt(head, "ChangeType") !== undefined,
      change_external_chat: head.text.includes("change_external_chat"),
    }),
  *read(text) {
    const callbacks = text.trimStart().startsWith("<") ? fromXml(text) : fromJson(text);
    for (const callback of callbacks) yield eventOf(callback);
  },
});

function* fromXml(text: string): Iterable<Callback> {
  let line = 1;
  let counted = 0;
  for (const { 0: xml, index } of text.matchAll(/<xml>[\s\S]*?(?:<\/xml>|(?=<xml>)|$)/g)) {
    line += text.slice(counted, index).split("\n").length - 1;
    counted = index;
    yield {
      line,
      raw: xml,
      isWhole: xml.endsWith("</xml>"),
      value: (field) => inside(xml, field),
      subjects: subjects(xml),
    };
  }
}

function* fromJson(text: string): Iterable<Callback> {
  for (const { value, line } of documents(text)) {
    const changed = at(value, "MemChangeList");
    const items = [changed, at(changed, "Item")].flatMap((one) =>
      list(one).flatMap((id) => textOf(id) ?? []),
    );
    const single = textOf(at(changed, "Item")) ?? textOf(changed);
    yield {
      line,
      raw: JSON.stringify(value ?? null),
      isWhole: value !== undefined,
      value: (field) => textOf(at(value, field)) ?? undefined,
      subjects: items.length > 0 ? items : ids(single ?? ""),
    };
  }
}

function eventOf({ line, raw, isWhole, value, subjects }: Callback): ImportRecord {
  if (!isWhole) return issue(line, "unknown_record", raw);
  const chat = value("ChatId");
  if (!chat) return issue(line, "unknown_record", raw, "ChatId");
  const sent_at = epochSeconds(value("CreateTime") ?? value("TimeStamp"));
  if (sent_at === undefined) return issue(line, "bad_time", raw, "CreateTime");
  const detail = value("UpdateDetail");
  const common = { kind: "event" as const, line, group_id: chat, sent_at, subjects, confidence: 1 };
  if (detail === "add_member")
    return { ...common, event: "join", method: value("JoinScene") === "3" ? "qr" : "invite" };
  if (detail === "del_member") return { ...common, event: value("QuitScene") === "1" ? "kick" : "leave" };
  const change = value("ChangeType");
  const kind =
    change === "create" ? "group_create" : change === "dismiss" ? "dissolve" : EVENTS[detail ?? ""];
  return kind ? { ...common, event: kind } : issue(line, "unknown_record", raw, "UpdateDetail");
}

function inside(xml: string, tag: string): string | undefined {
  const found = new RegExp(`<${tag}>\\s*(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?\\s*</${tag}>`).exec(xml);
  return found?.[1]?.trim() || undefined;
}

function subjects(xml: string): string[] {
  const items = [...xml.matchAll(/<Item>(?:\s{0,99}<!\[CDATA\[)?([^<\]\n]*)(?:\]\]>)?\s{0,99}<\/Item>/g)].map(
    (found) => found[1]?.trim() ?? "",
  );
  return items.length > 0 ? ids(items.join(",")) : ids(inside(xml, "MemChangeList") ?? "");
}

function ids(text: string): string[] {
  return text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
}
