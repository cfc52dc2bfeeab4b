import { type ImportRecord, issue, type ReadOptions } from "../../../src/kit/importer.ts";
import { epochMillis } from "../../../src/kit/time.ts";
import { at, list, text } from "./json.ts";
import { eventOf } from "./notice-rules.ts";
import { readNotice } from "./notices.ts";
import { structured, tip } from "./qce-tips.ts";
import { answerOf, words } from "./qq-kinds.ts";

/*
 * QQ Chat Exporter (QCE), a message of V4, V5 or V6; files hold them mixed. Variants seen:
 * - id or messageId; timestamp in ms as number or text, or ISO 8601
 * - sender { uid "u_…", uin, name, nickname, groupCard }; V4 has rawMessage { senderUin, sendNickName, sendMemberName }
 * - system or isSystemMessage, recalled or isRecalled; a recalled message keeps its text
 * - nobody: uin "0" with name "0", uid 未知 with name 系统消息 or "0"
 * - notices: structured in elements[].data.originalData (see qce-tips.ts), else a sentence
 * - an element may stand beside its own text ([图片: a.jpg]), and an answer behind what it answers ([回复 name: text])
 * - a sender's uid may be missing (未知) beside a number
 * - chatInfo.type may be wrong; a title 群主 or 管理员 is a role
 */
const TYPES: Readonly<Record<string, string>> = {
  at: "text",
  reply: "text",
  face: "sticker",
  market_face: "sticker",
  image: "image",
  file: "file",
  audio: "voice",
  video: "video",
  forward: "forward",
  json: "link",
  location: "location",
  system: "system",
  wallet: "red_packet",
  av_record: "call",
  markdown: "text",
  long_message: "text",
  giphy: "sticker",
  face_bubble: "sticker",
};

export interface QceChat {
  group_id: string | null;
  group_name: string | null;
  /** u_… → QQ number, from the export's list of senders and from the messages so far. */
  numbers: Map<string, string>;
}

/**
 * The group of an export: QQ's number of it, `qq:` before it. Null for a chat between two. The stated type may be
 * wrong: where more than two have written it is a group.
 */
export function qceChat(head: unknown, { group, stem }: ReadOptions): QceChat {
  const info = at(head, "chatInfo");
  const senders = list(at(head, "statistics", "senders"));
  const id = text(at(info, "peerUin")) ?? text(at(info, "peerUid"));
  const real = senders.filter(
    (one) => !isNobody(text(at(one, "uid")), text(at(one, "uin")), text(at(one, "name"))),
  );
  const isPrivate = ["private", "temp"].includes(String(at(info, "type"))) && real.length <= 2;
  const group_id = group ?? (isPrivate ? null : id === null ? stem : `qq:${id}`);
  const known = senders.flatMap((one): [string, string][] => {
    const [uid, uin] = [text(at(one, "uid")), text(at(one, "uin"))];
    return uid !== null && uin !== null && uin !== "0" ? [[uid, uin]] : [];
  });
  return { group_id, group_name: text(at(info, "name")), numbers: new Map(known) };
}

export function qceRecord(
  value: unknown,
  line: number,
  { numbers, ...chat }: QceChat,
  { self }: ReadOptions,
): ImportRecord {
  const sent_at = timeOf(at(value, "timestamp"));
  const message_id = text(at(value, "id")) ?? text(at(value, "messageId"));
  if (sent_at === undefined) return issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
  const place = { line, ...chat, sent_at };
  const sender = senderOf(value, numbers);
  const elements = list(at(value, "content", "elements"));
  const isSystem = [at(value, "system"), at(value, "isSystemMessage")].includes(true) || sender.id === null;
  const content = text(at(value, "content", "text")) ?? "";
  if (isSystem) {
    const originals = elements.map((one) => at(one, "data", "originalData"));
    const told = originals.map((one) => structured(one)).find((one) => one !== undefined);
    if (told) return { kind: "event", ...place, ...told, message_id };
    const said = content === "" ? (text(at(elements[0], "data", "text")) ?? "") : content;
    const notice = originals.map((one) => tip(one)).find((one) => one !== undefined) ?? readNotice(said);
    if (notice) return { ...eventOf(notice, place, self), message_id };
    return {
      kind: "message",
      ...place,
      message_id,
      sender_id: null,
      sender_name: null,
      type: "system",
      text: said,
    };
  }
  const mentions = list(at(value, "content", "mentions"));
  const reply = elements.find((one) => at(one, "type") === "reply");
  return {
    kind: "message",
    ...place,
    message_id,
    sender_id: sender.id,
    sender_name: sender.name,
    sender_role: sender.role,
    type: kindOf(elements, content),
    text: reply === undefined ? content : answerOf(content, text(at(reply, "data", "content"))),
    isRecalled: [at(value, "recalled"), at(value, "isRecalled")].includes(true),
    reply_to:
      text(at(reply, "data", "referencedMessageId")) ??
      text(at(value, "content", "reply", "referencedMessageId")) ??
      known(text(at(reply, "data", "messageId"))),
    mentions: mentions.flatMap((one) => {
      const uid = text(at(one, "uid"));
      return at(one, "type") === "all" ? "*" : uid === null ? [] : (numbers.get(uid) ?? uid);
    }),
  };
}

/** 0 stands for none. */
function known(id: string | null): string | null {
  return id === "0" ? null : id;
}

function timeOf(stated: unknown): string | undefined {
  if (typeof stated === "string" && !/^\d+$/.test(stated)) return stated;
  return epochMillis(stated);
}

interface Sender {
  id: string | null;
  name: string | null;
  role: string | null;
}

/** Null for the program itself. The number where there is one: other exporters of QQ know nothing else. */
function senderOf(value: unknown, numbers: Map<string, string>): Sender {
  const sender = at(value, "sender") ?? {};
  const raw = at(value, "rawMessage");
  const uin = text(at(sender, "uin")) ?? text(at(raw, "senderUin"));
  const uid = text(at(sender, "uid"));
  const name =
    text(at(sender, "groupCard")) ??
    text(at(sender, "nickname")) ??
    text(at(sender, "name")) ??
    text(at(raw, "sendMemberName")) ??
    text(at(raw, "sendNickName"));
  if (isNobody(uid, uin, name)) return { id: null, name: null, role: null };
  const number = uin !== null && uin !== "0" ? uin : null;
  if (uid !== null && number !== null) numbers.set(uid, number);
  const isStaff = ["群主", "管理员"].includes(text(at(sender, "title")) ?? "");
  return { id: number ?? uid, name, role: isStaff ? "staff" : null };
}

function isNobody(uid: string | null, uin: string | null, name: string | null): boolean {
  const hasNumber = uin !== null && uin !== "0" && uin !== "";
  return !hasNumber && (uid === "未知" || (uin === "0" && (name === "0" || name === "系统消息")));
}

function kindOf(elements: readonly unknown[], content: string): string {
  const kinds = elements.map(
    (one) => TYPES[String(at(one, "type"))] ?? (at(one, "type") === "text" ? "text" : "unknown"),
  );
  if (kinds.includes("red_packet")) return "red_packet";
  const texts = elements
    .filter((one) => at(one, "type") === "text")
    .map((one) => text(at(one, "data", "text")) ?? "");
  const faces = elements.flatMap((one) => text(at(one, "data", "name")) ?? []);
  const said = faces.reduce((rest, name) => rest.replace(`[${name}]`, ""), answerOf(texts.join("")));
  if (words(said) !== "" || (kinds.length === 0 && content !== "")) return "text";
  if (kinds.length === 0) return "unknown";
  return kinds.find((kind) => kind !== "text") ?? "text";
}
