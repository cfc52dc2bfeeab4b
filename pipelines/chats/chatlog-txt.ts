import { UserError } from "../../src/kit/errors.ts";
import { fact, probe } from "../../src/kit/evidence.ts";
import { issue, type ReadOptions, textImporter } from "../../src/kit/importer.ts";
import { wallClock } from "../../src/kit/time.ts";
import { blocks } from "./shared/blocks.ts";
import { placeholderKind, wechatRecord } from "./shared/wechat.ts";

/*
 * sjzar/chatlog and forks, plain text. Variants seen:
 * - name(wxid) [talker name(talker)] time, then the text, then a blank line; the part in […] only with several talkers
 * - a talker that is no room (…@chatroom) is a chat between two: in no group
 * - without a name the wxid alone; the account itself is 我; notices are from 系统消息
 * - the time is as long as the span asks: with year, without year, or the time of day alone. What is missing is in the
 *   file's name (talker_start_end), in --date, or nowhere
 * - what ends in a date is no wxid: a line 导出时间：2026-11-16 10:00:00 is a title
 * - quoted messages stand before the answer as lines that begin with "> "
 * - editors and whoever puts two files together take blank lines away. A header without one counts where its id is an
 *   account's and its time is not before that of the record it stands in: a text quotes only what was said before it
 */
const HEADER =
  /^(?!> )(?:(.*)\(([^()\s]+)\)|([^\s()]+)(?<!\d-\d\d-\d\d)) (?:\[(?:(.+)\(([^()\s]+)\)|([^\]]+))\] )?((?:(?:\d{4}-)?\d{2}-\d{2} )?\d{2}:\d{2}:\d{2})$/su;
/** The id of an account that never chose one. */
const OWN_ID = /^wxid_\w+$/;

export default textImporter<ReadonlySet<string>>({
  id: "chatlog-txt",
  title: { zh: "微信聊天记录 TXT（chatlog）", en: "WeChat chat TXT (chatlog)" },
  kind: "chat",
  matches: ({ text }) => {
    const first =
      text
        .replace(/^\uFEFF/, "")
        .split(/\r?\n/)
        .find((line) => line.trim() !== "") ?? "";
    // A table of the same exporter that lost its beginning may start with a quoted cell, which quotes such a line.
    const isHeader = HEADER.test(first) && !first.includes('"> ');
    return probe({ [fact("昵称(wxid) 时间", "name(wxid) time")]: isHeader });
  },
  /** Ids of headers behind a blank line. */
  scan(lines) {
    const ids = new Set<string>();
    for (const block of blocks(lines, HEADER)) if ("head" in block) ids.add(idOf(block.head));
    return ids;
  },
  *read(lines, options, ids) {
    let within = 0;
    const isJoined = (head: RegExpExecArray, open: RegExpExecArray) => {
      if (!ids.has(idOf(head)) && !OWN_ID.test(idOf(head))) return false;
      const [now = "", before = ""] = [head[7], open[7]];
      const isLater = now.length === before.length && now >= before;
      if (!isLater) within++;
      return isLater;
    };
    const { group, stem, self } = options;
    const fileGroup = group ?? stem.replace(/_\d{4}-?\d{2}-?\d{2}(?:_\d{4}-?\d{2}-?\d{2})?$/, "");
    for (const block of blocks(lines, HEADER, isJoined)) {
      if ("kind" in block) {
        yield block;
        continue;
      }
      const { line, head, text } = block;
      const [whole, name, id, bare, talkerName, talkerId, talker, stated = ""] = head;
      const sent_at = wallClock(dated(stated, options));
      if (sent_at === undefined) {
        yield issue(line, "bad_time", whole);
        continue;
      }
      const isNotice = (id ?? bare) === "系统消息" || name === "系统消息";
      const sender = id ?? bare ?? null;
      const isPrivate = talkerId
        ? !talkerId.endsWith("@chatroom")
        : !(talker ?? group) && OWN_ID.test(fileGroup);
      yield wechatRecord(
        {
          line,
          group_id: isPrivate ? null : (group ?? talkerId ?? talker ?? fileGroup),
          group_name: talkerName ?? fileGroup,
          sent_at,
          message_id: null,
          sender_id: sender === "我" ? (self ?? "self") : sender,
          sender_name: name || null,
          kind: isNotice ? "system" : placeholderKind(unquoted(text)),
          text: isNotice ? text : unquoted(text),
        },
        self,
      );
    }
    if (within > 0)
      yield {
        kind: "note",
        text: {
          zh: `${within} 行像是一条消息的开头，但前面没有空行、时间又早于所在的消息：当作引用，留在那条消息里。若是两个文件接在一起，请分开导入`,
          en: `${within} lines look like the beginning of a message, with no blank line before them and an earlier time than the message they stand in: taken as quotes, they stay in it. If two files were put together, import them apart`,
        },
      };
  },
});

function idOf([, , id, bare = ""]: RegExpExecArray): string {
  return id ?? bare;
}

/** The answer alone: what it quotes has been said before. */
function unquoted(text: string): string {
  return text.replace(/^(?:> .*(?:\n|$))+/u, "");
}

/** @throws UserError where neither the file nor its name nor --date says the year or the day. */
function dated(stated: string, { date, stem }: ReadOptions): string {
  if (/^\d{4}-/.test(stated)) return stated;
  const day = date ?? /(\d{4})-?(\d{2})-?(\d{2})/.exec(stem)?.slice(1).join("-");
  const needsDay = !stated.includes(" ");
  if (day !== undefined && (!needsDay || day.length === 10))
    return needsDay ? `${day} ${stated}` : `${day.slice(0, 4)}-${stated}`;
  throw new UserError(
    {
      zh: `${stem} 的时间没有${needsDay ? "日期" : "年份"}：${stated}`,
      en: `The times of ${stem} have no ${needsDay ? "date" : "year"}: ${stated}`,
    },
    {
      hint: needsDay
        ? { zh: "用 --date 2026-11-16 说明是哪一天。", en: "Say which day it is with --date 2026-11-16." }
        : { zh: "用 --date 2026 说明是哪一年。", en: "Say which year it is with --date 2026." },
    },
  );
}
