import { fact, probe } from "../../src/kit/evidence.ts";
import { type ImportRecord, issue, type Line, textImporter } from "../../src/kit/importer.ts";
import { wallClock } from "../../src/kit/time.ts";
import { eventOf } from "./shared/notice-rules.ts";
import { readNotice } from "./shared/notices.ts";
import { answerOf, qqKind } from "./shared/qq-kinds.ts";

/*
 * QQ Chat Exporter, text of one chat. Variants seen:
 * - banner [QQChatExporter V5 …], 聊天名称: name, then records: "name:", 时间:, 内容: and, where there are any, 资源: 提及: 回复:
 * - 聊天类型: below the name (私聊 is a chat between two, in no group), each resource on a line, a foot 导出完成
 * - a title before the name, [群主] name:; an answer behind what it answers
 * - the content may have several lines, blank ones too; names only, local time
 * - the program itself is 系统消息 or 0
 * - a banner further down, where people put one export behind another; some leave the banner itself out
 */
const BANNER = /^\uFEFF?\[QQChatExporter V\d/u;
const CHAT = /^聊天名称: (.+)$/u;
/** What stands below the name of the chat, above the records. */
const HEAD = /^(?:导出时间|消息总数|聊天类型|参与人数|时间范围): /u;
const PRIVATE = /^聊天类型: (?:私聊|临时会话)$/u;
const TIME = /^时间: (.+)$/u;
const FILES = /^资源: \d+ 个文件$/u;
/** What it answers, most often with its text, over as many lines as that has. */
const BESIDE = /^(?:提及: .*|回复: .*)$/u;
const ANSWERED = /^回复: .* - /u;

interface Open {
  line: number;
  sender: string;
  stated: string;
  lines: string[];
}

export default textImporter({
  id: "qce-txt",
  title: { zh: "QQ 聊天记录 TXT（QQ Chat Exporter）", en: "QQ chat text (QQ Chat Exporter)" },
  kind: "chat",
  idPrefix: "qq:",
  matches: ({ text }) =>
    probe({
      "[QQChatExporter / 时间: + 内容:":
        /^\uFEFF?\[QQChatExporter/.test(text) || (/^时间: /m.test(text) && /^内容: /m.test(text)),
      [fact("“时间:”上一行是“昵称:”", "name: above 时间:")]: /^.*:\r?\n时间: /m.test(text),
    }),
  *read(lines, { group, stem, self }) {
    let name = stem;
    let isPrivate = false;
    let open: Open | undefined;
    // A line that ends in a colon is a name only where a time stands below it.
    let held: Line | undefined;
    // The name of a chat is a head only where more of it stands below.
    let named: Line | undefined;
    const begin = (line: string) => {
      const stated = CHAT.exec(line)?.[1];
      if (stated === undefined) return;
      name = stated;
      isPrivate = false;
    };
    const closed = ({ line, sender, stated, lines: said }: Open): ImportRecord => {
      const sent_at = wallClock(stated);
      if (sent_at === undefined) return issue(line, "bad_time", stated);
      const content = said.slice(0, textEnd(said)).join("\n");
      const text = answerOf(content.replace(/^内容: ?/u, ""));
      const place = { line, group_id: group ?? (isPrivate ? null : name), group_name: name, sent_at };
      const isNotice = ["系统消息", "0", ""].includes(sender);
      const [, title = "", own] = /^\[([^\]]{1,20})\] (.+)$/u.exec(sender) ?? [];
      const notice = isNotice ? readNotice(text) : undefined;
      if (notice) return eventOf(notice, place, self);
      return {
        kind: "message",
        ...place,
        message_id: null,
        sender_id: null,
        sender_name: isNotice ? null : (own ?? sender),
        sender_role: ["群主", "管理员"].includes(title) ? "staff" : null,
        type: isNotice ? "system" : qqKind(text),
        text,
        ...(/@(?:全体成员|所有人)/u.test(text) ? { mentions: ["*"] } : {}),
      };
    };
    for (const line of lines) {
      const isHead = named !== undefined && HEAD.test(line.text);
      if (named && isHead) {
        if (open) yield closed(open);
        open = undefined;
        begin(named.text);
      } else if (named) open?.lines.push(named.text);
      named = undefined;
      if (!open && PRIVATE.test(line.text)) isPrivate = true;
      if (isHead) continue;
      const time = held && TIME.exec(line.text)?.[1];
      if (held && time !== undefined) {
        if (open) yield closed(open);
        open = { line: held.no, sender: held.text.slice(0, -1), stated: time, lines: [] };
        held = undefined;
        continue;
      }
      if (held) open?.lines.push(held.text);
      held = undefined;
      if (open && BANNER.test(line.text)) {
        yield closed(open);
        open = undefined;
      } else if (open && CHAT.test(line.text)) named = line;
      else if (line.text.endsWith(":")) held = line;
      else if (open) open.lines.push(line.text);
      else begin(line.text);
    }
    for (const last of [held, named]) if (last) open?.lines.push(last.text);
    if (open) yield closed(open);
  },
});

/** Lines that were said: what stands beside them and the file's foot are below. */
function textEnd(said: readonly string[]): number {
  const foot = said.findIndex(
    (line, at) => line.trim() === "导出完成" && /^={20,}$/.test(said[at - 1] ?? ""),
  );
  let end = foot < 0 ? said.length : foot - 1;
  const answered = said.findLastIndex((line, at) => at < end && ANSWERED.test(line));
  if (answered >= 0) end = answered;
  for (let at = end - 1; at >= 0; at--) {
    const line = said[at] ?? "";
    if (line.trim() === "" || BESIDE.test(line) || FILES.test(line)) end = at;
    // Names of files, if a line above says that there are any.
    else if (!/^ {2}- /.test(line)) break;
  }
  return end;
}
