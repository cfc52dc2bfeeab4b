import { UserError } from "../../src/kit/errors.ts";
import { probe } from "../../src/kit/evidence.ts";
import {
  type DateOrder,
  type ImportRecord,
  issue,
  type Message,
  type ReadOptions,
  textImporter,
} from "../../src/kit/importer.ts";
import type { Text } from "../../src/kit/say.ts";
import { FOREIGN_HALVES, hour24, moment } from "../../src/kit/time.ts";
import { DateOrderFinder, ordered } from "./shared/date-order.ts";
import { applyRules, eventOf } from "./shared/notice-rules.ts";
import { isBanner, kindOf, type Said, saidBy } from "./shared/whatsapp-body.ts";
import { WHATSAPP } from "./shared/whatsapp-notices.ts";

/*
 * WhatsApp chat export: _chat.txt in a zip (iOS) or "WhatsApp Chat with X.txt" (Android). Variants seen:
 * - iOS [date, time] Name: text; Android date, time - Name: text. One file keeps to one of the two
 * - dates by the phone's region: d/m/y, m/d/y, y/m/d, y. m. d.; years of 2 or 4 digits; marks / . -
 * - 24 hours or 12 with am, a. m., 上午, 午後, 오전, ص, पूर्वाह्न before or after; U+202F before AM; U+200E before lines and
 *   bodies, U+200F between the parts of a date
 * - Arabic, Persian and Devanagari digits in dates and times
 * - minutes only on Android; lines not always in order; a text's further lines stand bare
 * - a notice has no author; iOS writes some under the group's or the person's name with U+200E before the sentence
 * - persons are the phone book's names, or numbers for strangers (~ Name in newer versions)
 */
const AP = `[ap]\\.?\\s?m\\.?|上午|下午|午前|午後|오전|오후|凌晨|早上|中午|晚上|${FOREIGN_HALVES}`;
const MARK = "[\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]";
const DATE = `\\d{1,4}${MARK}?[-/.]\\s?\\d{1,2}${MARK}?[-/.]\\s?\\d{1,4}`;
const TIME = "(\\d{1,2})[.:](\\d{2})(?:[.:](\\d{2}))?";
// Half of the day before the time, behind it, or a clock of 24 hours: a file keeps to one, what looks otherwise was typed.
const CLOCKS = [`(${AP})\\s?${TIME}()`, `()${TIME}\\s?(${AP})`, `()${TIME}()`];
// The word between date and time ("à", "klo") is no half of the day.
const MOMENTS = CLOCKS.map(
  (clock) => `(${DATE})\\.?${MARK}?[,،]?\\s(?:(?!${AP})\\D{1,6}?\\s)?${clock}${MARK}?`,
);
/** Groups: date, half before, hour, minute, second, half behind. */
const STYLES = MOMENTS.flatMap((moment) => [
  new RegExp(`^${MARK}*\\[${MARK}*${moment}\\]\\s?`, "iu"),
  new RegExp(`^${MARK}*${moment}\\s-\\s`, "iu"),
]);
/** The sentence on encryption, under the group's name, stands at the top. */
const BANNER_WITHIN = 50;
/** Most lines of a text are told apart by their first letter. */
const START = /^[\d[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const OWN_DIGITS = /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F]/gu;
/** Characters in which a line's date and time stand. */
const HEAD = 60;

const TITLES = [
  /^WhatsApp Chat (?:with|-) (.+)$/u,
  /^与[“"]?(.+?)[”"]?的 ?WhatsApp ?聊天$/u,
  /^與[「"]?(.+?)[」"]?的 ?WhatsApp ?對話$/u,
  /^Chat de WhatsApp con (.+)$/u,
  /^Conversa do WhatsApp com (.+)$/u,
  /^WhatsApp[- ]Chat mit (.+)$/u,
  /^Discussion WhatsApp avec (.+)$/u,
  /^محادثة واتساب مع (.+)$/u,
];

/** Of a text without a single header nothing is read. */
const NO_HEADER = /(?!)/u;

interface Seen {
  header: RegExp;
  order: DateOrder;
  why: Text;
  group: string;
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
    return probe({ "[date, time] / date, time -": styleOf(line) !== undefined });
  },
  scan(lines, options) {
    let header: RegExp | undefined;
    let banner: string | undefined;
    const dates = new DateOrderFinder();
    let headers = 0;
    let day = "";
    for (const { text } of lines) {
      // Most records are of the day of the one before: then only the first characters are looked at.
      if (headers > BANNER_WITHIN && text.startsWith(day)) continue;
      if (!START.test(text)) continue;
      const shown = latin(text);
      header ??= styleOf(shown);
      const found = header?.exec(shown);
      if (!found) continue;
      const [, date = ""] = found;
      dates.add(bare(date));
      day = text.slice(0, shown.indexOf(date) + date.length);
      if (headers++ < BANNER_WITHIN) banner ??= bannerOf(text.slice(found[0].length));
    }
    const group = options.group ?? groupName(options.stem) ?? banner ?? unnamed(options.stem);
    return { header: header ?? NO_HEADER, group, ...dates.order(options, options.stem) };
  },
  *read(lines, options, { header, order, why, group }) {
    yield { kind: "note", text: why };
    const place = { group_id: group, group_name: group };
    const timeOf = timesIn(order);
    let open: Message | undefined;
    let refused = false;
    for (const { no, text } of lines) {
      const found = START.test(text) ? header.exec(latin(text)) : null;
      if (!found) {
        if (open) open.text += `\n${text}`;
        else if (text !== "" && !refused) yield issue(no, "text_before_first_message", text);
        continue;
      }
      if (open) yield closed(open);
      open = undefined;
      const sent_at = timeOf(found);
      refused = sent_at === undefined;
      if (sent_at === undefined) {
        yield issue(no, "bad_time", text);
        continue;
      }
      const record = recordOf(saidBy(text.slice(found[0].length)), { line: no, ...place, sent_at }, options);
      if (record.kind === "message") open = record;
      else yield record;
    }
    if (open) yield closed(open);
  },
});

function styleOf(line: string): RegExp | undefined {
  return STYLES.find((style) => style.test(line));
}

/** The line with the digits of its head as 0 to 9, as long as before. */
function latin(line: string): string {
  // Nearly every line begins with 0 to 9, or with a bracket and those.
  if (line.charCodeAt(line.startsWith("[") ? 1 : 0) < 0x80) return line;
  const head = line.slice(0, HEAD);
  return head.replace(OWN_DIGITS, digit) + line.slice(HEAD);
}

/** Each of the three rows of digits begins at a code that ends in 0 or, in Devanagari, in 6. */
function digit(one: string): string {
  const code = one.charCodeAt(0);
  return String(code < 0x0966 ? code & 0xf : code - 0x0966);
}

/** A date without the marks between its parts. */
function bare(date: string): string {
  return date.replace(/[^\d\s/.-]/gu, "");
}

/** Reads the times of one log; each date is taken apart once. */
function timesIn(order: DateOrder): (found: RegExpExecArray) => string | undefined {
  const days = new Map<string, [year: number, month: number, day: number]>();
  return ([, date = "", before, hour, minute, second = 0, after]) => {
    const day =
      days.get(date) ??
      ordered(
        bare(date)
          .split(/[-/.]\s?/)
          .map(Number),
        order,
      );
    days.set(date, day);
    return moment(...day, hour24(Number(hour), before || after || undefined), Number(minute), Number(second));
  };
}

/** The localised file name holds the chat's name; in iOS every log is called _chat, and only its zip has the name. */
function groupName(stem: string): string | undefined {
  const name = stem.replace(/ \(\d+\)$/, "");
  if (name === "_chat") return undefined;
  return TITLES.map((title) => title.exec(name)?.[1]).find((found) => found !== undefined) ?? name;
}

/** The sentence on encryption stands under the group's own name. */
function bannerOf(rest: string): string | undefined {
  const { author, body, isMarked } = saidBy(rest);
  return isMarked && isBanner(body) ? author : undefined;
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
  place: Pick<Message, "line" | "group_id" | "group_name" | "sent_at">,
  { self }: ReadOptions,
): Exclude<ImportRecord, { kind: "issue" | "note" | "row" }> {
  const isNotice = author === undefined || isMarked;
  const notice = isNotice ? applyRules(WHATSAPP, body) : undefined;
  if (notice) return eventOf(notice, place, self, phoneOf);
  const isSystem = author === undefined || (isMarked && isBanner(body));
  const phone = author === undefined ? null : phoneOf(author);
  return {
    kind: "message",
    ...place,
    message_id: null,
    sender_id: isSystem ? null : phone,
    sender_name: isSystem || phone !== null ? null : author,
    type: isSystem ? "system" : "text",
    text: body,
  };
}

/** Someone who is not in the phone's address book is shown by number. */
function phoneOf(name: string): string | null {
  return /^\+[\d\s()\u2011-]{7,}$/u.test(name) ? name.replace(/[^\d+]/gu, "") : null;
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
