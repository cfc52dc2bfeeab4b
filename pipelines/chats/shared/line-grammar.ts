import { moment } from "../../../src/kit/time.ts";
import { WORD } from "./clock-words.ts";

const NAMED = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*";
const THAI = "(?:วัน)?(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)";
const WEEKDAY = `[(（](?:周|週|星期)?.[)）]|\\(${NAMED}\\)|周.|週.|星期.|[日月火水木金土]曜日|[월화수목금토일]요일|${THAI}|${NAMED}`;

/**
 * A day on a line of its own: 2023/06/24(土), 2023/06/24（六）, 2026/1/30周五, 2021.1.1 金曜日, 2025.12.10 Wednesday, Fri, 1/30/2026;
 * in Thai ศ. 28/11/2568, day before month in a year of the Buddhist era.
 */
export const DAY = new RegExp(
  `^(\\d{4})[/.](\\d{1,2})[/.](\\d{1,2})\\s?(?:${WEEKDAY})?$|^(${NAMED}), (\\d{1,2})/(\\d{1,2})/(\\d{4})$|^(?:จ|อ|พ|พฤ|ศ|ส|อา)\\. ?(\\d{1,2})/(\\d{1,2})/(\\d{4})$`,
  "u",
);
/** The era's years that are meant where a year lies beyond: 2568 is 2025. */
const BUDDHIST = 2400;
const ERA = 543;

const BLANK = "[ \\u00a0\\u202f]";

/** Groups: word before the clock, hour, minute, word behind, name, body. A missing body is a notice's. */
export const HEAD = new RegExp(
  `^(?:(${WORD})${BLANK}?)?(\\d{1,2}):(\\d{2})(?:${BLANK}?(${WORD}))?\\t([^\\t]*)(?:\\t(.*))?$`,
  "su",
);

/** The first line of the file, whatever the app's language. Groups: `two` names the other one of a chat of two, the others a group. */
export const TITLE =
  /^\uFEFF?(?:\[LINE\]\s*(?!\s))?(?:(?<two>.+?)とのトーク履歴|(?<ja>.+?)のトーク(?:履歴)?|Chat history with (?<with>.+)|Chat history in (?<en>.+)|[与與](?<and>.+)的聊天[记記][录錄]|(?<zh>.+)的聊天[记記][录錄]|ประวัติการแชทกับ (?<thWith>.+)|ประวัติการแชทในกลุ่ม "?(?<th>.+?)"?)$/u;

export function titleOf(line: string): { name: string; isOfTwo: boolean } | undefined {
  const { two, ja, with: other, en, and, zh, th, thWith } = TITLE.exec(line)?.groups ?? {};
  const one = two ?? other ?? and ?? thWith;
  const name = one ?? ja ?? en ?? zh ?? th;
  return name === undefined ? undefined : { name, isOfTwo: one !== undefined };
}

/** The line below it. */
const SAVED = /^(?:(?:保存日時|保存日期|儲存日期|Saved on|Save date)\s*[:：]|บันทึก(?:เมื่อ|วันที่)\s)/u;

/** Lines, where those that head a log further down, behind which another export begins, are one with `isHead`. */
export function* withHeads<L extends { text: string }>(lines: Iterable<L>): Generator<L & { isHead?: true }> {
  let title: L | undefined;
  for (const line of lines) {
    if (title && SAVED.test(line.text)) {
      yield { ...title, isHead: true };
      title = undefined;
      continue;
    }
    if (title) yield title;
    title = TITLE.test(line.text) ? line : undefined;
    if (!title) yield line;
  }
  if (title) yield title;
}

/**
 * The day as 2023-06-24; undefined for any other line. 5/11/2026 is in November or in May, as the phone has it: the weekday
 * beside it tells, and where both fall on it, `order` does.
 */
export function dayOf(line: string, order?: "dmy" | "mdy"): string | undefined {
  const found = DAY.exec(line);
  if (!found) return undefined;
  const [, year, month, day, , a, b, y, date, nth, era] = found;
  if (era !== undefined) {
    const stated = Number(era);
    return moment(stated > BUDDHIST ? stated - ERA : stated, Number(nth), Number(date), 0, 0)?.slice(0, 10);
  }
  if (year !== undefined) return moment(Number(year), Number(month), Number(day), 0, 0)?.slice(0, 10);
  const { mdy, dmy } = readings(line) ?? {};
  const either = order === "dmy" ? (dmy ?? mdy) : (mdy ?? dmy);
  // A weekday that fits neither is no help.
  return (
    either ??
    (moment(Number(y), Number(a), Number(b), 0, 0) ?? moment(Number(y), Number(b), Number(a), 0, 0))?.slice(
      0,
      10,
    )
  );
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The days that a line with slashes may mean, as its weekday says. */
function readings(line: string): { mdy: string | undefined; dmy: string | undefined } | undefined {
  const [, , , , weekday = "", a, b, y] = DAY.exec(line) ?? [];
  if (a === undefined) return undefined;
  const on = (month: string | undefined, date: string | undefined) => {
    const day = moment(Number(y), Number(month), Number(date), 0, 0)?.slice(0, 10);
    return day !== undefined && weekday.startsWith(DAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "?")
      ? day
      : undefined;
  };
  return { mdy: on(a, b), dmy: on(b, a) };
}

/** The order of dates that a line settles, by its weekday or by a day that no month has. */
export function orderOf(line: string): "dmy" | "mdy" | undefined {
  const { mdy, dmy } = readings(line) ?? {};
  if ((mdy === undefined) === (dmy === undefined)) return undefined;
  return mdy === undefined ? "dmy" : "mdy";
}

/** A text of several lines without its quotes. */
export function bodyOf(said: string): string {
  return said.startsWith('"') && said.endsWith('"') ? said.slice(1, -1).replaceAll('""', '"') : said;
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^\[(?:写真|アルバム|Photo|图片|圖片|照片|사진|รูป)\]$|^Photos$/u, "image"],
  [/^\[(?:動画|Video|视频|影片|동영상|วิดีโอ)\]$|^Videos$/u, "video"],
  [/^\[(?:スタンプ|Sticker|表情|贴图|貼圖|스티커|สติกเกอร์)\]$|^Stickers$/u, "sticker"],
  [/^\[(?:ボイスメッセージ|Voice message|语音信息|語音訊息)\]$/u, "voice"],
  [/^\[(?:ファイル|File|文件|檔案)\]$/u, "file"],
  [/^\[(?:位置情報|Location|位置|位置訊息)\]$/u, "location"],
  [/^\[(?:連絡先|Contact|联系人|聯絡資訊)\]$/u, "card"],
  [/^\[(?:投票|Poll)\]/u, "poll"],
  [
    /^☎ ?(?:通話時間|不在着信|通話をキャンセル|Call time|Missed call|Canceled call|通话时[间长]|通話時[間長]|未接[来來][电電]|[无無]人接[听聽]|已取消)/u,
    "call",
  ],
];

/** The kind of a text: what stands for a medium says so itself. */
export function lineKind(text: string): string {
  return text.length > 60 ? "text" : (KINDS.find(([test]) => test.test(text))?.[1] ?? "text");
}
