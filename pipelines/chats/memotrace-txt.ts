import { fact, probe } from "../../src/kit/evidence.ts";
import { issue, type Line, textImporter } from "../../src/kit/importer.ts";
import { wallClock } from "../../src/kit/time.ts";
import { blocks } from "./shared/blocks.ts";
import { placeholderKind, readNamedNotice, wechatRecord } from "./shared/wechat.ts";

/*
 * WeChatMsg / MemoTrace 留痕, TXT of one chat. Variants seen:
 * - time name, then the text, then a blank line; names only, so the group is the file's name (or --group)
 * - a notice is one line, time and sentence, with nothing below
 * - a quoted message stands below the text as 引用:who:text, or 引用:未知
 * - the account itself is 你; a link is set in by blanks
 * - a chat of two people is in no group: its file is called as one of the two who write, and nobody comes or goes
 */
const RECALL = "recall_notice";
const HEADER = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) ([^'].*)$/su;

function isOfTwo(lines: Iterable<Line>, stem: string): boolean {
  const names = new Set<string>();
  for (const block of blocks(lines, HEADER)) {
    if ("kind" in block) continue;
    const [, , name = ""] = block.head;
    if (block.text !== "") names.add(name);
    else if ((readNamedNotice(name)?.event ?? RECALL) !== RECALL) return false;
    if (names.size > 2) return false;
  }
  return names.has(stem);
}

export default textImporter<boolean>({
  id: "memotrace-txt",
  title: { zh: "微信聊天记录 TXT（MemoTrace 留痕）", en: "WeChat chat TXT (MemoTrace)" },
  kind: "chat",
  matches: ({ text }) => {
    const first = text.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
    return probe({
      [fact("时间 昵称", "time name")]: HEADER.test(first) && !/[)>]$/.test(first),
      [fact("每段后有空行", "no text without a blank line behind it")]: /\r?\n\r?\n/.test(text),
    });
  },
  scan: (lines, { stem }) => isOfTwo(lines, stem),
  *read(lines, { group, stem, self }, ofTwo) {
    const group_id = group ?? (ofTwo ? null : stem);
    for (const block of blocks(lines, HEADER)) {
      if ("kind" in block) {
        yield block;
        continue;
      }
      const { line, head, text } = block;
      const [whole, stated = "", name = ""] = head;
      const sent_at = wallClock(stated);
      if (sent_at === undefined) {
        yield issue(line, "bad_time", whole);
        continue;
      }
      const isNotice = text === "";
      const isSelf = name === "你";
      const said = text.trimStart();
      yield wechatRecord(
        {
          line,
          group_id,
          group_name: group_id,
          sent_at,
          message_id: null,
          sender_id: isSelf ? (self ?? "self") : null,
          sender_name: isSelf ? null : name,
          kind: isNotice ? "system" : placeholderKind(said),
          text: isNotice ? name : said.replace(/\n引用:(?:未知|[^:\n]{1,99}:[\s\S]*)$/u, ""),
        },
        self,
      );
    }
  },
});
