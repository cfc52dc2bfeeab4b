import {
  type ImportRecord,
  issue,
  type JsonItem,
  type Notice,
  type ReadOptions,
} from "../../../src/kit/importer.ts";
import { epochSeconds } from "../../../src/kit/time.ts";
import { at, text } from "./json.ts";
import { readNamedNotice, wechatRecord } from "./wechat.ts";

const DEFAULT_LIMIT = 50;

const KINDS: Readonly<Record<string, string>> = {
  文本: "text",
  图片: "image",
  语音: "voice",
  名片: "card",
  视频: "video",
  表情: "sticker",
  位置: "location",
  "链接/文件": "link",
  通话: "call",
  系统: "system",
  撤回: "system",
};

const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^\[(?:系统|撤回)\]/u, "system"],
  [/^\[引用\]/u, "text"],
  [/^\[文件\]/u, "file"],
  [/^\[合并聊天记录\]/u, "forward"],
  [/^\[小程序\]/u, "miniapp"],
  [/^\[链接\]/u, "link"],
  [/^\[图片\]/u, "image"],
  [/^\[语音\]/u, "voice"],
  [/^\[视频\]/u, "video"],
  [/^\[表情\]/u, "sticker"],
];

/** The tool names base types only; what a card is, its text says first. */
export function wxcliKind(type: string | null, content: string): string {
  const kind = type === null ? "text" : (KINDS[type] ?? "unknown");
  return kind === "system" ? kind : (PREFIXES.find(([start]) => start.test(content))?.[1] ?? kind);
}

/** Without the mark before a notice or an answer, and without the quoted message below it. */
export function noPrefix(content: string): string {
  return content.replace(/^\[(?:系统|撤回|引用)\] ?/u, "").replace(/\n\s*↳ [\s\S]*$/u, "");
}

/** Characters of a notice, with its mark, that the tool writes. */
const LONGEST = 50;

/**
 * A notice, which the tool may have cut: of a long list of names those that are whole have joined. The last one may be half
 * a name.
 */
export function readCutNotice(raw: string): Notice | undefined {
  const notice = readNamedNotice(raw);
  if (notice || raw.length < LONGEST - MARK) return notice;
  const text = raw.replace(/(?:\.{3}|…)$/u, "");
  const scanned = /^["“]\s?([^"”]+)["”]通过扫描/u.exec(text)?.[1];
  if (scanned !== undefined) return { event: "join", method: "qr", subjectNames: [scanned], confidence: 0.7 };
  const invited = /^(?:你|["“]([^"”]+)["”])邀请["“]([^"”]+)(["”]?)加?入?了?群?$/u.exec(text);
  const [, by, list = "", end = ""] = invited ?? [];
  const names = list.split("、").slice(0, end === "" ? -1 : undefined);
  if (names.length === 0) return undefined;
  const actor = by === undefined ? {} : { actorName: by };
  return { event: "join", method: "invite", ...actor, subjectNames: names, confidence: 0.5 };
}

/** `[系统] ` before the sentence, which is gone when it is read. */
const MARK = 5;

/** Messages of one chat as wx-cli writes them in JSON and in YAML; `rest` is the chat's own head. */
export function* wxcliRecords(
  items: Iterable<JsonItem>,
  rest: unknown,
  { group, self }: ReadOptions,
): Iterable<ImportRecord> {
  const room = text(at(rest, "username"));
  const chat = text(at(rest, "chat"));
  const isGroup = at(rest, "is_group") === true;
  let count = 0;
  for (const { value, line } of items) {
    count++;
    const sent_at = epochSeconds(at(value, "timestamp"));
    if (sent_at === undefined) {
      yield issue(line, "unknown_record", JSON.stringify(value).slice(0, 2000));
      continue;
    }
    const sender = text(at(value, "sender_username"));
    const name = text(at(value, "sender_group_nickname")) ?? text(at(value, "sender"));
    const content = text(at(value, "content")) ?? "";
    const kind = wxcliKind(text(at(value, "type")), content);
    yield wechatRecord(
      {
        line,
        group_id: isGroup ? (group ?? room ?? chat) : null,
        group_name: chat,
        sent_at,
        message_id: null,
        sender_id: sender,
        sender_name: name,
        kind: isGroup && name === null && sender === null ? "system" : kind,
        text: noPrefix(content),
      },
      self,
      readCutNotice,
    );
  }
  if (count === DEFAULT_LIMIT)
    yield {
      kind: "note",
      text: {
        zh: "正好 50 条：这是 wx-cli 的默认上限，多半没有导全，请加大 limit 再导出",
        en: "Exactly 50 messages: the default limit of wx-cli, so most likely not all. Export again with a higher limit",
      },
    };
}
