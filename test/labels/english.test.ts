import { afterAll, beforeAll, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";

/** What English-speaking communities write, by a member (`m`) or staff (`s`), and the label it bears first. */
const SAID: readonly (readonly ["m" | "s", string, string])[] = [
  ["s", "Flash sale: starter kit $29.99, today only! Order here https://shop.example.com", "ad"],
  ["s", "20% off everything this weekend, use code SPRING20 at checkout", "ad"],
  ["s", "Last chance! Only 5 left of the deluxe kit, was £60 now £45", "ad"],
  ["s", "Free shipping for members today, shop now", "ad"],
  ["s", "Early bird tickets are €35 until Friday, link in bio", "ad"],
  ["s", "Buy one get one free on all glazes", "ad"],
  ["s", "Pre-orders are open: $49.00 instead of $65.00", "ad"],
  ["m", "DM me to order, $15 each, limited stock", "ad"],
  ["s", "Your refund of $29.99 has been processed", ""],
  ["m", "I paid $29.99 last week", ""],
  ["m", "It was 20% better than the old one", ""],
  ["m", "The sale of my house went through", ""],
  ["m", "My parcel arrived broken, very disappointed", "complaint"],
  ["m", "Still waiting for my order, it's been two weeks", "complaint"],
  ["m", "I want a refund", "complaint"],
  ["m", "Nobody has replied to my email", "complaint"],
  ["m", "this is a waste of money", "complaint"],
  ["m", "It stopped working after two days", "complaint"],
  ["m", "way too many promos in here", "complaint"],
  ["m", "Not disappointed at all, it is great", ""],
  ["m", "Don't waste your money elsewhere, this shop is great", ""],
  ["m", "The vase broke into a smile", ""],
  ["m", "How long does shipping take to Leeds", "question"],
  ["m", "Anyone know where to get clay", "question"],
  ["m", "Is the starter kit still in stock", "question"],
  ["m", "Can I get two of the starter kit please", "question"],
  ["m", "Could someone explain step two", "question"],
  ["m", "What I love is the colour", ""],
  ["m", "I'd like to order one more", "purchase_intent"],
  ["m", "I want to buy the glaze set", "purchase_intent"],
  ["m", "I’ll take two", "purchase_intent"],
  ["m", "Put me down for one", "purchase_intent"],
  ["m", "Good morning everyone!", "greeting"],
  ["m", "morning all", "greeting"],
  ["m", "Hi everyone", "greeting"],
  ["m", "Hello all, happy Friday", "greeting"],
  ["s", "You’re welcome!", ""],
  ["m", "I’ll take a look tonight", ""],
  ["s", "Welcome to the group! Say hello", "welcome"],
  ["s", "Giveaway time: free gift for the first 10 people who post a photo", "benefit"],
  ["s", "Topic of the day: what was your first project", "topic"],
  ["s", "Question of the week: which glaze do you use most", "topic"],
  ["m", "Thanks", "acknowledgement"],
  ["m", "Same here", ""],
  ["m", "The weekend workshop was brilliant", ""],
];

let community: Community;
beforeAll(async () => {
  community = new Community("staff: [s]\nlanguage: en\ntimezone: UTC\n");
  const messages = SAID.map(([sender_id, text], at) => ({
    group_id: "g1",
    sender_id,
    sender_name: sender_id,
    sent_at: `2026-11-10 ${10 + Math.floor(at / 60)}:${String(at % 60).padStart(2, "0")}:00`,
    text,
    kind: "text",
  }));
  await community.import("m.csv", csv(messages));
});
afterAll(() => community.remove());

it("plain English bears the labels that plain Chinese does", async () => {
  const rows = await community.query(
    "select (hour(sent_at) - 10) * 60 + minute(sent_at) as nth, list(label order by label) as labels from marts.message_labels group by 1",
  );
  const found = new Map(rows.map(({ nth, labels }) => [Number(nth), labels as string[]]));
  const wrong = SAID.flatMap(([who, text, label], at) => {
    const labels = found.get(at) ?? [];
    const isRight = label === "" ? labels.length === 0 : labels.includes(label);
    return isRight ? [] : [`${who}: ${text}: ${labels.join(", ") || "none"}, not ${label || "none"}`];
  });
  expect(wrong).toEqual([]);
});
