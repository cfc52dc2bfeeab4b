import { UserError } from "../../src/kit/errors.ts";
import { fact, probe } from "../../src/kit/evidence.ts";
import { type ImportRecord, issue, type ReadOptions, textImporter } from "../../src/kit/importer.ts";
import { moment } from "../../src/kit/time.ts";
import { dayLine, IDENT, inYearOf, SAYS } from "./shared/irc-days.ts";
import { isStarred, NOTICES } from "./shared/irc-notices.ts";
import { applyRules, eventOf } from "./shared/notice-rules.ts";

/*
 * IRC channel log. Variants seen:
 * - [HH:MM] <nick> text; * nick does something
 * - === nick [host] has joined #c, has left #c ["reason"], entered the room., left the room (quit: …), without a time
 * - [HH:MM] *** nick joined | left | is now known as X
 * - irssi: HH:MM <nick> text, HH:MM  * nick does something, HH:MM -!- nick [host] has joined #c
 * - ZNC: [HH:MM:SS] *** Joins: nick (host), Parts:, Quits:
 * - a notice to the channel, which is nobody's word: -ChanServ- text, of irssi -nick:#c- text
 * - WeeChat: date and time, nick or -->, <--, --, " *", text, parted by tabs
 * - HexChat: Nov 16 09:00:00, nick, a star or a notice, a tab, text, in the year that its line on top says; mIRC: [HH:MM], and
 *   a star before notices as before what somebody does
 * - lines that say the day (irc-days), in front or between; else it is in the file's name (2026-11-16, 20261116) or
 *   nowhere: then --date says it
 * - joins and leaves are also reconnects: the workspace's debounce deals with them
 */
const SAID = /^\[(\d{2}):(\d{2})(?::(\d{2}))?\]\s+<[ @+%&~]?([^>\s]+) *>\s?(.*)$/su;
const ACTED = /^\[(\d{2}):(\d{2})(?::(\d{2}))?\]\s+\*\s+(\S+)\s(.*)$/su;
const TOLD = /^(?:\[(\d{2}):(\d{2})(?::(\d{2}))?\]\s+(?:\*\*\*|-!-|===)|===)\s+(.*)$/su;
/** A notice, of irssi with the channel behind the nick. */
const NOTED = /^(\[\d{2}:\d{2}(?::\d{2})?\])\s+(?=-[^\s!-]\S{0,99}-\s)/u;
/** Of irssi, as the same with brackets. */
const PLAIN = /^(\d{2}:\d{2}(?::\d{2})?)(?=\s+(?:<[^>]+>|-!-|-[^\s!-]\S{0,99}-\s|\*\s))/u;
const TABBED = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})\t([^\t]{0,64})\t(.*)$/su;
const ARROWS = ["-->", "<--", "--"];

const TIMED = /^\[\d{2}:\d{2}(?::\d{2})?\]\s+(?:<[ @+%&~]?[^>\s]+ *>|\*|-!-)/u;

/** Of HexChat: Nov 16 09:00:00, then <nick>, a star or a notice, a tab, text. */
const DATED = /^([A-Z][a-z]{2}) (\d{1,2}) (\d{2}:\d{2}(?::\d{2})?) (<[^>\s]{1,99}>|\*|-\S{1,99}-)\t(.*)$/su;
const STAR = /^(\[\d{2}:\d{2}(?::\d{2})?\]) \* (.*)$/su;
/** mIRC's colour of a line. */
const COLOUR = /^\p{Cc}?\d{1,2}(?=\[\d{2}:\d{2}(?::\d{2})?\] )/u;

export default textImporter({
  id: "irc-log",
  title: { zh: "IRC 频道日志", en: "IRC channel log" },
  kind: "chat",
  carries: SAYS,
  matches: ({ text }) => {
    const all = text.split(/\r?\n/, 400).filter((line) => line.trim() !== "");
    const whole = all.filter((line) => !dayLine(line) && !IDENT.test(line));
    const lines = whole.map((line) => inBrackets(line, YEARLESS).text);
    const said = lines.filter((line) => SAID.test(line)).length;
    // A log of one line is one where nothing else stands.
    const isAll = lines.every((line) => [SAID, ACTED, TOLD].some((form) => form.test(line)));
    // A table of messages looks the same below its header.
    const [top = ""] = whole;
    return probe({
      [fact("没有表头", "no header of a table")]: !top.includes("\t") || TABBED.test(top) || DATED.test(top),
      [fact("[时:分] <昵称> 内容", "[HH:MM] <nick> text")]:
        said >= 2 || (isAll && lines.some((line) => TIMED.test(line))),
    });
  },
  *read(lines, options) {
    let day: string | undefined;
    const group = options.group ?? channelOf(options.stem);
    let at: string | undefined; // what has no time of its own happened when the line before it did
    let isBack = false;
    let isStarry = false; // a log of mIRC or HexChat
    for (const { no, text: written } of lines) {
      isStarry ||= /^Session (?:Start|Ident): |^\*{4} BEGIN LOGGING /u.test(written);
      if (written.trim() === "" || IDENT.test(written)) continue;
      const stands = dayLine(written);
      if (stands) {
        day = stands.day ?? (day === undefined ? undefined : nextDay(day));
        at = day === undefined ? at : `${day}T00:00:00`;
        continue;
      }
      const { text: plain, day: own } = inBrackets(
        written,
        day ?? (DATED.test(written) ? dayOf(options) : ""),
      );
      if (own === NO_DAY) {
        yield issue(no, "bad_time", written);
        continue;
      }
      day = own ?? day ?? dayOf(options);
      const [, clock, done = ""] = (isStarry && STAR.exec(plain)) || [];
      const text = isStarred(done) ? `${clock} *** ${done}` : plain;
      at ??= `${day}T00:00:00`;
      const said = SAID.exec(text) ?? ACTED.exec(text);
      const told = said ? null : TOLD.exec(text);
      const [, hour, minute, second = 0] = said ?? told ?? [];
      const stated = hour === undefined ? at : timeOf(day, hour, minute, second);
      if ((!said && !told) || stated === undefined) {
        yield issue(no, stated === undefined ? "bad_time" : "unknown_record", written);
        continue;
      }
      if (!isBack && hoursBack(at, stated) >= HALF_A_DAY) {
        isBack = true;
        yield { kind: "note", text: twoDays(at, stated) };
      }
      at = stated;
      const place = { line: no, group_id: group, group_name: group, sent_at: at };
      const notice = told ? applyRules(NOTICES, told[4] ?? "") : undefined;
      if (notice) yield eventOf(notice, place, options.self);
      else yield messageOf(place, said?.[4] ?? null, said?.[5] ?? told?.[4] ?? "");
    }
  },
});

/** Any day, where only the form of a line is asked. */
const NO_DAY = "?";
const YEARLESS = "2000-01-01";

/** A line of irssi, WeeChat, HexChat or mIRC as others write it. @param before the day of the line before it. */
function inBrackets(line: string, before: string): { text: string; day?: string } {
  const [isDated, month = "", date = "", clock, who = "", what] = DATED.exec(line) ?? [];
  if (isDated !== undefined) {
    const text = `[${clock}] ${who.startsWith("-") ? `*** ${who}` : who} ${what}`;
    return { text, day: inYearOf(before, month, date) ?? NO_DAY };
  }
  const [all, day, time, nick = "", said] = TABBED.exec(line) ?? [];
  if (all === undefined || day === undefined)
    return { text: line.replace(COLOUR, "").replace(PLAIN, "[$1]").replace(NOTED, "$1 *** ") };
  if (ARROWS.includes(nick.trim())) return { day, text: `[${time}] *** ${said}` };
  return { day, text: nick.trim() === "*" ? `[${time}] * ${said}` : `[${time}] <${nick.trim()}> ${said}` };
}

const HALF_A_DAY = 12;
const hoursBack = (before: string, now: string) =>
  (Date.parse(`${before}Z`) - Date.parse(`${now}Z`)) / 3_600_000;
const nextDay = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function twoDays(before: string, now: string) {
  const [from, to, day] = [before.slice(11, 16), now.slice(11, 16), now.slice(0, 10)];
  return {
    zh: `时刻从 ${from} 回到 ${to}，中间没有写日期：文件里可能不止一天，现在都算在 ${day}。若是几天接在一起，请撤销，分成一天一个文件再导入`,
    en: `the clock goes from ${from} back to ${to} and no line says the day: this may be more than one day, and all of it counts on ${day}. If it is, undo it and import a file for each day`,
  };
}

type Place = { line: number; group_id: string; group_name: string; sent_at: string };

function messageOf(place: Place, nick: string | null, text: string): ImportRecord {
  return {
    kind: "message",
    ...place,
    message_id: null,
    sender_id: null,
    sender_name: nick,
    type: nick === null ? "system" : "text",
    text,
  };
}

function timeOf(
  day: string,
  hour: string,
  minute: string | undefined,
  second: string | 0,
): string | undefined {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return moment(year, month, date, Number(hour), Number(minute), Number(second));
}

const DAY = /(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})/;

/** @throws UserError where neither the option nor the file's name says which day it is. */
function dayOf({ date, stem }: ReadOptions): string {
  const [, year, month, day] = DAY.exec(stem) ?? [];
  const stated = date ?? (year === undefined ? undefined : `${year}-${month}-${day}`);
  if (stated !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(stated)) return stated;
  throw new UserError(
    { zh: `${stem} 里只有时刻，没有日期`, en: `${stem} has times of day and no date` },
    {
      hint: { zh: "用 --date 2026-11-16 说明是哪一天。", en: "Say which day it is with --date 2026-11-16." },
    },
  );
}

/** `#tea_20261116` and `2026-11-16-#tea` are both logs of #tea. */
function channelOf(stem: string): string {
  return stem.replace(DAY, "").replace(/^[-_. ]+|[-_. ]+$/g, "") || "irc";
}
