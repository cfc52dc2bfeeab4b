import { dayHalf } from "../../src/kit/day-halves.ts";
import { fact, probe } from "../../src/kit/evidence.ts";
import { issue, type Message, type Notice, textImporter } from "../../src/kit/importer.ts";
import { wallClock } from "../../src/kit/time.ts";
import { askHalf, askWord, WORD } from "./shared/clock-words.ts";
import { DAY, dayOf, lineKind } from "./shared/line-grammar.ts";
import { LINE } from "./shared/line-notices.ts";
import { applyRules, eventOf } from "./shared/notice-rules.ts";

/*
 * LINE chat export (.txt) of the desktop app. Variants seen:
 * - no heading; a day line 2021.1.1 金曜日 or 2025.12.10 Wednesday, then HH:MM name text, parted by blanks; a clock of 12 hours
 *   has its half before (午後 8:04) or behind (8:04 PM) in every record, or it is a name
 * - nothing marks where a name ends: names are what stands first in most lines that begin alike
 * - a text's further lines stand bare and unquoted; a notice has no blank behind the name, but in English, where the name may
 *   also stand before it once more
 */
const HEAD = /^(\d{2}:\d{2}) (\S.*)$/su;
const HALF_BEFORE = new RegExp(`^(${WORD})\\s?(\\d{1,2}:\\d{2}) (\\S.*)$`, "su");
const HALF_BEHIND = /^(\d{1,2}:\d{2}) (\S+) (\S.*)$/su;
const MAX_WORDS = 4;
/** Lines that show whether the clock has 12 hours. */
const FIRST = 400;

const CLOCKS = ["24", "before", "behind"] as const;
type Clock = (typeof CLOCKS)[number];

interface Seen {
  /** How often each beginning of one to four words stands in a line. */
  starts: ReadonlyMap<string, number>;
  clock: Clock;
}

export default textImporter<Seen>({
  id: "line-pc-txt",
  title: { zh: "LINE 聊天记录 TXT（电脑版）", en: "LINE chat TXT (desktop)" },
  kind: "chat",
  carries: DAY,
  matches: ({ text }) => {
    const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    return probe({
      [fact("首行是日期", "a day on the first line")]: DAY.test(lines.find((line) => line !== "") ?? ""),
      [fact("时间 昵称 内容", "HH:MM name text")]: lines.some(
        (line) => HEAD.test(line) || CLOCKS.some((clock) => headAt(line, clock)),
      ),
    });
  },
  scan(lines) {
    const starts = new Map<string, number>();
    const count = (text: string, clock: Clock) => {
      const words = headAt(text, clock)?.rest.split(" ").slice(0, MAX_WORDS) ?? [];
      for (let at = 1; at <= words.length; at++) {
        const start = words.slice(0, at).join(" ");
        starts.set(start, (starts.get(start) ?? 0) + 1);
      }
    };
    const first: string[] = [];
    let clock: Clock | undefined;
    const settle = (): Clock => {
      const found = clockOf(first);
      for (const text of first) count(text, found);
      return found;
    };
    for (const { text } of lines) {
      if (clock) count(text, clock);
      else if (first.push(text) === FIRST) clock = settle();
    }
    return { starts, clock: clock ?? settle() };
  },
  *read(lines, { group, stem, self }, { starts, clock }) {
    const group_id = group ?? stem.replace(/^\[LINE\]\s*/u, "");
    let day: string | undefined;
    let open: Message | undefined;
    let refused = false;
    for (const { no, text } of lines) {
      const stated = dayOf(text);
      if (stated !== undefined) {
        day = stated;
        continue;
      }
      const head = day === undefined ? undefined : headAt(text, clock);
      if (head === undefined) {
        if (open) open.text += `\n${text}`;
        else if (text !== "" && !refused) yield issue(no, "text_before_first_message", text);
        continue;
      }
      if (open) yield closed(open);
      open = undefined;
      const { rest } = head;
      const sent_at = wallClock(`${day} ${head.time}`, head.half || undefined);
      const isStrange = clock !== "24" && dayHalf(head.half) === undefined;
      if (isStrange && clock === "before") askWord(head.half, no, stem);
      if (isStrange) askHalf(no, stem);
      refused = sent_at === undefined;
      if (sent_at === undefined) {
        yield issue(no, "bad_time", text);
        continue;
      }
      const place = { line: no, group_id, group_name: group_id, sent_at };
      const name = nameIn(rest, starts);
      const notice = noticeIn(rest, name, starts);
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

/** The clock of a record and what stands behind it. A clock of 12 hours has a word beside it. */
function headAt(text: string, clock: Clock): { time: string; half: string; rest: string } | undefined {
  const [, a = "", b = "", c = ""] =
    (clock === "24" ? HEAD : clock === "before" ? HALF_BEFORE : HALF_BEHIND).exec(text) ?? [];
  if (a === "") return undefined;
  if (clock === "24") return { time: a, half: "", rest: b };
  return clock === "before" ? { time: b, half: a, rest: c } : { time: a, half: b, rest: c };
}

/** The clock that most records have: a person may be called PM, and somebody may write 下午 3:05 into a line. */
function clockOf(lines: readonly string[]): Clock {
  const halved = (clock: Clock) => lines.filter((line) => dayHalf(headAt(line, clock)?.half ?? "")).length;
  const plain = lines.filter((line) => headAt(line, "24")).length;
  const isLate = lines.some((line) => Number(headAt(line, "24")?.time.split(":")[0] ?? 0) > 12);
  if (halved("before") > plain) return "before";
  return !isLate && halved("behind") > plain / 2 ? "behind" : "24";
}

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

/**
 * What a line says that is no message. With a blank in it, it is one only where the sentence's own name is the line's,
 * or that of somebody who writes: "Mei joined the group.", "段 Duan已退出群組。"
 */
function noticeIn(
  rest: string,
  name: string | undefined,
  starts: ReadonlyMap<string, number>,
): Notice | undefined {
  const said = name !== undefined && rest.startsWith(`${name} ${name} `) ? rest.slice(name.length + 1) : rest;
  const notice = applyRules(LINE, said.replace(/[。.]$/u, ""));
  if (notice === undefined || name === undefined) return notice;
  const who = notice.actorName ?? notice.subjectNames?.[0];
  // Only the program isolates names, and only its sentences are of nobody.
  if (who === undefined || said.includes("\u2068")) return notice;
  if (!said.startsWith(who)) return undefined;
  // "阿明 加入聊天" is what somebody called 阿明 writes.
  const isApart = said[who.length] === " ";
  if (isApart && !/^[ -~]*$/u.test(said.slice(who.length))) return undefined;
  return who === name || (!isApart && (starts.get(who) ?? 0) > 1) ? notice : undefined;
}

function closed(message: Message): Message {
  const text = message.text.trimEnd();
  return { ...message, text, type: message.type === "system" ? "system" : lineKind(text) };
}
