import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { type ImportRecord, issue, itemsImporter, type JsonItem } from "../../src/kit/importer.ts";
import { parseJson } from "../../src/kit/json.ts";
import { epochMillis } from "../../src/kit/time.ts";
import { at, list, text } from "./shared/json.ts";

/*
 * Feishu / Lark im/v1/messages, one answer or its data: { items: [...] }, or an array of such pages. Variants seen:
 * - create_time is epoch milliseconds as text; body.content is JSON in a string
 * - mentions stand as @_user_1 in the text, with id and name beside it
 * - system messages are a template with from_user and to_chatters: names only
 * - deleted messages keep sender, time and what stands for the text: message and recall event; open_id is per app, names need a contacts table
 */
const KINDS: Readonly<Record<string, string>> = {
  text: "text",
  post: "text",
  image: "image",
  file: "file",
  folder: "file",
  audio: "voice",
  media: "video",
  sticker: "sticker",
  interactive: "link",
  share_chat: "card",
  share_user: "card",
  location: "location",
  merge_forward: "forward",
  video_chat: "call",
  vote: "poll",
  hongbao: "red_packet",
};

const TEMPLATES: readonly (readonly [RegExp, string, string | null])[] = [
  [/\{from_user\}.{0,200}(?:invited|邀请).{0,200}\{to_chatters\}/u, "join", "invite"],
  [/\{to_chatters\}.*(?:QR code|二维码)/u, "join", "qr"],
  [/\{to_chatters\}.*(?:joined|加入)/u, "join", null],
  [/\{from_user\}.*(?:QR code|二维码)/u, "join", "qr"],
  [/\{from_user\}.*(?:joined|加入)/u, "join", null],
  [/\{from_user\}.{0,200}(?:removed|移出|移除).{0,200}\{to_chatters\}/u, "kick", null],
  [/\{from_user\}.*(?:left|退出)/u, "leave", null],
];

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
    for (const item of items) yield record(item, group);
  },
});

function record({ value, line }: JsonItem, group: string | undefined): ImportRecord {
  const sent_at = epochMillis(text(at(value, "create_time")) ?? Number.NaN);
  const chat = text(at(value, "chat_id"));
  const message_id = text(at(value, "message_id"));
  if (sent_at === undefined || message_id === null)
    return issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
  const place = { line, sent_at, group_id: group ?? chat, group_name: null };
  const type = String(at(value, "msg_type"));
  const content = bodyOf(value);
  if (type === "system") {
    const event = systemEvent(content);
    if (event) return { kind: "event", ...place, ...event, message_id };
  }
  const people = list(at(value, "mentions"));
  const isBot = text(at(value, "sender", "sender_type")) === "app";
  return {
    kind: "message",
    ...place,
    message_id,
    sender_id: type === "system" ? null : text(at(value, "sender", "id")),
    sender_name: null,
    sender_role: isBot && type !== "system" ? "bot" : null,
    type: type === "system" ? "system" : (KINDS[type] ?? "unknown"),
    isRecalled: at(value, "deleted") === true,
    text: people.reduce<string>(
      (said, one) => said.replaceAll(String(at(one, "key")), `@${text(at(one, "name")) ?? ""}`),
      said(content),
    ),
    reply_to: text(at(value, "parent_id")),
    mentions: [
      ...people.flatMap((one) => text(at(one, "id")) ?? []),
      ...(said(content).includes("@_all") ? ["*"] : []),
    ],
  };
}

function bodyOf(value: unknown): unknown {
  const content = text(at(value, "body", "content")) ?? "";
  try {
    return parseJson(content);
  } catch {
    return { text: content };
  }
}

function systemEvent(content: unknown) {
  const template = text(at(content, "template")) ?? "";
  const [, event, method] = TEMPLATES.find(([test]) => test.test(template)) ?? [];
  if (event === undefined) return undefined;
  const from = list(at(content, "from_user")).flatMap((one) => text(one) ?? []);
  const to = list(at(content, "to_chatters")).flatMap((one) => text(one) ?? []);
  const isOwn = to.length === 0;
  const names = isOwn ? from : to;
  return {
    event,
    subjects: names.map(() => ""),
    subject_names: names,
    actor_name: isOwn ? null : (from[0] ?? null),
    method: method ?? null,
    confidence: 0.9,
  };
}

/** A template's sentence, with the names in it. */
function filled(content: unknown, template: string): string {
  const names = (key: string) =>
    list(at(content, key))
      .flatMap((one) => text(one) ?? [])
      .join("、");
  return template.replace(/\{(\w+)\}/gu, (_all, key: string) => names(key));
}

/** Plain text, the texts of a post's paragraphs, or the title of what is none. */
function said(content: unknown): string {
  const plain = text(at(content, "text"));
  if (plain !== null) return plain;
  const template = text(at(content, "template"));
  if (template !== null) return filled(content, template);
  const paragraphs = list(at(content, "content")).map((line) =>
    list(line)
      .map((part) => text(at(part, "text")) ?? text(at(part, "user_name")) ?? "")
      .join(""),
  );
  const title = text(at(content, "title")) ?? text(at(content, "file_name")) ?? text(at(content, "name"));
  return [title ?? "", ...paragraphs].filter((line) => line !== "").join("\n");
}
