import { fact, probe } from "../../src/kit/evidence.ts";
import { issue, type Message, textImporter } from "../../src/kit/importer.ts";
import { wallClock } from "../../src/kit/time.ts";
import { wechatRecord } from "./shared/wechat.ts";
import { noPrefix, readCutNotice, wxcliKind } from "./shared/wxcli.ts";

/*
 * wx-cli (jackwener), text and Markdown of one chat. Variants seen:
 * - text: === name[群] (n 条) ===, then [YYYY-MM-DD HH:MM] sender: content; a notice has no "sender: "
 * - Markdown: # name（群聊）, > 导出 n 条消息, then ### YYYY-MM-DD HH:MM and **sender**: content, further lines with "> "
 * - minutes only, names only; a warning may stand below the banner
 * - a banner further down, where people put one export behind another
 */
/** Lines that a banner and what stands below it take. */
const TOP = 6;
const BANNER = /^=== (.+?)(?:\[群\])? \(\d+ 条\) ===$|^# (.+?)（(?:群聊|私聊)）$/u;
const TEXT = /^\[(\d{4}-\d{2}-\d{2} \d{2}:\d{2})\] (?:([^\s:][^:]{0,59}): )?(.*)$/su;
const HEADING = /^### (\d{4}-\d{2}-\d{2} \d{2}:\d{2})$/u;
const SAID = /^\*\*(.+?)\*\*: (.*)$/su;

export default textImporter({
  id: "wxcli-txt",
  title: { zh: "微信聊天记录 TXT / Markdown（wx-cli）", en: "WeChat chat text / Markdown (wx-cli)" },
  kind: "chat",
  carries: HEADING,
  matches: ({ text }) => {
    const first = text.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0] ?? "";
    return probe({
      [fact("=== 群名 (n 条) === / # 群名（群聊）", "=== name (n 条) === / # name（群聊）")]:
        BANNER.test(first),
    });
  },
  *read(lines, { group, stem, self }) {
    let group_id = group ?? stem;
    let heading: string | undefined;
    let begins = 1;
    let mark: string | undefined;
    let open: (Message & { sender: string | null }) | undefined;
    const closed = ({ sender, ...message }: NonNullable<typeof open>) =>
      wechatRecord(
        {
          ...message,
          group_id,
          group_name: group_id,
          sender_name: sender,
          kind: sender === null ? "system" : wxcliKind("文本", message.text),
          text: noPrefix(message.text.trimEnd()),
        },
        self,
        readCutNotice,
      );
    for (const { no, text } of lines) {
      const banner = BANNER.exec(text.replace(/^\uFEFF/, ""));
      // A text may hold a line that looks like the banner of the other variant.
      if (banner && (mark === undefined ? no === 1 : banner[0].startsWith(mark))) {
        mark = banner[0].slice(0, 1);
        if (open) yield closed(open);
        open = undefined;
        heading = undefined;
        begins = no;
        group_id = group ?? banner[1] ?? banner[2] ?? group_id;
        continue;
      }
      const found = TEXT.exec(text);
      const isHeading = HEADING.test(text);
      if (found || isHeading) {
        if (open) yield closed(open);
        open = undefined;
        heading = isHeading ? HEADING.exec(text)?.[1] : undefined;
      }
      const said =
        heading === undefined || found || isHeading || open ? null : (SAID.exec(text) ?? ["", "", text]);
      if (found || (said && text !== "")) {
        const sent_at = wallClock(found?.[1] ?? heading ?? "");
        if (sent_at === undefined) {
          yield issue(no, "bad_time", text);
          continue;
        }
        const sender = (found ? found[2] : said?.[1]) || null;
        const body = (found ? found[3] : said?.[2]) ?? "";
        open = { ...EMPTY, line: no, sent_at, sender, text: body };
      } else if (open) open.text += `\n${heading === undefined ? text : text.replace(/^> ?/u, "")}`;
      else if (text !== "" && !isHeading && no >= begins + TOP)
        yield issue(no, "text_before_first_message", text);
    }
    if (open) yield closed(open);
  },
});

const EMPTY = {
  kind: "message",
  group_id: null,
  message_id: null,
  sender_id: null,
  sender_name: null,
  type: "text",
} as const;
