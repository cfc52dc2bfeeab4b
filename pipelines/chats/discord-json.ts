import { jsonAt, probe } from "../../src/kit/evidence.ts";
import {
  type ImportRecord,
  issue,
  itemsImporter,
  type JsonItem,
  type ReadOptions,
} from "../../src/kit/importer.ts";
import { at, list, text } from "./shared/json.ts";

/*
 * DiscordChatExporter, JSON of one channel. Variants seen:
 * - type by name for the known ones, by number in a string for the others; the texts of system messages are fixed
 * - a guild never tells who left; group chats do: RecipientRemove of oneself is a leave, of another a kick
 * - guild 0 = direct messages: in no group; partitions "… [part 2].json" are one channel
 * - a bot joins as a person does; a forward and a post of a followed channel refer to a message elsewhere: no reply
 * - names and roles are those of the export's moment, not of the message's
 * - addresses of attachments carry keys: only names are kept
 */
const SYSTEM: Readonly<Record<string, string>> = {
  RecipientAdd: "join",
  RecipientRemove: "kick",
  ChannelNameChange: "rename",
  ChannelPinnedMessage: "pin",
  GuildMemberJoin: "join",
};
const NUMBERS: Readonly<Record<string, string>> = {
  "0": "Default",
  "1": "RecipientAdd",
  "2": "RecipientRemove",
  "3": "Call",
  "4": "ChannelNameChange",
  "6": "ChannelPinnedMessage",
  "7": "GuildMemberJoin",
  "19": "Reply",
};

export default itemsImporter({
  id: "discord-json",
  title: { zh: "Discord 频道 JSON（DiscordChatExporter）", en: "Discord channel JSON (DiscordChatExporter)" },
  kind: "chat",
  idPrefix: "discord:",
  matches: (head) =>
    probe({
      guild: jsonAt(head, "guild", "id") !== undefined,
      channel: jsonAt(head, "channel", "id") !== undefined,
    }),
  items: ["messages.*"],
  *read(items, rest, options) {
    for (const item of items) yield record(item, rest, options);
  },
});

function record({ value, line }: JsonItem, head: unknown, { group }: ReadOptions): ImportRecord {
  const sent_at = text(at(value, "timestamp"));
  const message_id = text(at(value, "id"));
  if (sent_at === null || message_id === null)
    return issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
  const isDirect =
    text(at(head, "guild", "id")) === "0" && !/Group/i.test(String(at(head, "channel", "type")));
  const channel = text(at(head, "channel", "id"));
  const place = {
    line,
    sent_at,
    group_id: group ?? (isDirect || channel === null ? null : `discord:${channel}`),
    group_name: text(at(head, "channel", "name")),
  };
  const author = at(value, "author");
  const sender_id = text(at(author, "id"));
  const sender_name = text(at(author, "nickname")) ?? text(at(author, "name"));
  const content = text(at(value, "content")) ?? "";
  const stated = String(at(value, "type") ?? "Default");
  const type = NUMBERS[stated] ?? stated;
  const event = SYSTEM[type];
  const mentioned = list(at(value, "mentions"));
  if (event !== undefined) {
    const [other] = type.startsWith("Recipient") ? mentioned : [];
    const subject = other ?? author;
    const id = text(at(subject, "id"));
    const isSelf = id === sender_id;
    return {
      kind: "event",
      ...place,
      event: event === "kick" && isSelf ? "leave" : event,
      subjects: event === "join" || event === "kick" ? (id === null ? [] : [id]) : [],
      subject_names: event === "join" || event === "kick" ? [nameOf(subject)] : [],
      ...(at(subject, "isBot") === true && event !== "pin" ? { sender_id: id, sender_role: "bot" } : {}),
      actor_id: isSelf && event !== "rename" && event !== "pin" ? null : sender_id,
      actor_name: isSelf && event !== "rename" && event !== "pin" ? null : sender_name,
      method: event === "join" && !isSelf ? "invite" : null,
      target_id: event === "pin" ? text(at(value, "reference", "messageId")) : null,
      detail: event === "rename" ? (/: (.+?)\.?$/u.exec(content)?.[1] ?? null) : null,
      message_id,
    };
  }
  const isSaid = type === "Default" || type === "Reply" || at(author, "isBot") === true;
  return {
    kind: "message",
    ...place,
    message_id,
    sender_id: isSaid || type === "Call" ? sender_id : null,
    sender_name: isSaid || type === "Call" ? sender_name : null,
    sender_role: at(author, "isBot") === true ? "bot" : null,
    type: isSaid ? kindOf(value, content) : type === "Call" ? "call" : "system",
    text: said(value, content),
    reply_to: repliedTo(value, channel),
    mentions: [
      ...mentioned.flatMap((one) => text(at(one, "id")) ?? []),
      ...(/@(?:everyone|here)\b/u.test(content) ? ["*"] : []),
    ],
  };
}

function repliedTo(value: unknown, channel: string | null): string | null {
  const reference = at(value, "reference");
  const elsewhere = text(at(reference, "channelId")) ?? channel;
  return at(reference, "type") === "Forward" || elsewhere !== channel
    ? null
    : text(at(reference, "messageId"));
}

function nameOf(person: unknown): string {
  return text(at(person, "nickname")) ?? text(at(person, "name")) ?? "";
}

const EXTENSIONS: readonly (readonly [RegExp, string])[] = [
  [/\.(?:png|jpe?g|webp|gif)$/i, "image"],
  [/\.(?:mp4|mov|webm)$/i, "video"],
  [/\.(?:ogg|mp3|wav|m4a)$/i, "voice"],
];

function kindOf(value: unknown, content: string): string {
  if (content !== "") return "text";
  if (list(at(value, "stickers")).length > 0) return "sticker";
  const file = text(at(value, "attachments", 0, "fileName"));
  if (file !== null) return EXTENSIONS.find(([test]) => test.test(file))?.[1] ?? "file";
  if (at(value, "forwardedMessage")) return "forward";
  return list(at(value, "embeds")).length > 0 ? "link" : "text";
}

/** What was written, else what stands for it: the name of a file, the title of a preview. */
function said(value: unknown, content: string): string {
  if (content !== "") return content;
  const files = list(at(value, "attachments")).flatMap((one) => text(at(one, "fileName")) ?? []);
  const embeds = list(at(value, "embeds")).flatMap(
    (one) => text(at(one, "title")) ?? text(at(one, "description")) ?? [],
  );
  return [...files, ...embeds, text(at(value, "forwardedMessage", "content")) ?? ""]
    .filter(Boolean)
    .join("\n");
}
