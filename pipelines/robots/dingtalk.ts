import { createHmac } from "node:crypto";
import type { Robot } from "../../src/kit/robot.ts";
import { numberedRefusal } from "./shared/answer.ts";

/**
 * 钉钉自定义机器人. 20 messages a minute, else it is shut for ten minutes. The signature of `milliseconds\nsecret` under
 * the secret goes into the address.
 * Source: https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages
 */
export default {
  id: "dingtalk",
  title: { zh: "钉钉自定义机器人", en: "DingTalk custom robot" },
  limit: { messages: 20, seconds: 60 },
  maxBytes: 16_000,
  call: (text, { url, secret }, at) => {
    const body = { msgtype: "text", text: { content: text } };
    if (secret === undefined) return { url, body };
    const timestamp = String(at.getTime());
    const signed = new URL(url);
    signed.searchParams.set("timestamp", timestamp);
    signed.searchParams.set(
      "sign",
      createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64"),
    );
    return { url: signed.href, body };
  },
  refusal: (answer) =>
    numberedRefusal(answer, "errcode", {
      "-1": { retryAfter: 5 },
      "130101": { retryAfter: 600 },
      "310000": {
        why: {
          zh: "安全设置没通过：关键词里加上“复盘”，或核对加签密钥、IP",
          en: "A safety setting failed: add the keyword 复盘, or check the signing secret or the address list",
        },
      },
      "300001": {
        why: {
          zh: "地址里的 access_token 不对，请重新复制地址",
          en: "The access_token in the address is wrong: copy the address again",
        },
      },
    }),
} satisfies Robot;
