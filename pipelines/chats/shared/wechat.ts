import type { MemberEvent, Message, Notice } from "../../../src/kit/importer.ts";
import { eventOf } from "./notice-rules.ts";
import { readNotice } from "./notices.ts";

/** WeChat's base types; 49 is an app message of some sub-type. */
const BASE: Readonly<Record<number, string>> = {
  1: "text",
  3: "image",
  34: "voice",
  42: "card",
  43: "video",
  47: "sticker",
  48: "location",
  50: "call",
  10000: "system",
  10002: "system",
};

const APP: Readonly<Record<number, string>> = {
  3: "link",
  4: "link",
  5: "link",
  6: "file",
  8: "sticker",
  19: "forward",
  24: "forward",
  33: "miniapp",
  36: "miniapp",
  51: "channels",
  53: "solitaire",
  57: "text",
  62: "system",
  63: "channels",
  87: "announcement",
  88: "channels",
  92: "link",
  2000: "transfer",
  2001: "red_packet",
  2003: "red_packet",
};

/** The kind of a message by base and sub-type; version 4 packs both into one number of up to 44 bits. */
export function wechatKind(type: number, sub = 0): string {
  const base = type > 0xffff_ffff ? type % 2 ** 32 : type;
  const app = type > 0xffff_ffff ? Math.floor(type / 2 ** 32) : sub;
  return base === 49 ? (APP[app] ?? "unknown") : (BASE[base] ?? "unknown");
}

/** A record of one of the exporters, in their common words. */
export interface WechatRecord {
  line: number;
  group_id: string | null;
  group_name: string | null;
  sent_at: string;
  message_id: string | null;
  /** A wxid; null for the account itself where the export does not say it. */
  sender_id: string | null;
  sender_name: string | null;
  kind: string;
  text: string;
  reply_to?: string | null;
}

/** Notices become events; a raw group text loses the `wxid_x:` before it. */
export function wechatRecord(
  record: WechatRecord,
  self: string | undefined,
  noticeOf = readNamedNotice,
): Message | MemberEvent {
  const { kind, text, ...rest } = record;
  const { line, group_id, group_name, sent_at, message_id } = record;
  if (kind === "system") {
    const read = noticeOf(text);
    const place = { line, group_id, group_name, sent_at };
    if (read) return { ...eventOf(read, place, self), message_id };
    return { kind: "message", ...rest, sender_id: null, sender_name: null, type: "system", text };
  }
  const raw = record.sender_id !== null && text.startsWith(`${record.sender_id}:`);
  const said = raw ? text.slice((record.sender_id ?? "").length + 1).replace(/^\r?\n/, "") : text;
  const isToAll = /@(?:所有人|all|全体成员)/iu.test(said);
  return { kind: "message", ...rest, type: kind, text: said, ...(isToAll ? { mentions: ["*"] } : {}) };
}

/** A notice of an exporter that writes the ids behind the names. */
export function readNamedNotice(raw: string): Notice | undefined {
  const notice = readNotice(raw);
  return notice && (notice.subjects ? notice : named(notice));
}

/** An account's id begins with a letter; those of WeCom's people are numbers. */
const NAMED = /^(.*)\(([A-Za-z][\w@-]{3,}|\d{6,}@openim)\)$/su;

/**
 * Some exporters write `张三(wxid_a)` into notices: the name and the id apart, a name with a 、 in one piece again. What stands
 * last may have no id.
 */
function named(notice: Notice): Notice {
  const whole: string[] = [];
  let open = "";
  for (const piece of notice.subjectNames ?? []) {
    open = open === "" ? piece : `${open}、${piece}`;
    if (!NAMED.test(open)) continue;
    whole.push(open);
    open = "";
  }
  const [, actorName, actorId] = NAMED.exec(notice.actorName ?? "") ?? [];
  const by = actorName === undefined || actorId === undefined ? notice : { ...notice, actorName, actorId };
  if (whole.length === 0) return by;
  if (open !== "") whole.push(open);
  const parts = whole.map((one) => NAMED.exec(one) ?? ["", one]);
  return {
    ...by,
    subjects: parts.map(([, , id = ""]) => id),
    subjectNames: parts.map(([, name = ""]) => name),
    confidence: open === "" ? 1 : 0.7,
  };
}

/** The answer alone of text[引用 who：preview]. */
export function withoutQuote(text: string): string {
  return text.replace(/^((?:(?!\[引用 )[\s\S])*)\[引用 [^\]：]*：[\s\S]*\]$/u, "$1");
}

/** What the exporters write in place of what is no text, longest first; the rest of the line is its title. */
export const PLACEHOLDERS: readonly (readonly [string, string])[] = [
  ["![图片]", "image"],
  ["[图片]", "image"],
  ["![视频]", "video"],
  ["[视频号", "channels"],
  ["[视频通话]", "call"],
  ["[语音通话]", "call"],
  ["[通话]", "call"],
  ["[视频]", "video"],
  ["![动画表情]", "sticker"],
  ["[动画表情]", "sticker"],
  ["[GIF表情]", "sticker"],
  ["[表情]", "sticker"],
  ["[表情包]", "sticker"],
  ["[语音]", "voice"],
  ["[名片]", "card"],
  ["[位置", "location"],
  ["[链接", "link"],
  ["[音乐", "link"],
  ["[文件", "file"],
  ["[合并转发]", "forward"],
  ["[合并聊天记录]", "forward"],
  ["[聊天记录]", "forward"],
  ["[笔记]", "forward"],
  ["[小程序", "miniapp"],
  ["[群公告]", "announcement"],
  ["[转账", "transfer"],
  ["[红包", "red_packet"],
  ["[接龙]", "solitaire"],
  ["Type: ", "unknown"],
];

/** The kind that a text's placeholder tells; plain text without one. */
export function placeholderKind(text: string): string {
  if (!/^[[!T]/u.test(text)) return "text";
  return PLACEHOLDERS.find(([start]) => text.startsWith(start))?.[1] ?? "text";
}
