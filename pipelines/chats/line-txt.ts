import { fact, probe } from "../../src/kit/evidence.ts";
import { issue, type Line, type Message, type ReadOptions, textImporter } from "../../src/kit/importer.ts";
import { hour24, moment } from "../../src/kit/time.ts";
import { askWord, clockWord } from "./shared/clock-words.ts";
import { bodyOf, DAY, dayOf, HEAD, lineKind, titleOf, withHeads } from "./shared/line-grammar.ts";
import { LINE } from "./shared/line-notices.ts";
import { look, type Seen } from "./shared/line-seen.ts";
import { applyRules, eventOf } from "./shared/notice-rules.ts";

/*
 * LINE chat export (.txt) of the mobile apps. Variants seen:
 * - of a group [LINE] Xのトーク履歴, [LINE] Xのトーク, Chat history in X, X的聊天记录, X的聊天記錄, of two people Xとのトーク履歴, Chat history
 *   with X, 与X的聊天记录, 與X的聊天記錄, which is in no group; saved-on line below
 * - a day line 2023/06/24(土), 2023/06/24（六）, 2026/1/30周五, Fri, 1/30/2026 or, as the phone has it, Fri, 30/1/2026; the days may
 *   be padded and unpadded in one file
 * - 20:04<TAB>name<TAB>text; 12 hours as 午後8:04, 下午8:04, 오후 8:04 or 8:04 PM, another word is asked; 午前12:03 at noon in
 *   some versions
 * - a text of several lines stands in "…" with "" inside; a message may also just begin with a quote
 * - a notice has an empty name or one tab only
 * - names only, minutes only; lines are not always in order
 */
export default textImporter<Seen>({
  id: "line-txt",
  title: { zh: "LINE 聊天记录 TXT（手机版）", en: "LINE chat TXT (mobile)" },
  kind: "chat",
  carries: DAY,
  matches: ({ text }) => {
    const lines = text.split(/\r?\n/);
    return probe({
      [fact("一行日期", "a day line")]: lines.some((line) => DAY.test(line)),
      [fact("时间<TAB>昵称<TAB>内容", "HH:MM<TAB>name<TAB>text")]: lines.some((line) => HEAD.test(line)),
    });
  },
  scan: (lines) => look(lines),
  *read(lines, options, { order, ofTwo }) {
    const log = new Log(options, ofTwo);
    let day: string | undefined;
    let refused = false; // a header without a moment, and the lines of its text
    let last = 0; // minutes into the day, for 午前12 at noon
    let isHalved: boolean | undefined; // a clock of 12 hours, as the first record has it
    for (const { no, text, joined, isHead } of withHeads(quoted(lines))) {
      if (isHead && log.open) {
        yield closed(log.open);
        log.open = undefined;
      }
      if (no === 1 || isHead) log.title(text, no);
      if (isHead) continue;
      const stated = dayOf(text, order);
      if (stated !== undefined) {
        day = stated;
        last = 0;
        continue;
      }
      const found = HEAD.exec(text.split("\n", 1)[0] ?? "");
      const [, before = "", hours = "", minutes = "", after = "", name = "", rest] = found ?? [];
      const words = [before, after].map(clockWord);
      const strange = words.includes(undefined);
      if (strange && isHalved !== false) askWord(before || after, no, options.stem);
      if (!found || strange || (day === undefined && no <= 2)) {
        if (log.open) log.open.text += `\n${text}`;
        else if (text !== "" && no > 2 && !refused) yield issue(no, "text_before_first_message", text);
        continue;
      }
      if (log.open) yield closed(log.open);
      log.open = undefined;
      const half = words.find((word) => word?.half !== undefined)?.half;
      isHalved ??= half !== undefined;
      let hour = hour24(Number(hours), half);
      // Some versions write noon as 午前12: then time would run back to midnight.
      if (hour === 0 && half !== undefined && last >= 60) hour = 12;
      last = hour * 60 + Number(minutes);
      const [year = 0, month = 0, date = 0] = (day ?? "").split("-").map(Number);
      const sent_at = moment(year, month, date, hour, Number(minutes));
      refused = sent_at === undefined;
      if (sent_at === undefined) {
        yield issue(no, "bad_time", text);
        continue;
      }
      const place = { line: no, group_id: log.group, group_name: log.group, sent_at };
      if (name === "" || rest === undefined) {
        const said = (rest ?? name).replace(/[。.]$/u, "");
        const notice = applyRules(LINE, said);
        if (notice) yield eventOf(notice, place, options.self);
        else yield { ...message(place, null, said), type: "system" };
        continue;
      }
      const body = joined === undefined ? rest : bodyOf(joined.slice(found[0].length - rest.length));
      log.open = message(place, name, body);
    }
    if (log.open) yield closed(log.open);
  },
});

function closed(message: Message): Message {
  return { ...message, text: message.text.trimEnd() };
}

class Log {
  open: Message | undefined;
  group: string | null;
  readonly #isStated: boolean;
  readonly #ofTwo: ReadonlySet<number>;

  constructor({ group, stem }: ReadOptions, ofTwo: ReadonlySet<number>) {
    this.#isStated = group !== undefined;
    this.#ofTwo = ofTwo;
    this.group =
      group ??
      stem.replace(/^\[LINE\]\s*/u, "").replace(/(?:とのトーク|のトーク|的聊天)(?:[记記][录錄])?$/u, "");
  }

  /** The heading names the chat. */
  title(text: string, line: number): void {
    const found = titleOf(text);
    if (found && !this.#isStated) this.group = this.#ofTwo.has(line) ? null : found.name;
  }
}

function message(
  place: Pick<Message, "line" | "group_id" | "sent_at">,
  name: string | null,
  text: string,
): Message {
  return {
    kind: "message",
    ...place,
    message_id: null,
    sender_id: null,
    sender_name: name,
    type: name === null ? "system" : lineKind(text),
    text,
  };
}

/**
 * Lines, with a quoted text of several lines as one. A body that begins with a quote goes on until the quotes are
 * even, unless the very next line is a header or a day: then it is a message that merely begins with one.
 */
function* quoted(lines: Iterable<Line>): Generator<Line & { joined?: string }> {
  let open: Line[] = [];
  const quotes = (text: string) => text.split('"').length - 1;
  let count = 0;
  for (const line of lines) {
    if (open.length > 0) {
      const isNext = HEAD.test(line.text) || DAY.test(line.text);
      if (!(open.length === 1 && isNext)) {
        open.push(line);
        count += quotes(line.text);
        if (count % 2 === 0) {
          yield { ...(open[0] as Line), joined: open.map(({ text }) => text).join("\n") };
          open = [];
        }
        continue;
      }
      yield* open;
      open = [];
    }
    const rest = HEAD.exec(line.text)?.[6];
    count = rest?.startsWith('"') ? quotes(rest) : 0;
    if (count % 2 === 1) open = [line];
    else yield line;
  }
  yield* open;
}
