import { ourWord } from "./our-words.ts";

/** What tables that people keep or programs write call kinds of messages (sql/seeds/message_kinds.csv). */
export const MESSAGE_WORDS = {
  text: ["文本", "文本消息", "文字", "1"],
  image: ["图片", "图片消息"],
  voice: ["语音", "语音消息"],
  video: ["视频", "视频消息"],
  sticker: ["动画表情", "表情"],
  file: ["文件", "文件消息"],
  link: ["链接", "链接消息"],
  miniapp: ["小程序"],
  red_packet: ["红包"],
  transfer: ["转账"],
  system: ["系统消息", "系统", "系统通知"],
} as const;

/** SQL of `type` in our words, null for any other. */
export const MESSAGE_TYPE = ourWord("type", MESSAGE_WORDS);

/** The same, where whoever writes another word knows it. */
export const OWN_MESSAGE_TYPE = `coalesce(${MESSAGE_TYPE}, type)`;
