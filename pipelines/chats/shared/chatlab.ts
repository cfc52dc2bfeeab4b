import type { ImportRecord, MemberEvent, ReadOptions } from "../../../src/kit/importer.ts";
import { issue } from "../../../src/kit/importer.ts";
import { epochMillis, epochSeconds, wallClock } from "../../../src/kit/time.ts";
import { at, list, text } from "./json.ts";
import { LINE } from "./line-notices.ts";
import { applyRules, type NoticeRule } from "./notice-rules.ts";
import { readNamedNotice, wechatRecord } from "./wechat.ts";
import { phoneOf } from "./whatsapp-body.ts";
import { WHATSAPP } from "./whatsapp-notices.ts";

/*
 * ChatLab 0.0.2, as an object or as lines with _type. Variants seen:
 * - platform weixin or wechat, qq, telegram, discord, whatsapp, line, …; ids are the platform's
 * - timestamp in seconds, also as text; other programs that write the format give milliseconds, ISO 8601 or local time
 * - sender SYSTEM and types 80, 81 are notices, in the platform's own sentences
 * - ids of QQ, Telegram, Discord, Slack and Feishu get the platform before them, as in those importers
 * - whatsapp: strangers are phone numbers, in notices too
 * - ownerId is the owner or the exporter: no role is taken from it, but from members[].roles: bot is one, owner
 *   and admin are staff, any other is none
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
  /** What owners, administrators and bots are, by id. */
  roles: ReadonlyMap<string, string>;
}

const ROLES: Readonly<Record<string, string>> = { owner: "staff", admin: "staff", bot: "bot" };

export function rolesOf(members: readonly unknown[]): Map<string, string> {
  return new Map(
    members.flatMap((member) => {
      const id = text(at(member, "platformId"));
      const held = list(at(member, "roles")).flatMap((role) => ROLES[String(at(role, "id"))] ?? []);
      // An administrator that is a program is a program.
      const role = held.includes("bot") ? "bot" : held[0];
      return id === null || role === undefined ? [] : [[id, role] as const];
    }),
  );
}

/** Seconds count more than this in the year 5138, milliseconds in 1973. */
const MANY = 100_000_000_000;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

function timeOf(stated: string | null): string | undefined {
  if (stated === null) return undefined;
  const count = Number(stated);
  if (Number.isNaN(count)) return ISO.test(stated) ? stated : wallClock(stated);
  return count > MANY ? epochMillis(count) : epochSeconds(count);
}

export function chatlabRecord(
  value: unknown,
  line: number,
  { meta, roles }: Chat,
  { group, stem, self }: ReadOptions,
): ImportRecord {
  const sent_at = timeOf(text(at(value, "timestamp")));
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
  const role = sender === null ? undefined : roles.get(sender);
  return role === undefined ? record : { ...record, sender_role: role };
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
