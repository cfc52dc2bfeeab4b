import type { Robot } from "../../src/kit/robot.ts";

/**
 * Slack incoming webhook. One message a second; errors come as HTTP statuses, a message taken as the word `ok`.
 * `&`, `<` and `>` are marks of its own.
 * Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export default {
  id: "slack",
  title: { zh: "Slack 传入 Webhook", en: "Slack incoming webhook" },
  limit: { messages: 1, seconds: 1 },
  maxBytes: 12_000,
  call: (text, { url }) => ({
    url,
    body: { text: text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;") },
  }),
  refusal: (answer) => {
    if (answer.trim() === "ok") return null;
    if (/^\w{1,40}$/.test(answer.trim())) return { code: answer.trim() };
    throw new Error("no answer of Slack");
  },
} satisfies Robot;
