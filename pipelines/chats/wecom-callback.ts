import { probe } from "../../src/kit/evidence.ts";
import { documentImporter, type ImportRecord, issue } from "../../src/kit/importer.ts";
import { epochSeconds } from "../../src/kit/time.ts";

/*
 * WeCom callbacks change_external_chat as XML, one or many <xml> documents in a file. Variants seen:
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

export default documentImporter({
  id: "wecom-callback",
  title: { zh: "企业微信客户群变更回调 XML", en: "WeCom customer group callbacks, XML" },
  kind: "chat",
  matches: ({ text }) =>
    probe({
      "<xml>": text.trimStart().startsWith("<xml"),
      change_external_chat: text.includes("change_external_chat"),
    }),
  *read(text) {
    let line = 1;
    let counted = 0;
    for (const found of text.matchAll(/<xml>[\s\S]*?(?:<\/xml>|(?=<xml>)|$)/g)) {
      line += text.slice(counted, found.index).split("\n").length - 1;
      counted = found.index;
      yield event(found[0], line);
    }
  },
});

function event(xml: string, line: number): ImportRecord {
  if (!xml.endsWith("</xml>")) return issue(line, "unknown_record", xml);
  const chat = value(xml, "ChatId");
  if (!chat) return issue(line, "unknown_record", xml, "ChatId");
  const at = epochSeconds(value(xml, "CreateTime") ?? value(xml, "TimeStamp"));
  if (at === undefined) return issue(line, "bad_time", xml, "CreateTime");
  const detail = value(xml, "UpdateDetail");
  const common = {
    kind: "event" as const,
    line,
    group_id: chat,
    sent_at: at,
    subjects: subjects(xml),
    confidence: 1,
  };
  if (detail === "add_member")
    return { ...common, event: "join", method: value(xml, "JoinScene") === "3" ? "qr" : "invite" };
  if (detail === "del_member")
    return { ...common, event: value(xml, "QuitScene") === "1" ? "kick" : "leave" };
  const change = value(xml, "ChangeType");
  const kind =
    change === "create" ? "group_create" : change === "dismiss" ? "dissolve" : EVENTS[detail ?? ""];
  return kind ? { ...common, event: kind } : issue(line, "unknown_record", xml, "UpdateDetail");
}

function value(xml: string, tag: string): string | undefined {
  const found = new RegExp(`<${tag}>\\s*(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?\\s*</${tag}>`).exec(xml);
  return found?.[1]?.trim() || undefined;
}

function subjects(xml: string): string[] {
  const items = [...xml.matchAll(/<Item>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*<\/Item>/g)].map(
    (found) => found[1] ?? "",
  );
  const ids = items.length > 0 ? items : (value(xml, "MemChangeList") ?? "").split(",");
  return ids.map((id) => id.trim()).filter((id) => id !== "");
}
