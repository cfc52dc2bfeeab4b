import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

it.each([
  "WhatsApp Chat with 茶友会.txt",
  "WhatsApp Chat - 茶友会.txt",
  "WhatsApp Chat with 茶友会 (1).txt",
  "与“茶友会”的 WhatsApp 聊天.txt",
  "與「茶友会」的 WhatsApp 對話.txt",
  "Chat de WhatsApp con 茶友会.txt",
  "Conversa do WhatsApp com 茶友会.txt",
  "WhatsApp-Chat mit 茶友会.txt",
  "WhatsApp-chat met 茶友会.txt",
  "Discussion WhatsApp avec 茶友会.txt",
  "Chat di WhatsApp con 茶友会.txt",
  "Chat WhatsApp con 茶友会.txt",
  "Chat WhatsApp s uživatelem 茶友会.txt",
  "Чат WhatsApp с 茶友会.txt",
  "Чат WhatsApp с контактом 茶友会.txt",
  "צ'אט WhatsApp עם 茶友会.txt",
  "محادثة واتساب مع 茶友会.txt",
  "茶友会.txt",
])("%s is a log of that group, whatever the phone's language", async (name) => {
  await community.import(name, "2026/11/16, 20:05 - 阿青: 在\n");
  const groups = await community.lake((lake) => lake.all("select group_id, group_name from lake.messages"));
  expect(groups).toEqual([{ group_id: "茶友会", group_name: "茶友会" }]);
});
