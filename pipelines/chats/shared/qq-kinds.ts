/** What QQ and its exporter write in place of what is no text: [图片], [图片:a.jpg], [语音:3秒], [表情178]. */
const PLACES = /\[(图片|动画表情|表情|语音|视频|文件|位置消息|转发消息|JSON消息)(?:\d+|:[^\]\n]*)?\]/gu;

const KINDS: Readonly<Record<string, string>> = {
  图片: "image",
  动画表情: "sticker",
  表情: "sticker",
  语音: "voice",
  视频: "video",
  文件: "file",
  位置消息: "location",
  转发消息: "forward",
  JSON消息: "link",
};

/** The kind of a text: words beside a picture are a text. */
export function qqKind(text: string): string {
  if (!text.startsWith("[")) return "text";
  if (text.startsWith("[QQ红包]")) return "red_packet";
  const [first] = text.matchAll(PLACES);
  const isAlone = text.replace(PLACES, "").trim() === "";
  return (isAlone ? KINDS[first?.[1] ?? ""] : undefined) ?? "text";
}
