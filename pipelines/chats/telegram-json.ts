import { jsonAt, probe } from "../../src/kit/evidence.ts";
import {
  type Head,
  type ImportRecord,
  issue,
  itemsImporter,
  type JsonItem,
  type ReadOptions,
} from "../../src/kit/importer.ts";
import { epochSeconds } from "../../src/kit/time.ts";
import { at, type Json, list, text } from "./shared/json.ts";
import { serviceEvent } from "./shared/telegram-service.ts";

/*
 * Telegram Desktop, result.json. Variants seen:
 * - one chat { name, type, id, messages } or the whole account { chats: { list }, left_chats: { list } }
 * - date is local time without a zone; date_unixtime (since 3.7.6) is the instant and counts
 * - text is a string, or parts that are joined without a separator
 * - from is null for a deleted account, whose from_id stays; ids of messages count per chat
 * - members in service messages are names without ids, null for deleted accounts; recalled messages are absent
 * - a topic of a forum begins with a service message to which all in it reply: those are no replies
 * - only a bot hangs buttons under what it writes; a post of the linked channel is forwarded from its own author
 * - the whole account may have thousands of contacts before its chats
 * - an administrator who writes unnamed is the group itself: from_id "channel" + the group's id
 */
const TYPES = [
  "personal_chat",
  "bot_chat",
  "saved_messages",
  "replies",
  "verification_codes",
  "private_group",
  "private_supergroup",
  "public_supergroup",
  "private_channel",
  "public_channel",
];

const MEDIA: Readonly<Record<string, string>> = {
  sticker: "sticker",
  animation: "sticker",
  voice_message: "voice",
  video_message: "video",
  video_file: "video",
  audio_file: "file",
};

export default itemsImporter({
  id: "telegram-json",
  title: { zh: "Telegram 导出 result.json", en: "Telegram export result.json" },
  kind: "chat",
  idPrefix: "telegram:",
  matches: (head) => {
    const one = TYPES.includes(String(jsonAt(head, "type"))) && Array.isArray(jsonAt(head, "messages"));
    const account = Array.isArray(jsonAt(head, "chats", "list"));
    // Files that tools cut down to the messages still have Telegram's two times.
    const [first] = list(jsonAt(head, "messages"));
    const reduced =
      text(at(first, "date_unixtime")) !== null && ["message", "service"].includes(String(at(first, "type")));
    return probe({ "type + messages / chats.list": one || account || reduced || isAccount(head) });
  },
  items: ["messages.*", "chats.list.*.messages.*", "left_chats.list.*.messages.*"],
  *read(items, rest, options) {
    const topics = new Set<string>();
    for (const item of items)
      yield* message(item, at(rest, ...item.path.slice(0, -2)) as Json, options, topics);
  },
});

function* message(
  { value, line }: JsonItem,
  chat: Json | undefined,
  options: ReadOptions,
  topics: Set<string>,
): Iterable<ImportRecord> {
  const one = (value ?? {}) as Json;
  const sent_at = epochSeconds(text(one["date_unixtime"]) ?? Number.NaN) ?? text(one["date"]);
  const message_id = text(one["id"]);
  if (sent_at === null) {
    yield issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
    return;
  }
  const where = { line, sent_at, group_id: groupOf(chat, options), group_name: text(chat?.["name"]) };
  const inChat = (id: string | null) => `${text(chat?.["id"])}:${id}`;
  if (one["type"] === "service") {
    if (one["action"] === "topic_created") topics.add(inChat(message_id));
    const event = serviceEvent(one);
    if (event) yield { kind: "event", ...where, ...event, message_id };
    else
      yield {
        kind: "message",
        ...where,
        message_id,
        sender_id: null,
        sender_name: null,
        type: "system",
        text: text(one["action"]) ?? "",
      };
    return;
  }
  const parts = list(one["text"]);
  const sender_id = text(one["from_id"]);
  const replied = text(one["reply_to_message_id"]);
  yield {
    kind: "message",
    ...where,
    message_id,
    sender_id,
    sender_name: text(one["from"]),
    ...roleOf(one, chat),
    type: typeOf(one),
    text: (typeof one["text"] === "string" ? one["text"] : parts.map(said).join("")) || shown(one),
    reply_to: topics.has(inChat(replied)) ? null : replied,
    mentions: parts.flatMap((part) => text(at(part, "user_id")) ?? []).map((id) => `user${id}`),
  };
}

/** The whole account says who it is of before its chats, which may begin anywhere. */
function isAccount(head: Head): boolean {
  return (
    jsonAt(head, "chats") === undefined &&
    text(jsonAt(head, "about"))?.includes("Telegram") === true &&
    jsonAt(head, "personal_information", "user_id") !== undefined
  );
}

function roleOf(one: Json, chat: Json | undefined): { sender_role?: string } {
  const id = text(one["from_id"]);
  const isChannel = id?.startsWith("channel") === true;
  if (id === `channel${text(chat?.["id"])}`) return { sender_role: "staff" };
  const isLinked = isChannel && one["from"] !== null && one["from"] === one["forwarded_from"];
  if (isLinked) return { sender_role: "staff" };
  const isBot = list(one["inline_bot_buttons"]).length > 0 && !("via_bot" in one || "forwarded_from" in one);
  return isBot && !isChannel ? { sender_role: "bot" } : {};
}

/** What stands for a text: the question of a poll, the name of a file. */
function shown(one: Json): string {
  const question = at(one, "poll", "question");
  return text(question) ?? (list(question).map(said).join("") || text(one["file_name"]) || "");
}

/** A chat between two has no group; one whose head was cut off goes by the file's name. */
function groupOf(chat: Json | undefined, { group, stem }: ReadOptions): string | null {
  if (group !== undefined) return group;
  const id = text(chat?.["id"]);
  if (id === null) return stem;
  return isGroup(chat) ? `telegram:${id}` : null;
}

function isGroup(chat: Json | undefined): boolean {
  return !["personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes"].includes(
    String(chat?.["type"]),
  );
}

function said(part: unknown): string {
  return typeof part === "string" ? part : (text(at(part, "text")) ?? "");
}

function typeOf(one: Json): string {
  const media = text(one["media_type"]);
  if (media !== null) return MEDIA[media] ?? "file";
  if (one["type"] === "unsupported") return "unknown";
  if ("photo" in one) return "image";
  if ("poll" in one) return "poll";
  if ("location_information" in one) return "location";
  if ("contact_information" in one) return "card";
  if ("forwarded_from" in one && one["text"] === "") return "forward";
  return "file" in one ? "file" : "text";
}
