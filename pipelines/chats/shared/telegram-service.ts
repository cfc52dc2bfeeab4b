import type { MemberEvent } from "../../../src/kit/importer.ts";
import { type Json, list, text } from "./json.ts";

type Event = Pick<
  MemberEvent,
  | "event"
  | "subjects"
  | "subject_names"
  | "actor_id"
  | "actor_name"
  | "method"
  | "target_id"
  | "detail"
  | "confidence"
>;

/** What a service message says of members or messages; undefined for calls, themes, gifts and the like. */
export function serviceEvent(one: Json): Event | undefined {
  const actor = { id: text(one["actor_id"]), name: text(one["actor"]) };
  const self = { subjects: actor.id ? [actor.id] : [], subject_names: actor.name ? [actor.name] : [] };
  const members = list(one["members"]).flatMap((name) => text(name) ?? []);
  // Names only: one who is named like the actor is the actor. A deleted account has no name, in both places.
  const isNameless = actor.name === null && actor.id !== null && list(one["members"]).length === 1;
  const alone = members.length === 1 ? members[0] === actor.name : members.length === 0 && isNameless;
  // Nobody invites himself: who founds a group is its first member.
  const isIn = actor.name !== null && members.includes(actor.name);
  const by = isIn ? {} : { actor_id: actor.id, actor_name: actor.name };
  const ids = members.map((name) => (name === actor.name ? (actor.id ?? "") : ""));
  const others = { subjects: ids, subject_names: members, ...by, confidence: 0.9 };
  // Whose link it was, by name; Telegram writes "Group" where it was nobody's.
  const inviter = one["inviter"] === "Group" ? null : text(one["inviter"]);
  switch (one["action"]) {
    case "invite_members":
      return alone
        ? { event: "join", method: "link", ...self }
        : { event: "join", method: "invite", ...others };
    case "create_group":
      return { event: "join", method: "invite", ...others };
    case "remove_members":
      return alone ? { event: "leave", ...self } : { event: "kick", ...others };
    case "join_group_by_link":
      return { event: "join", method: "link", ...self, actor_name: inviter };
    case "join_group_by_request":
      return { event: "join", method: "request", ...self };
    case "edit_group_title":
      return { event: "rename", ...self, detail: text(one["title"]) };
    case "pin_message":
      return { event: "pin", ...self, target_id: text(one["message_id"]) };
    default:
      return undefined;
  }
}
