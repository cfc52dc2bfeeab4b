import { jsonAt, probe } from "../../src/kit/evidence.ts";
import { documentImporter, type ImportRecord, issue, type ReadOptions } from "../../src/kit/importer.ts";
import { epochSeconds } from "../../src/kit/time.ts";
import { documents } from "../chats/shared/json.ts";

/*
 * WeCom member lists: the answers of externalcontact/groupchat/get (customer group) and msgaudit/groupchat/get
 * (internal group), one answer, an array of answers or one per line. Variants seen:
 * - join_time is epoch seconds; type 1 = employee, 2 = outside; join_scene 1 invited, 2 link, 3 QR code
 * - name only with need_name = 1; group_nickname may be empty; state = channel code of the QR code
 * - the internal answer has no group id: --group names it, else the room's name does
 * A list shows who is there, never who left: two lists of a group tell the leavers.
 */
const SCENES: Readonly<Record<string, string>> = { "1": "invite", "2": "link", "3": "qr" };

export default documentImporter({
  id: "wecom-groupchat",
  title: { zh: "企业微信群成员列表（groupchat/get）", en: "WeCom group member list (groupchat/get)" },
  kind: "member",
  matches: (head) =>
    probe({
      "group_chat.member_list / members[].memberid":
        jsonAt(head, "group_chat", "member_list") !== undefined ||
        (jsonAt(head, "members") !== undefined && head.text.includes('"memberid"')) ||
        /"group_chat"\s*:[\s\S]*"member_list"\s*:/.test(head.text),
    }),
  *read(text, options) {
    for (const { value, line } of documents(text))
      yield* members((value ?? null) as Json | null, line, options);
  },
});

function* members(answer: Json | null, line: number, { group, asOf }: ReadOptions): Iterable<ImportRecord> {
  const chat = answer?.["group_chat"] as Json | null | undefined;
  const list = (chat?.["member_list"] ?? answer?.["members"]) as (Json | null)[] | undefined;
  if (!answer || !Array.isArray(list)) {
    yield issue(line, "bad_json", JSON.stringify(answer).slice(0, 2000));
    return;
  }
  const groupId = text(chat?.["chat_id"]) ?? group ?? text(answer["roomname"]);
  const common = {
    group_id: groupId ?? null,
    group_name: text(chat?.["name"]) ?? text(answer["roomname"]),
    owner_id: text(chat?.["owner"]) ?? text(answer["creator"]),
    group_created_at: seconds(chat?.["create_time"] ?? answer["room_create_time"]),
    snapshot_at: asOf ?? null,
    is_history: asOf === undefined ? "true" : "false",
  };
  for (const one of list) {
    if (typeof one !== "object" || one === null) {
      yield issue(line, "unknown_record", JSON.stringify(one), "member_list");
      continue;
    }
    const id = text(one["userid"]) ?? text(one["memberid"]);
    // A channel's own code says more than the way in; where both are known the way in is kept beside it.
    const [state, scene] = [text(one["state"]), SCENES[text(one["join_scene"]) ?? ""] ?? null];
    const inside = !chat || text(one["type"]) === "1";
    yield {
      kind: "row",
      line,
      values: {
        ...common,
        member_id: id,
        name: text(one["group_nickname"]) ?? text(one["name"]),
        role: id?.startsWith("wb") && !inside ? "bot" : inside ? "staff" : "member",
        joined_at: seconds(one["join_time"] ?? one["jointime"]),
        source: state ?? scene,
        extra: state !== null && scene !== null ? JSON.stringify({ join_scene: scene }) : null,
        inviter_id: text((one["invitor"] as Json | undefined)?.["userid"]),
        unionid: text(one["unionid"]),
      },
    };
  }
}

type Json = Record<string, unknown>;

function text(value: unknown): string | null {
  return value === null || value === undefined || value === "" ? null : String(value);
}

/** Null for 0 and for what is no time: a member of unknown age is still there, and without the row would seem gone. */
function seconds(value: unknown): string | null {
  return Number(value) === 0 ? null : (epochSeconds(value) ?? null);
}
