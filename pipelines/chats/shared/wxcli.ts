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
