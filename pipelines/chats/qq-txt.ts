import { dayHalf } from "../../src/kit/day-halves.ts";
import { fact, probe } from "../../src/kit/evidence.ts";
import { type ImportRecord, issue, type Message, textImporter } from "../../src/kit/importer.ts";
import { wallClock } from "../../src/kit/time.ts";
import { askHalf } from "./shared/clock-words.ts";
import { withLineEnds } from "./shared/line-ends.ts";
import { eventOf } from "./shared/notice-rules.ts";
import { readNotice } from "./shared/notices.ts";
import { qqKind } from "./shared/qq-kinds.ts";

/*
 * QQ 消息管理器, 消息记录 (.txt). Variants seen:
 * - CRLF ends a record's lines; bodies hold lone CR and lone LF. A file that an editor saved with LF holds no CRLF
 * - hours are not zero-padded (9:05:12); some clients add AM or PM: then every record has it, else it begins a nickname
 * - the id stands last, in (…) for a number, in <…> for an e-mail address; the nickname may hold brackets too
 * - discussion groups print no id: such a header counts only after a blank line
 * - 【管理员】, 【群主】 or 【a title】 before the nickname is no part of it
 * - 系统消息(10000) and (1000000) are notices, with names only; leaves are never written
 * - 全部消息记录.txt repeats the 消息对象 block: each is another group, or below 消息分组:我的好友 a chat between two, in no group
 * - [图片], [QQ红包]… stand for what is no text
 */
const HEADER =
  /^(\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}:\d{2}) (?:【([^】]*)】)?(.*?)(?:\((\d{4,})\)|<([^<>\s]+)>)?$/s;
/** A header with an id behind, and the word that follows its clock. */
const CLOCK = /^\d{4}-\d{2}-\d{2} (\d{1,2}):\d{2}:\d{2} (\S*).*[)>]$/s;
const HALVED = /^(\S+ \S+) (\S+)/;
const BANNER = /^(?:={64}$|消息记录（|消息分组:(.*)|消息对象:(.*))/;
/** Lists of friends, as the program calls them itself: a group of persons may be called so, its messages have ids. */
const FRIENDS = new Set(["我的好友", "朋友", "家人", "同学", "同事", "陌生人", "最近联系人"]);
const NOTICE = new Set(["10000", "1000000"]);
const STAFF_TITLES = new Set(["群主", "管理员"]);

export default textImporter<boolean>({
  id: "qq-txt",
  title: { zh: "QQ 消息记录 TXT", en: "QQ message manager TXT" },
  kind: "chat",
  carries: /^消息对象:/,
  idPrefix: "qq:",
  separator: "crlf",
  matches: ({ text }) =>
    probe({
      [fact("开头是“消息记录”", "heading 消息记录")]: text.replace(/^\uFEFF/, "").startsWith("消息记录"),
      [fact("有一行“消息对象:”", "line 消息对象:")]: /(?:^|\n)消息对象:/.test(text),
    }),
  /** Whether the clock has 12 hours. */
  scan(lines, { stem }) {
    let halved = 0;
    let plain = 0;
    let without: number | undefined;
    for (const { no, text } of withLineEnds(lines)) {
      const [, hour = "", word = ""] = CLOCK.exec(text) ?? [];
      if (hour === "") continue;
      const isHalved = dayHalf(word) !== undefined;
      // Nearly every file is done with its first header.
      if (Number(hour) > 12 || Number(hour) === 0 || (halved === 0 && !isHalved)) return false;
      if (isHalved) halved++;
      else plain++;
      if (!isHalved) without ??= no;
    }
    if (without !== undefined && halved > plain) askHalf(without, stem);
    return halved > plain;
  },
  *read(lines, { group, self }, isHalved) {
    let groupId = group ?? null;
    let list = "";
    let open: Message | undefined; // its body runs to the next header or banner
    let refused = false; // so does that of a header that could not be read
    let isAfterBlank = true;
    for (const { no, text: line } of withLineEnds(lines)) {
      const text = no === 1 ? line.replace(/^\uFEFF/, "") : line;
      const [cut, stamp = "", half] = (isHalved && CLOCK.test(text) && HALVED.exec(text)) || [""];
      const header = headerOf(stamp + text.slice(cut.length), isAfterBlank);
      const banner = BANNER.exec(text);
      isAfterBlank = text === "";
      if (!header && !banner) {
        if (open) open.text += `\n${text}`;
        else if (text !== "" && !refused) yield issue(no, "text_before_first_message", text);
        continue;
      }
      if (open) yield closed(open, self);
      open = undefined;
      refused = false;
      if (!header) {
        list = banner?.[1] ?? list;
        groupId = group ?? banner?.[2] ?? groupId;
        continue;
      }
      const [, stated = "", title, name = "", number, email] = header;
      const at = wallClock(stated, half);
      if (at === undefined) {
        yield issue(no, "bad_time", text);
        refused = true;
        continue;
      }
      const sender = number ?? email ?? null;
      const notice = sender !== null && NOTICE.has(sender); // by structure, never by words in the text
      open = {
        kind: "message",
        line: no,
        group_id: group === undefined && sender === null && FRIENDS.has(list) ? null : groupId,
        group_name: groupId,
        message_id: null,
        sender_id: notice ? null : sender,
        sender_name: notice ? null : name || null,
        sender_role: title !== undefined && STAFF_TITLES.has(title) ? "staff" : null,
        sent_at: at,
        type: notice ? "system" : "text",
        text: "",
      };
    }
    if (open) yield closed(open, self);
  },
});

/** A header's parts; one without an id could be a line of a text, so it needs a blank line before it. */
function headerOf(text: string, isAfterBlank: boolean): RegExpExecArray | null {
  const found = HEADER.exec(text);
  const [, , , name, number, email] = found ?? [];
  return (number ?? email) || (isAfterBlank && name) ? found : null;
}

function closed(message: Message, self: string | undefined): ImportRecord {
  const text = message.text.trim();
  const notice = message.type === "system" ? readNotice(text) : undefined;
  if (notice) {
    const { line, group_id, group_name = null, sent_at } = message;
    return eventOf(notice, { line, group_id, group_name, sent_at }, self);
  }
  const type = message.type === "text" ? qqKind(text) : message.type;
  return { ...message, type, text, ...(text.includes("@全体成员") ? { mentions: ["*"] } : {}) };
}
