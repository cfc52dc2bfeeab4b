import { afterAll, expect, it } from "vitest";
import { Community } from "../support/community.ts";

const community = new Community();
afterAll(() => community.remove());

const message = {
  id: 1,
  type: "message",
  date: "2026-11-16T09:01:00",
  from: "小满",
  from_id: "user502",
  text: "早",
};

it("a whole account is known whose contacts fill more than the head of the file", async () => {
  const contacts = Array.from({ length: 2000 }, (_, at) => ({ user_id: at, first_name: `朋友${at}` }));
  const content = JSON.stringify({
    about: "Here is the data you requested. Remember: Telegram is ad free.",
    personal_information: { user_id: 501 },
    contacts: { list: contacts },
    chats: {
      list: [
        { name: "茶友", type: "private_supergroup", id: 44, messages: [message] },
        { name: "小满", type: "personal_chat", id: 502, messages: [message] },
      ],
    },
  });
  expect(content.indexOf('"chats"')).toBeGreaterThan(1 << 16);
  expect(await community.import("result.json", content)).toMatchObject({
    importer: "telegram-json",
    read: 2,
    accepted: 2,
    groups: ["telegram:44"],
  });
});
