import { createHmac } from "node:crypto";
import type { Robot } from "../../src/kit/robot.ts";
import { numberedRefusal } from "./shared/answer.ts";

/**
 * 飞书自定义机器人. 100 messages a minute and 5 a second, 20 KB a request. The signature covers an empty message with
 * `seconds\nsecret` as its key.
 * Source: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export default {
  id: "feishu",
  title: { zh: "飞书自定义机器人", en: "Feishu custom robot" },
  limit: { messages: 5, seconds: 4 },
  maxBytes: 16_000,
  call: (text, { url, secret }, at) => {
    const body = { msg_type: "text", content: { text } };
    if (secret === undefined) return { url, body };
    const timestamp = String(Math.floor(at.getTime() / 1000));
    const sign = createHmac("sha256", `${timestamp}\n${secret}`).update("").digest("base64");
    return { url, body: { timestamp, sign, ...body } };
  },
  refusal: (answer) =>
    numberedRefusal(answer, "code", {
      "11232": { retryAfter: 10 },
      "19021": {
        why: {
          zh: "签名不对，或本机时间差了一小时以上",
          en: "The signature is wrong, or this computer's clock is off by more than an hour",
        },
      },
      "19022": {
        why: {
          zh: "机器人只认白名单里的 IP，请加上本机",
          en: "The robot takes listed addresses only: add this computer's",
        },
      },
      "19024": {
        why: {
          zh: "机器人设了关键词，请把“复盘”加进去",
          en: "The robot wants a keyword: add 复盘 to its keywords",
        },
      },
    }),
} satisfies Robot;
