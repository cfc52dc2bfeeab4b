import { ourWord } from "./our-words.ts";

/** What tables that people keep or programs write call kinds of messages (sql/seeds/message_kinds.csv). */
export const MESSAGE_WORDS = {
  text: ["文本", "文本消息", "文字", "1", "引用消息", "引用", "引用回复", "回复", "reply", "quote"],
  image: ["图片", "图片消息"],
  voice: ["语音", "语音消息", "audio"],
  video: ["视频", "视频消息"],
  sticker: ["动画表情", "表情", "表情消息", "emoji"],
  file: ["文件", "文件消息"],
  link: ["链接", "链接消息", "音乐消息"],
  miniapp: ["小程序", "小程序消息"],
  channels: ["视频号", "视频号消息"],
  location: ["位置", "位置消息"],
  card: ["名片", "名片消息"],
  red_packet: ["红包", "红包消息", "redpacket"],
  transfer: ["转账", "转账消息"],
  solitaire: ["接龙"],
  forward: ["聊天记录", "合并转发", "chathistory"],
  call: ["通话", "通话消息", "语音通话", "视频通话", "voip"],
  announcement: ["群公告"],
  system: ["系统消息", "系统", "系统通知"],
} as const;

/** SQL of `type` in our words, null for any other. */
export const MESSAGE_TYPE = ourWord("type", MESSAGE_WORDS);

/** The same, where whoever writes another word knows it. */
export const OWN_MESSAGE_TYPE = `coalesce(${MESSAGE_TYPE}, type)`;
