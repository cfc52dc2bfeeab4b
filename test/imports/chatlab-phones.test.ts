import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";

/* Strangers are numbers in WhatsApp's own export, and in ChatLab's file of the same group. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const NUMBERS = ["+44 7700 900101", "+86 138 0000 0001", "+44 ∙∙∙∙ ∙∙0102", "07700 900103"];
const own = NUMBERS.map((one, at) => `16/11/2026, 09:0${at} - ${one}: hello ${at}\n`).join("");
const chatlab = JSON.stringify({
  chatlab: { version: "0.0.2", exportedAt: 1794795000 },
  meta: { name: "Tea friends", platform: "whatsapp", type: "group" },
  members: [],
  messages: NUMBERS.map((one, at) => ({
    sender: one,
    accountName: one,
    timestamp: 1794790800 + at * 60,
    type: 0,
    content: `later ${at}`,
  })),
});
const FILES = [
  ["WhatsApp Chat with Tea friends.txt", own],
  ["Tea friends.json", chatlab],
] as const;

it.each(["own", "chatlab"])("a whole number is one person in both, %s first", async (first) => {
  for (const [name, content] of first === "own" ? FILES : FILES.toReversed())
    await community.import(name, content);
  const people = await community.lake((lake) =>
    lake.all(
      "select raw_id, count(distinct messages.source_format)::int as files from lake.contacts join lake.messages using (person_key) where starts_with(raw_id, 'phone:') group by all order by all",
    ),
  );
  // What is masked, or lacks its country, is no number that another file could know.
  expect(people).toEqual([
    { raw_id: "phone:+447700900101", files: 2 },
    { raw_id: "phone:+8613800000001", files: 2 },
  ]);
});
