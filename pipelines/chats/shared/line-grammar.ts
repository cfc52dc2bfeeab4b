import { moment } from "../../../src/kit/time.ts";
import { WORD } from "./clock-words.ts";

/** A day on a line of its own: 2023/06/24(土), 2026/1/30周五, 2021.1.1 金曜日, 2025.12.10 Wednesday, Fri, 1/30/2026. */
export const DAY =
  /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})\s?(?:\(.\)|（.）|周.|週.|星期.|[日月火水木金土]曜日|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*)?$|^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, (\d{1,2})\/(\d{1,2})\/(\d{4})$/u;

const BLANK = "[ \\u00a0\\u202f]";

/** Groups: word before the clock, hour, minute, word behind, name, body. A missing body is a notice's. */
export const HEAD = new RegExp(
  `^(?:(${WORD})${BLANK}?)?(\\d{1,2}):(\\d{2})(?:${BLANK}?(${WORD}))?\\t([^\\t]*)(?:\\t(.*))?$`,
  "su",
);

/** The first line of the file, whatever the app's language. */
export const TITLE =
  /^\uFEFF?(?:\[LINE\]\s*(?!\s))?(?:(.+?)(?:とのトーク履歴|のトーク(?:履歴)?)|Chat history (?:with|in) (.+)|[与與](.+)的聊天[记記][录錄])$/u;

/** The line below it. */
const SAVED = /^(?:保存日時|保存日期|儲存日期|Saved on)\s*[:：]/u;

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

/** The day as 2023-06-24; undefined for any other line. */
export function dayOf(line: string): string | undefined {
  const found = DAY.exec(line);
  if (!found) return undefined;
  const [, year, month, day, m, d, y] = found;
  return moment(Number(year ?? y), Number(month ?? m), Number(day ?? d), 0, 0)?.slice(0, 10);
}

/** A text of several lines without its quotes. */
export function bodyOf(said: string): string {
  return said.startsWith('"') && said.endsWith('"') ? said.slice(1, -1).replaceAll('""', '"') : said;
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^\[(?:写真|アルバム|Photo|图片|圖片|照片)\]$/u, "image"],
  [/^\[(?:動画|Video|视频|影片)\]$/u, "video"],
  [/^\[(?:スタンプ|Sticker|表情|贴图|貼圖)\]$/u, "sticker"],
  [/^\[(?:ボイスメッセージ|Voice message|语音信息|語音訊息)\]$/u, "voice"],
  [/^\[(?:ファイル|File|文件|檔案)\]$/u, "file"],
  [/^\[(?:位置情報|Location|位置|位置訊息)\]$/u, "location"],
  [/^\[(?:連絡先|Contact|联系人|聯絡資訊)\]$/u, "card"],
  [/^\[(?:投票|Poll)\]/u, "poll"],
  [
    /^☎ ?(?:通話時間|不在着信|通話をキャンセル|Call time|Missed call|Canceled call|通话时间|通話時間)/u,
    "call",
  ],
];

/** The kind of a text: what stands for a medium says so itself. */
export function lineKind(text: string): string {
  return text.length > 60 ? "text" : (KINDS.find(([test]) => test.test(text))?.[1] ?? "text");
}
