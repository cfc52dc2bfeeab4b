import { fact, probe } from "../../src/kit/evidence.ts";
import { issue, textImporter } from "../../src/kit/importer.ts";
import { wallClock } from "../../src/kit/time.ts";
import { blocks } from "./shared/blocks.ts";
import { placeholderKind, wechatRecord, withoutQuote } from "./shared/wechat.ts";

/*
 * WeFlow / EchoTrace, TXT of one chat. Variants seen:
 * - time 'sender', then the text, then a blank line; the sender is a name, or the chatroom's id for a notice
 * - the account itself is 我; a quote is text[引用 who：preview]
 */
const HEADER = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) '(.*)'$/su;

export default textImporter({
  id: "weflow-txt",
  title: { zh: "微信聊天记录 TXT（WeFlow / EchoTrace）", en: "WeChat chat TXT (WeFlow / EchoTrace)" },
  kind: "chat",
  matches: ({ text }) => {
    const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    return probe({ [fact("时间 '发送者'", "time 'sender'")]: lines.some((line) => HEADER.test(line)) });
  },
  *read(lines, { group, stem, self }) {
    const group_id = group ?? stem;
    for (const block of blocks(lines, HEADER)) {
      if ("kind" in block) {
        yield block;
        continue;
      }
      const { line, head, text } = block;
      const [whole, stated = "", sender = ""] = head;
      const sent_at = wallClock(stated);
      if (sent_at === undefined) {
        yield issue(line, "bad_time", whole);
        continue;
      }
      const isNotice = sender === "" || sender === "系统消息" || sender.endsWith("@chatroom");
      yield wechatRecord(
        {
          line,
          group_id,
          group_name: group_id,
          sent_at,
          message_id: null,
          sender_id: sender === "我" ? (self ?? "self") : null,
          sender_name: sender === "我" ? null : sender,
          kind: isNotice ? "system" : placeholderKind(text),
          text: withoutQuote(text),
        },
        self,
      );
    }
  },
});
