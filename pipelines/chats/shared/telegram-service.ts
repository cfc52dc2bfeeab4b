import type { MemberEvent } from "../../../src/kit/importer.ts";
import { type Json, list, text } from "./json.ts";

type Event = Pick<
  MemberEvent,
  "event" | "subjects" | "subject_names" | "method" | "target_id" | "detail" | "confidence"
>;

/** What a service message says of members or messages; undefined for calls, themes, gifts and the like. */
export function serviceEvent(one: Json): Event | undefined {
  const actor = { id: text(one["actor_id"]), name: text(one["actor"]) };
  const self = { subjects: actor.id ? [actor.id] : [], subject_names: actor.name ? [actor.name] : [] };
  const members = list(one["members"]).flatMap((name) => text(name) ?? []);
  // Names only: one who is named like the actor is the actor.
  const alone = members.length === 1 && members[0] === actor.name;
  const others = { subjects: [], subject_names: members, confidence: 0.9 };
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
      return { event: "join", method: "link", ...self };
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
