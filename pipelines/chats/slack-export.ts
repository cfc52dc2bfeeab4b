import { probe } from "../../src/kit/evidence.ts";
import { type ImportRecord, issue, itemsImporter } from "../../src/kit/importer.ts";
import { epochSeconds } from "../../src/kit/time.ts";
import { at, list, text } from "./shared/json.ts";
import { blocksOf, Directory, kindOf, plain } from "./shared/slack.ts";

/*
 * Slack export, zip or folder: channels.json, groups.json, dms.json, mpims.json, users.json and a folder of day files
 * per channel. Variants seen:
 * - ts is epoch seconds with 6 decimals as text and the id within the channel
 * - joins and leaves by subtype, with an inviter or without; bots write with bot_id and often no text, or in blocks alone
 * - a person who writes through an app has a bot_id too: who the list of users knows as a person is none
 * - a subtype is a notice unless it is one in which somebody speaks; huddles are calls
 * - a thread_broadcast is a reply that also stands in the channel, under the same ts
 * - a tombstone is a deleted message; file_comment names its author in comment.user
 * - direct messages and what is said beside a canvas (folder FC:…) are in no group; addresses of files carry keys and are not kept
 */
const NOTICES: Readonly<Record<string, string>> = {
  channel_join: "join",
  group_join: "join",
  channel_leave: "leave",
  group_leave: "leave",
  channel_name: "rename",
  group_name: "rename",
  pinned_item: "pin",
};
/** In these somebody speaks; every other subtype is what Slack says itself. */
const SPOKEN = [
  "",
  "bot_message",
  "me_message",
  "slackbot_response",
  "thread_broadcast",
  "reply_broadcast",
  "file_share",
  "file_comment",
  "file_mention",
  "tombstone",
];
const CALLS = ["huddle_thread", "sh_room_created", "sh_room_shared"];
const LISTS = /^\{"entry":"(?:[^"/]*\/)?(?:users|org_users|channels|groups|dms|mpims)\.json"/;

export default itemsImporter({
  id: "slack-export",
  title: { zh: "Slack 导出（zip 或文件夹）", en: "Slack export (zip or folder)" },
  kind: "chat",
  idPrefix: "slack:",
  matches: ({ entries }) =>
    probe({
      "channels.json / groups.json": entries.some((name) => /(?:^|\/)(?:channels|groups)\.json$/.test(name)),
      "users.json": entries.some((name) => /(?:^|\/)(?:org_)?users\.json$/.test(name)),
    }),
  folder: (names) => names.includes("channels.json") && names.includes("users.json"),
  items: "lines",
  heads: LISTS,
  *read(items, rest, { group }) {
    const directory = new Directory(list(rest));
    for (const { value, line } of items) {
      const [folder, file] = String(at(value, "entry")).split("/").slice(-2);
      // Lists of the workspace's programs and the like stand beside the channels.
      if (folder === undefined || file === undefined || !/^\d{4}-\d{2}-\d{2}\.json$/.test(file)) continue;
      const channel = directory.channel(folder);
      const place = {
        line,
        group_id: channel.id === null ? null : (group ?? channel.id),
        group_name: channel.name,
      };
      // A zip has no lines: what can't be read is placed by its file, and its number there.
      for (const [index, message] of list(at(value, "value")).entries())
        yield record(message, place, directory) ??
          issue(index + 1, "unknown_record", sample(message), `${folder}/${file}`);
    }
  },
});

/** Guests and people of other workspaces are in no list: their messages carry their names. */
function nameIn(message: unknown): string | null {
  const profile = at(message, "user_profile");
  return text(at(profile, "display_name")) ?? text(at(profile, "real_name")) ?? text(at(message, "username"));
}

function sample(message: unknown): string {
  return JSON.stringify(message).slice(0, 2000);
}

function record(
  value: unknown,
  place: { line: number; group_id: string | null; group_name: string | null },
  directory: Directory,
): ImportRecord | undefined {
  const ts = text(at(value, "ts"));
  const sent_at = epochSeconds(ts ?? Number.NaN);
  if (ts === null || sent_at === undefined) return undefined;
  const subtype = text(at(value, "subtype")) ?? "";
  const user = text(at(value, "user")) ?? text(at(value, "comment", "user"));
  const bot = text(at(value, "bot_id"));
  const role = directory.role(user, bot);
  const event = NOTICES[subtype];
  if (event !== undefined) {
    const inviter = text(at(value, "inviter"));
    const isMember = event === "join" || event === "leave";
    return {
      kind: "event",
      ...place,
      sent_at,
      event,
      subjects: isMember && user !== null ? [user] : [],
      subject_names: isMember && user !== null ? [directory.name(user) ?? ""] : [],
      ...(isMember && role !== null ? { sender_id: user, sender_role: role } : {}),
      actor_id: isMember ? inviter : user,
      actor_name: directory.name(isMember ? inviter : user),
      method: event !== "join" ? null : inviter === null ? "self" : "invite",
      detail: event === "rename" ? text(at(value, "name")) : null,
      message_id: ts,
    };
  }
  const isCall = CALLS.includes(subtype);
  const isSystem = !isCall && !SPOKEN.includes(subtype);
  const raw = text(at(value, "text")) ?? blocksOf(value);
  const thread = text(at(value, "thread_ts"));
  return {
    kind: "message",
    ...place,
    message_id: ts,
    sender_id: isSystem ? null : (user ?? bot),
    sender_name: isSystem ? null : (directory.name(user) ?? nameIn(value)),
    sender_role: isSystem ? null : role,
    sent_at,
    type: isSystem ? "system" : isCall ? "call" : subtype === "tombstone" ? "recall" : kindOf(value, raw),
    text: plain(value, raw, directory),
    reply_to: thread === ts ? null : thread,
    mentions: isSystem
      ? []
      : [
          ...[...raw.matchAll(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/gu)].map(([, id = ""]) => id),
          ...(/<!(?:channel|here|everyone)/u.test(raw) ? ["*"] : []),
        ],
  };
}
