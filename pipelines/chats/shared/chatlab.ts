import type { ImportRecord, MemberEvent, ReadOptions } from "../../../src/kit/importer.ts";
import { issue } from "../../../src/kit/importer.ts";
import { epochSeconds } from "../../../src/kit/time.ts";
import { at, list, text } from "./json.ts";
import { LINE } from "./line-notices.ts";
import { applyRules, type NoticeRule } from "./notice-rules.ts";
import { readNamedNotice, wechatRecord } from "./wechat.ts";
import { phoneOf } from "./whatsapp-body.ts";
import { WHATSAPP } from "./whatsapp-notices.ts";

/*
 * ChatLab 0.0.2, as an object or as lines with _type. Variants seen:
 * - platform weixin or wechat, qq, telegram, discord, whatsapp, line, …; ids are the platform's
 * - timestamp in seconds, also as text; sender SYSTEM and types 80, 81 are notices, in the platform's own sentences
 * - ids of QQ, Telegram, Discord, Slack and Feishu get the platform before them, as in those importers
 * - whatsapp: strangers are phone numbers, in notices too
 * - ownerId is the owner or the exporter: no role is taken from it, but from members[].roles
 */
const KINDS: Readonly<Record<string, string>> = {
  "0": "text",
  "1": "image",
  "2": "voice",
  "3": "video",
  "4": "file",
  "5": "sticker",
  "7": "link",
  "8": "location",
  "20": "red_packet",
  "21": "transfer",
  "22": "system",
  "23": "call",
  "24": "link",
  "25": "text",
  "26": "forward",
  "27": "card",
  "80": "system",
  "81": "system",
};

/** Platforms whose sentences are not those of WeChat and QQ. */
const RULES: Readonly<Record<string, readonly NoticeRule[]>> = { line: LINE, whatsapp: WHATSAPP };

/** Ids of these platforms carry its name in the other importers' keys. */
const PREFIXES: ReadonlySet<string> = new Set(["qq", "telegram", "discord", "slack", "feishu"]);

export interface Chat {
  meta: unknown;
  /** Ids of owners and administrators. */
  staff: ReadonlySet<string>;
}

export function staffOf(members: readonly unknown[]): Set<string> {
  const isStaff = (member: unknown) =>
    list(at(member, "roles")).some((role) => ["owner", "admin"].includes(String(at(role, "id"))));
  return new Set(members.filter(isStaff).flatMap((member) => text(at(member, "platformId")) ?? []));
}

export function chatlabRecord(
  value: unknown,
  line: number,
  { meta, staff }: Chat,
  { group, stem, self }: ReadOptions,
): ImportRecord {
  const sent_at = epochSeconds(text(at(value, "timestamp")) ?? Number.NaN);
  const type = text(at(value, "type"));
  if (sent_at === undefined || type === null)
    return issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
  const isGroup = text(at(meta, "type")) !== "private";
  const platform = (text(at(meta, "platform")) ?? "").toLowerCase();
  const phone = (name: string | null) => {
    const number = name === null || platform !== "whatsapp" ? null : phoneOf(name);
    return number === null ? null : `phone:${number}`;
  };
  const prefixed = (id: string | null) =>
    phone(id) ?? (id !== null && PREFIXES.has(platform) ? `${platform}:${id}` : id);
  const named = (name: string | null) => (phone(name) === null ? name : null);
  const sender = text(at(value, "sender"));
  const isSystem = sender === "SYSTEM";
  const record = wechatRecord(
    {
      line,
      group_id: isGroup
        ? (group ?? prefixed(text(at(meta, "groupId"))) ?? text(at(meta, "name")) ?? stem)
        : null,
      group_name: text(at(meta, "name")),
      sent_at,
      message_id: text(at(value, "platformMessageId")),
      sender_id: isSystem ? null : prefixed(sender),
      sender_name: isSystem
        ? null
        : named(text(at(value, "groupNickname")) ?? text(at(value, "accountName"))),
      kind: isSystem ? "system" : (KINDS[type] ?? "unknown"),
      text: text(at(value, "content")) ?? "",
      reply_to: text(at(value, "replyToMessageId")),
    },
    self,
    readerOf(platform),
  );
  if (record.kind === "event") return withPhones(record, phone);
  const role = sender !== null && staff.has(sender) ? "staff" : null;
  return role === null ? record : { ...record, sender_role: role };
}

function readerOf(platform: string) {
  const rules = RULES[platform];
  return rules ? (said: string) => applyRules(rules, said.replace(/[。.]$/u, "")) : readNamedNotice;
}

/** A notice of WhatsApp names strangers by their numbers: those are ids, as in its own export. */
function withPhones(event: MemberEvent, phone: (name: string | null) => string | null): MemberEvent {
  const names = event.subject_names ?? [];
  const actor = phone(event.actor_name ?? null);
  return {
    ...event,
    subjects: event.subjects.map((id, place) => phone(names[place] ?? null) ?? id),
    subject_names: names.map((name) => (phone(name) === null ? name : "")),
    ...(actor === null ? {} : { actor_id: actor, actor_name: null }),
  };
}
