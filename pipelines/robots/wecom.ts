import type { Robot } from "../../src/kit/robot.ts";
import { numberedRefusal } from "./shared/answer.ts";

/**
 * 企业微信群机器人. 20 messages a minute, 2048 bytes a text, no signature: the key in the address is the secret.
 * Source: https://developer.work.weixin.qq.com/document/path/91770
 */
export default {
  id: "wecom",
  title: { zh: "企业微信群机器人", en: "WeCom group robot" },
  limit: { messages: 20, seconds: 60 },
  maxBytes: 2048,
  call: (text, { url }) => ({ url, body: { msgtype: "text", text: { content: text } } }),
  refusal: (answer) =>
    numberedRefusal(answer, "errcode", {
      "-1": { retryAfter: 5 },
      "45009": { retryAfter: 60 },
      "93000": {
        why: {
          zh: "地址里的 key 不对，或机器人已删除，请重新复制地址",
          en: "The key in the address is wrong or the robot is gone: copy the address again",
        },
      },
    }),
} satisfies Robot;
