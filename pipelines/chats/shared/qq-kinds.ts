/** What QQ and its exporter write in place of what is no text: [图片], [图片: a.jpg], [语音 3秒], [表情178], [[微笑]]. */
const PLACES =
  /\[(图片|动画表情|商城表情|表情|语音|视频|文件|位置|转发|JSON)(?:消息)?(?:\d+| \d+秒|:[^\]\n]*)?\]|\[(?:(image|audio|video|file)、?)+消息\]|\[\[[^[\]\n]{1,20}\]\]/gu;

const KINDS: Readonly<Record<string, string>> = {
  图片: "image",
  image: "image",
  动画表情: "sticker",
  商城表情: "sticker",
  表情: "sticker",
  语音: "voice",
  audio: "voice",
  视频: "video",
  video: "video",
  文件: "file",
  file: "file",
  位置: "location",
  转发: "forward",
  JSON: "link",
};

/** The kind of a text: words beside a picture are a text. */
export function qqKind(text: string): string {
  if (!text.startsWith("[")) return "text";
  if (text.startsWith("[QQ红包]")) return "red_packet";
  const [first] = text.matchAll(PLACES);
  if (first === undefined || words(text) !== "") return "text";
  const [, zh, en] = first;
  return KINDS[zh ?? en ?? "表情"] ?? "text";
}

/** The words alone. */
export function words(text: string): string {
  return text.replace(PLACES, "").trim();
}

/**
 * An answer without what it answers: the exporter puts [回复消息] or [回复 name: text] before it.
 * @param answered the text that is answered, where it is known.
 */
export function answerOf(text: string, answered?: string | null): string {
  if (!text.startsWith("[回复")) return text;
  const end = answered ? text.indexOf(`: ${answered}]\n`) : -1;
  if (end > 0) return text.slice(end + (answered ?? "").length + 4);
  return text.replace(/^\[回复(?:消息\]\s*| [\s\S]{0,2000}?\]\n)/u, "");
}

/** SQL of a column of QQ's numbers of kinds in our words, as QQ Chat Exporter writes them in workbooks. */
export function qqType(column: string): string {
  return `case ${column}
    when 'type_1' then 'text' when 'type_2' then 'text' when 'type_9' then 'text' when 'type_3' then 'file'
    when 'type_4' then 'video' when 'type_7' then 'video' when 'type_5' then 'system' when 'type_6' then 'voice'
    when 'type_8' then 'forward' when 'type_10' then 'red_packet' when 'type_11' then 'link' end`;
}
