import { DateOrderFinder, ordered } from "../../src/kit/date-order.ts";
import { UserError } from "../../src/kit/errors.ts";
import { fact, probe } from "../../src/kit/evidence.ts";
import {
  type DateOrder,
  type ImportRecord,
  issue,
  type Message,
  type ReadOptions,
  textImporter,
} from "../../src/kit/importer.ts";
import type { Text } from "../../src/kit/say.ts";
import { hour24, moment } from "../../src/kit/time.ts";
import { applyRules, eventOf } from "./shared/notice-rules.ts";
import { isBanner, kindOf, phoneOf, type Said, saidIn, unmarked } from "./shared/whatsapp-body.ts";
import {
  bare,
  type Header,
  halvesIn,
  headAt,
  headerOf,
  isHead,
  latin,
  START,
} from "./shared/whatsapp-head.ts";
import { WHATSAPP } from "./shared/whatsapp-notices.ts";

/*
 * WhatsApp chat export: _chat.txt in a zip (iOS) or "WhatsApp Chat with X.txt" (Android). Variants seen:
 * - iOS [date, time] Name: text; Android date, time - Name: text. One file keeps to one of the two
 * - dates by the phone's region: d/m/y, m/d/y, y/m/d, y. m. d., 2026년 11월 3일; years of 2 or 4 digits; marks / . -
 * - 24 hours or 12 with am, a. m., 上午, 午後, 오전, ص, पूर्वाह्न before or after (src/kit/day-halves.ts), "à", "klo" before, "Uhr"
 *   after; another word is asked. U+202F before AM; U+200E before lines and bodies, U+200F between the parts of a date
 * - 2026년 11월 3일 오후 3:05, name: text without a hyphen
 * - Arabic, Persian and Devanagari digits in dates and times
 * - minutes only on Android; lines not always in order; a text's further lines stand bare
 * - a notice has no author; iOS writes some under the group's or the person's name with U+200E before the sentence
 * - persons are the phone book's names, or numbers for strangers (~ Name in newer versions)
 */
/** The sentence on encryption, under the group's name, stands at the top. */
const BANNER_WITHIN = 50;

const TITLES = [
  /^WhatsApp Chat (?:with|-) (.+)$/u,
  /^与[“"]?(.+?)[”"]?的 ?WhatsApp ?聊天$/u,
  /^與[「"]?(.+?)[」"]?的 ?WhatsApp ?對話$/u,
  /^Chat de WhatsApp con (.+)$/u,
  /^Conversa do WhatsApp com (.+)$/u,
  /^WhatsApp[- ]Chat mit (.+)$/u,
  /^WhatsApp[- ][Cc]hat met (.+)$/u,
  /^Chat (?:di )?WhatsApp con (.+)$/u,
  /^Chat WhatsApp s uživatelem (.+)$/u,
  /^Чат WhatsApp с (?:контактом )?(.+)$/u,
  /^צ['’׳]?אט WhatsApp עם (.+)$/u,
  /^Discussion WhatsApp avec (.+)$/u,
  /^محادثة واتساب مع (.+)$/u,
];

/** Of a text without a single header nothing is read. */
const NO_HEADER: Header = { pattern: /(?!)/u, isHalved: false, isWhole: false };

interface Seen {
  header: Header;
  order: DateOrder;
  why: Text;
  group: string;
  /** The chat's name in the log, where nobody says anything under it: the program does. */
  own: string | undefined;
}

export default textImporter<Seen>({
  id: "whatsapp-txt",
  title: { zh: "WhatsApp 聊天记录（txt 或 zip）", en: "WhatsApp chat (txt or zip)" },
  kind: "chat",
  // Strangers show as phone numbers, which are the same key in order files.
  idPrefix: "phone:",
  matches: ({ text }) => {
    const first = text.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
    const line = latin(first.replace(/^\uFEFF/, ""));
    return probe({ [fact("[日期, 时间] / 日期, 时间 -", "[date, time] / date, time -")]: isHead(line) });
  },
  scan(lines, options) {
    let header: Header | undefined;
    let banner: string | undefined;
    const dates = new DateOrderFinder();
    const speakers = new Set<string>();
    const saidBy = saidIn();
    let headers = 0;
    let day = "";
    for (const { text } of lines) {
      // Most records are of the day of the one before: then only the first characters are looked at.
      if (headers > BANNER_WITHIN && text.startsWith(day)) continue;
      if (!START.test(text)) continue;
      const shown = latin(text);
      header ??= headerOf(shown);
      const found = header && headAt(header, shown);
      if (!found) continue;
      const [, date = ""] = found;
      dates.add(bare(date));
      day = text.slice(0, shown.indexOf(date) + date.length);
      if (headers++ >= BANNER_WITHIN) continue;
      const { author, body, isMarked } = saidBy(text.slice(found[0].length));
      if (isMarked && isBanner(body)) banner ??= author;
      else if (author !== undefined && !isMarked) speakers.add(author);
    }
    const own = groupName(options.stem) ?? banner;
    const group = options.group ?? own ?? unnamed(options.stem);
    return {
      header: header ?? NO_HEADER,
      group,
      own: own !== undefined && speakers.has(own) ? undefined : own,
      ...dates.order(options, options.stem),
    };
  },
  *read(lines, options, { header, order, why, group, own }) {
    yield { kind: "note", text: why };
    const headOf = headsIn(header, timesIn(order, options.stem));
    const saidBy = saidIn();
    let open: Message | undefined;
    let refused = false;
    for (const { no, text } of lines) {
      const head = headOf(text, no);
      if (!head) {
        if (open) open.text += `\n${text}`;
        else if (text !== "" && !refused) yield issue(no, "text_before_first_message", text);
        continue;
      }
      if (open) yield closed(open);
      open = undefined;
      const { sent_at } = head;
      refused = sent_at === undefined;
      if (sent_at === undefined) {
        yield issue(no, "bad_time", text);
        continue;
      }
      const said = saidBy(text.slice(head.length));
      const isOwn = said.isMarked && said.author === own;
      const record = recordOf(said, isOwn, no, group, sent_at, options);
      if (record.kind === "message") open = record;
      else yield record;
    }
    if (open) yield closed(open);
  },
});

type TimeOf = (found: RegExpExecArray, line: number) => string | undefined;

/** Where a record's head ends, and its time; null for a line that is no record's first. */
function headsIn(
  header: Header,
  timeOf: TimeOf,
): (text: string, line: number) => { length: number; sent_at: string | undefined } | null {
  let last = { text: "", length: 0, sent_at: undefined as string | undefined };
  return (text, line) => {
    // Records of one minute begin alike.
    if (last.length > 0 && text.startsWith(last.text)) return last;
    const found = START.test(text) ? headAt(header, latin(text)) : null;
    if (!found) return null;
    const { length } = found[0];
    const head = { text: text.slice(0, length), length, sent_at: timeOf(found, line) };
    if (header.isWhole && head.text.endsWith(" ")) last = head;
    return head;
  };
}

/** Reads the times of one log; each date is taken apart once. */
function timesIn(order: DateOrder, name: string): TimeOf {
  const days = new Map<string, string | undefined>();
  const halfOf = halvesIn(name);
  const dayOf = (date: string) => {
    const parts = bare(date)
      .split(/[-/.]\s?/)
      .map(Number);
    return moment(...ordered(parts, order), 0, 0)?.slice(0, "2026-11-16T".length);
  };
  return (found, line) => {
    const [, date = "", , hours, minute = "", second = "00"] = found;
    if (!days.has(date)) days.set(date, dayOf(date));
    const day = days.get(date);
    const hour = hour24(Number(hours), halfOf(found, line));
    if (day === undefined || hour > 23 || minute > "59" || second > "59") return undefined;
    return `${day}${hour < 10 ? "0" : ""}${hour}:${minute}:${second}`;
  };
}

/** The localised file name holds the chat's name; in iOS every log is called _chat, and only its zip has the name. */
function groupName(stem: string): string | undefined {
  const name = stem.replace(/ \(\d+\)$/, "");
  if (name === "_chat") return undefined;
  return TITLES.map((title) => title.exec(name)?.[1]).find((found) => found !== undefined) ?? name;
}

function unnamed(stem: string): never {
  throw new UserError(
    { zh: `${stem}.txt 没有说是哪个群`, en: `${stem}.txt does not say which group it is` },
    {
      hint: {
        zh: "请导入原来的 zip，或用 --group 群名 说明。",
        en: "Import the original zip, or say --group NAME.",
      },
    },
  );
}

function recordOf(
  { author, body, isMarked }: Said,
  isOwn: boolean,
  line: number,
  group: string,
  sent_at: string,
  { self }: ReadOptions,
): Exclude<ImportRecord, { kind: "issue" | "note" | "row" }> {
  const isNotice = author === undefined || isMarked;
  const notice = isNotice ? applyRules(WHATSAPP, unmarked(body)) : undefined;
  if (notice) return eventOf(notice, { line, group_id: group, group_name: group, sent_at }, self, phoneOf);
  const isSystem = author === undefined || isOwn || (isMarked && isBanner(body));
  const phone = author === undefined || isSystem ? null : phoneOf(author);
  return {
    kind: "message",
    line,
    group_id: group,
    group_name: group,
    message_id: null,
    sender_id: phone,
    sender_name: isSystem || phone !== null ? null : author,
    sent_at,
    type: isSystem ? "system" : "text",
    text: body,
  };
}

const EDITED =
  /(?<![\u200e\s])[\u200e\s]*<(?:This message was edited|此消息已编辑|此訊息已編輯|Se editó este mensaje|Mensagem editada|Diese Nachricht wurde bearbeitet|Ce message a été modifié|Questo messaggio è stato modificato|このメッセージは編集されました)\.?>\s*$/u;

function closed(message: Message): Message {
  const said = message.text.includes("<") ? message.text.replace(EDITED, "") : message.text;
  const text = said.trimEnd();
  const mentions = text.includes("@") ? [...text.matchAll(/@(\d{8,15})\b/gu)].map(([, id]) => `+${id}`) : [];
  message.text = text;
  if (message.type !== "system") message.type = kindOf(text);
  if (mentions.length > 0) message.mentions = mentions;
  return message;
}
