/** What the exporter calls the kinds; its translations of WeChat's numbers. */
export const PYWXDUMP_KINDS: Readonly<Record<string, string>> = {
  文本: "text",
  text: "text",
  引用回复: "text",
  图片: "image",
  image: "image",
  语音: "voice",
  voice: "voice",
  视频: "video",
  video: "video",
  动画表情: "sticker",
  sticker: "sticker",
  位置: "location",
  名片: "card",
  文件: "file",
  file: "file",
  "(分享)卡片式链接": "link",
  "(分享)音乐": "link",
  link: "link",
  "(分享)小程序": "miniapp",
  合并转发的聊天记录: "forward",
  群公告: "announcement",
  接龙: "solitaire",
  转账账单: "transfer",
  语音通话: "call",
  系统通知: "system",
  邀请加群: "system",
  拍一拍: "system",
};

/** The talker of notices: these two, whatever the kind says. */
export const PYWXDUMP_NOTICES = ["系统", "未知"];
