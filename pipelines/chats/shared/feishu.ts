import { type ImportRecord, issue, type JsonItem } from "../../../src/kit/importer.ts";
import { parseJson } from "../../../src/kit/json.ts";
import { epochMillis } from "../../../src/kit/time.ts";
import { at, list, text } from "./json.ts";

/*
 * Messages of Feishu / Lark im/v1/messages. Variants seen:
 * - create_time is epoch milliseconds as text; body.content is JSON in a string
 * - mentions stand as @_user_1 in the text, with id and name beside it
 * - system messages are a template with from_user and to_chatters: names only; whoever shared the code or the link is no joiner
 * - what stands inside a merged forward comes with upper_message_id: it was said elsewhere, and nobody says it here
 * - a post may stand under its language (zh_cn), a card's words in elements
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

/** What is taken back or only asked for brings nobody in and nobody out, and a bot or a new administrator is no newcomer. */
const NOTHING =
  /revok|withdr|recall|cancel|declin|requested to|撤回|撤销|取消|拒绝|申请加入|\badmin|\bbot\b|管理员|机器人/iu;
const QR = "(?:QR code|二维码)";
const LINK = "(?:link|链接)";

/** Sentence, event, method, and whose names are its subjects: the other ones did it. First match wins. */
const TEMPLATES: readonly (readonly [RegExp, string, string | null, "from_user" | "to_chatters"])[] = [
  [
    /\{from_user\}.{0,200}(?:invited|added|邀请|添加).{0,200}\{to_chatters\}/u,
    "join",
    "invite",
    "to_chatters",
  ],
  [new RegExp(`^[^{]{0,20}\\{to_chatters\\}.{0,200}${QR}`, "u"), "join", "qr", "to_chatters"],
  [new RegExp(`\\{from_user\\}.{0,200}${QR}`, "u"), "join", "qr", "from_user"],
  [new RegExp(`\\{from_user\\}.{0,200}(?:joined|加入).{0,200}${LINK}`, "u"), "join", "link", "from_user"],
  [new RegExp(`\\{from_user\\}.{0,200}${LINK}.{0,200}(?:joined|加入)`, "u"), "join", "link", "from_user"],
  [/^[^{]{0,20}\{to_chatters\}.{0,200}(?:joined|加入)/u, "join", null, "to_chatters"],
  [/\{from_user\}.{0,200}(?:joined|加入)/u, "join", null, "from_user"],
  [/\{from_user\}.{0,200}(?:removed|移出|移除).{0,200}\{to_chatters\}/u, "kick", null, "to_chatters"],
  [/\{from_user\}.{0,200}[将把].{0,20}\{to_chatters\}.{0,200}(?:移出|移除)/u, "kick", null, "to_chatters"],
  [/\{to_chatters\}.{0,200}(?:removed|移出|移除)/u, "kick", null, "to_chatters"],
  [/\{from_user\}.{0,200}(?:left|退出)/u, "leave", null, "from_user"],
];

/** Whether a value is such a message. */
export function isFeishu(value: unknown): boolean {
  return String(text(at(value, "message_id"))).startsWith("om_") && at(value, "msg_type") !== undefined;
}

export function feishuRecord({ value, line }: JsonItem, group: string | undefined): ImportRecord {
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
  // The longest key first: @_user_1 is the beginning of @_user_10.
  const people = [...list(at(value, "mentions"))].sort(
    (a, b) => String(at(b, "key")).length - String(at(a, "key")).length,
  );
  const isElsewhere = text(at(value, "upper_message_id")) !== null;
  const isBot = text(at(value, "sender", "sender_type")) === "app";
  return {
    kind: "message",
    ...place,
    message_id,
    sender_id: type === "system" || isElsewhere ? null : text(at(value, "sender", "id")),
    sender_name: null,
    sender_role: isBot && type !== "system" && !isElsewhere ? "bot" : null,
    type: type === "system" ? "system" : isElsewhere ? "forward" : (KINDS[type] ?? "unknown"),
    isRecalled: at(value, "deleted") === true,
    text: people.reduce<string>(
      (said, one) => said.replaceAll(String(at(one, "key")), `@${text(at(one, "name")) ?? ""}`),
      said(content),
    ),
    reply_to: text(at(value, "parent_id")),
    mentions: [
      ...people.flatMap((one) => text(at(one, "id")) ?? []),
      ...(said(content).includes("@_all") || isToAll(content) ? ["*"] : []),
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
  const [, event, method, whose] =
    (NOTHING.test(template) ? undefined : TEMPLATES.find(([test]) => test.test(template))) ?? [];
  if (event === undefined) return undefined;
  const from = namesIn(content, "from_user");
  const to = namesIn(content, "to_chatters");
  const names = whose === "from_user" ? from : to;
  const [actor = null] = whose === "from_user" ? to : from;
  return {
    event,
    subjects: names.map(() => ""),
    subject_names: names,
    actor_name: actor,
    method: method ?? null,
    confidence: 0.9,
  };
}

function namesIn(content: unknown, key: string): string[] {
  return list(at(content, key)).flatMap((one) => text(one) ?? []);
}

/** A template's sentence, with the names in it. */
function filled(content: unknown, template: string): string {
  return template.replace(/\{(\w+)\}/gu, (_all, key: string) => namesIn(content, key).join("、"));
}

/** Plain text, the texts of a post's paragraphs, or the title of what is none. */
function said(content: unknown): string {
  const plain = text(at(content, "text"));
  if (plain !== null) return plain;
  const template = text(at(content, "template"));
  if (template !== null) return filled(content, template);
  const post = inLanguage(content);
  const paragraphs = list(at(post, "content") ?? at(post, "elements")).map((line) =>
    list(line).map(partOf).join(""),
  );
  const title = text(at(post, "title")) ?? text(at(post, "file_name")) ?? text(at(post, "name"));
  return [title ?? text(at(post, "topic")) ?? "", ...paragraphs].filter((line) => line !== "").join("\n");
}

/** A post as it was sent may stand under its language. */
function inLanguage(content: unknown): unknown {
  return (
    ["zh_cn", "en_us", "ja_jp"].map((key) => at(content, key)).find((one) => one !== undefined) ?? content
  );
}

function partOf(part: unknown): string {
  const inner = list(at(part, "elements")).map((one) => text(at(one, "text")) ?? "");
  return text(at(part, "text")) ?? text(at(part, "user_name")) ?? inner.join("");
}

function isToAll(content: unknown): boolean {
  const parts = list(at(inLanguage(content), "content")).flatMap((line) => [...list(line)]);
  return parts.some(
    (part) => at(part, "tag") === "at" && ["@_all", "all"].includes(String(at(part, "user_id"))),
  );
}
