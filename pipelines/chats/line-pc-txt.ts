import { probe } from "../../src/kit/evidence.ts";
import { issue, type Message, textImporter } from "../../src/kit/importer.ts";
import { DAY, dayOf, lineKind } from "./shared/line-grammar.ts";
import { LINE } from "./shared/line-notices.ts";
import { applyRules, eventOf } from "./shared/notice-rules.ts";

/*
 * LINE chat export (.txt) of the desktop app. Variants seen:
 * - no heading; a day line 2021.1.1 金曜日 or 2025.12.10 Wednesday, then HH:MM name text, parted by blanks
 * - nothing marks where a name ends: names are what stands first in most lines that begin alike
 * - a text's further lines stand bare and unquoted; a notice has no blank behind the name
 */
const HEAD = /^(\d{2}:\d{2}) (\S.*)$/su;
const MAX_WORDS = 4;

export default textImporter<ReadonlyMap<string, number>>({
  id: "line-pc-txt",
  title: { zh: "LINE 聊天记录 TXT（电脑版）", en: "LINE chat TXT (desktop)" },
  kind: "chat",
  matches: ({ text }) => {
    const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    return probe({
      "a day on the first line": DAY.test(lines.find((line) => line !== "") ?? ""),
      "HH:MM name text": lines.some((line) => HEAD.test(line)),
    });
  },
  /** How often each beginning of one to four words stands in a line. */
  scan(lines) {
    const starts = new Map<string, number>();
    for (const { text } of lines) {
      const words = HEAD.exec(text)?.[2]?.split(" ").slice(0, MAX_WORDS) ?? [];
      for (let at = 1; at <= words.length; at++) {
        const start = words.slice(0, at).join(" ");
        starts.set(start, (starts.get(start) ?? 0) + 1);
      }
    }
    return starts;
  },
  *read(lines, { group, stem, self }, starts) {
    const group_id = group ?? stem.replace(/^\[LINE\]\s*/u, "");
    let day: string | undefined;
    let open: Message | undefined;
    for (const { no, text } of lines) {
      const stated = dayOf(text);
      if (stated !== undefined) {
        day = stated;
        continue;
      }
      const [, time, rest] = HEAD.exec(text) ?? [];
      if (time === undefined || rest === undefined || day === undefined) {
        if (open) open.text += `\n${text}`;
        else if (text !== "") yield issue(no, "text_before_first_message", text);
        continue;
      }
      if (open) yield closed(open);
      open = undefined;
      const place = { line: no, group_id, group_name: group_id, sent_at: `${day}T${time}:00` };
      const name = nameIn(rest, starts);
      const notice = name === undefined ? applyRules(LINE, rest.replace(/[。.]$/u, "")) : undefined;
      if (notice) {
        yield eventOf(notice, place, self);
        continue;
      }
      open = {
        kind: "message",
        ...place,
        message_id: null,
        sender_id: null,
        sender_name: name ?? null,
        type: name === undefined ? "system" : "text",
        text: name === undefined ? rest : rest.slice(name.length + 1),
      };
    }
    if (open) yield closed(open);
  },
});

/** The first word, and each further one that nearly always follows. Undefined for a line of one word: a notice. */
function nameIn(rest: string, starts: ReadonlyMap<string, number>): string | undefined {
  const words = rest.split(" ");
  if (words.length < 2) return undefined;
  let name = words[0] ?? "";
  for (let at = 2; at < Math.min(words.length, MAX_WORDS + 1); at++) {
    const longer = words.slice(0, at).join(" ");
    const count = starts.get(longer) ?? 0;
    if (count < 3 || count < 0.9 * (starts.get(name) ?? 0)) break;
    name = longer;
  }
  return name;
}

function closed(message: Message): Message {
  const text = message.text.trimEnd();
  return { ...message, text, type: message.type === "system" ? "system" : lineKind(text) };
}
