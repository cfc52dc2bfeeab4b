import { fact, jsonAt, probe } from "../../src/kit/evidence.ts";
import { documentImporter, type ImportRecord, issue } from "../../src/kit/importer.ts";
import { epochMillis, epochSeconds } from "../../src/kit/time.ts";
import { documents } from "../chats/shared/json.ts";

/*
 * Members of customer groups as SCRM systems answer: 微伴 (member_list, user_id, deleted_time; seconds), 微盛 (wshoto,
 * milliseconds), LinkWeChat and OpenSCRM (rows of camelCase or snake_case). A member who left stays in the list with
 * the time, so one that tells of leavers is a history.
 */
type Json = Record<string, unknown>;

const LISTS = ["member_list", "memberList", "members", "rows", "list", "items"];
const ID = ["user_id", "userId", "userid", "external_userid", "externalUserid", "ext_id"];
const GROUP = ["group_id", "groupId", "chat_id", "chatId", "group_chat_id", "groupChatId", "ext_chat_id"];
const JOINED = ["join_time", "joinTime"];
const LEFT = ["deleted_time", "quit_time", "quitTime", "deletedTime"];
const SCENES: Readonly<Record<string, string>> = { "1": "invite", "2": "link", "3": "qr" };

export default documentImporter({
  id: "scrm-members",
  title: { zh: "SCRM 群成员（微伴、微盛、LinkWeChat、OpenSCRM）", en: "SCRM group members (JSON)" },
  kind: "member",
  matches: (head) => {
    const [first] = listOf(head.json);
    const member = first as Json | undefined;
    return probe({
      [fact("成员列表，含 user_id / userId", "list of members with user_id / userId")]:
        member !== undefined && pick(member, ID) !== undefined,
      "join_time / joinTime": member !== undefined && pick(member, JOINED) !== undefined,
      [fact("还有 user_type、join_scene 或群", "user_type, join_scene or a group beside it")]:
        member !== undefined &&
        pick(member, ["user_type", "userType", "join_scene", "joinScene", "type"]) !== undefined,
      [fact("没有 group_chat", "no group_chat")]: jsonAt(head, "group_chat") === undefined,
    });
  },
  *read(content, { group, asOf, stem }): Iterable<ImportRecord> {
    for (const { value, line } of documents(content)) {
      const members = listOf(value);
      if (members.length === 0) yield issue(line, "bad_json", JSON.stringify(value ?? null).slice(0, 200));
      const outer = [value, at(value, "data")].map((one) => pick(one, GROUP)).find((id) => id !== undefined);
      const isHistory = members.some((one) => pick(one, LEFT) !== undefined);
      for (const one of members) {
        const type = text(pick(one, ["user_type", "userType", "type"]));
        const scene = text(pick(one, ["join_scene", "joinScene"])) ?? "";
        const member: Json = one;
        yield {
          kind: "row",
          line,
          values: {
            group_id: text(pick(member, GROUP)) ?? text(outer) ?? group ?? stem,
            group_name: text(pick(member, ["group_name", "groupName"])),
            member_id: text(pick(member, ID)),
            name: text(pick(member, ["group_nickname", "groupNickName", "name", "nickname"])),
            role: type === "1" ? "staff" : "member",
            joined_at: moment(pick(member, JOINED)),
            left_at: moment(pick(member, LEFT)),
            source: SCENES[scene] ?? null,
            inviter_id: text(pick(member, ["invitor_ext_id", "invitorUserId", "invitor_userid"])),
            unionid: text(pick(member, ["unionid", "unionId"])),
            snapshot_at: isHistory ? null : (asOf ?? null),
            is_history: isHistory || asOf === undefined ? "true" : "false",
          },
        };
      }
    }
  },
});

/** The list of members, at the top, under `data`, or under one of its usual names. */
function listOf(value: unknown): Json[] {
  if (Array.isArray(value))
    return value.filter((one): one is Json => typeof one === "object" && one !== null);
  for (const holder of [value, at(value, "data")]) {
    for (const key of LISTS) {
      const list = at(holder, key);
      if (Array.isArray(list)) return listOf(list);
    }
    if (Array.isArray(holder)) return listOf(holder);
  }
  return [];
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Json)[key]
    : undefined;
}

function pick(value: unknown, keys: readonly string[]): unknown {
  const found = keys
    .map((key) => at(value, key))
    .find((one) => one !== undefined && one !== null && one !== "");
  return found === 0 || found === "0" ? undefined : found;
}

function text(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value);
}

/** Seconds, milliseconds or a stated time; which of the three is the system's own choice and never mixed in a file. */
function moment(value: unknown): string | null {
  const number = Number(value);
  if (value === undefined) return null;
  if (Number.isNaN(number)) return String(value);
  return (number > 1e11 ? epochMillis(number) : epochSeconds(number)) ?? null;
}
